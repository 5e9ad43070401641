"""Signatures of one PDF (PAdES): making them, lengthening what they prove, judging them. Nothing here asks a network
but a timestamp authority that is named.
"""
