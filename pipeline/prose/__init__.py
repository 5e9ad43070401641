"""The wording of the documents: rules as Vale's styles, and Vale run over the passages that they apply to."""

from pipeline.prose.styles import Style, languages, load, rules
from pipeline.prose.vale import fingerprint, lint

__all__ = ["Style", "fingerprint", "languages", "lint", "load", "rules"]
