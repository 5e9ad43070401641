"""Run by the environment's Python: prints the version of the Vale that checks will use, or why none fits."""

import sys

from pipeline import tools

found = tools.find("vale")
if found is None:
    sys.exit(f"vale {tools.lack('vale')}")
print(found.version)
