"""The mends, in one tuple. A new mend is one function beside its like, listed in its MENDS."""

from pipeline.edit.mend import Mend
from pipeline.edit.mends import blocks, body, fields, ids

MENDS: tuple[Mend, ...] = (*blocks.MENDS, *ids.MENDS, *fields.MENDS, *body.MENDS)
