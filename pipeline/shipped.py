"""Where the files are that come with Paraph: schemas, templates and styles.

In a checkout they stand at its top; the wheel carries them inside the package.
"""

import os

_PACKAGE = os.path.dirname(os.path.abspath(__file__))


def folder(name: str) -> str:
    """The path of a shipped folder or file, such as `schemas`."""
    inside = os.path.join(_PACKAGE, "_data", name)
    return inside if os.path.exists(inside) else os.path.join(os.path.dirname(_PACKAGE), name)
