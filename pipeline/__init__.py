"""Paraph checks and publishes the documents of a programme that are written in Markdown.

Markdown artifacts with a YAML header go in; findings, a site and deliverables come out. The distribution's
version is the constant below and stands nowhere else.
"""

__version__ = "0.1.0"
