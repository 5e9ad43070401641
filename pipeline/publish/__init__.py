"""Versions of the site beside each other, in a branch or in a folder. What is there already is never touched."""
