"""Figures that several rooms need, each computed in one place: days, networks, money, impact."""
