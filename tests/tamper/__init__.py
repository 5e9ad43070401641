"""Ways to tamper with a signed PDF: each a small function from the bytes of an honest file to those of a forged one.

`TAMPERINGS` lists those that need nothing but the file, with the code by which each is refused.
"""
