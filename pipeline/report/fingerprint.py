"""What a finding is called from one run to the next, by which a host tells old findings from new ones."""

import hashlib
import re
from collections import Counter

from pipeline.model import Finding

# The line of a file that a message names: it moves with what stands above it.
_LINE = re.compile(r"(?<=\.md:)\d+")


def fingerprint_all(findings: tuple[Finding, ...]) -> list[str]:
    """Give each finding a name, in their order: unique in the report, and the same after lines have moved.

    Neither line nor column is part of it, nor the path where an artifact is known, since sections move
    between files. Findings that are alike in all else are numbered in their order.
    """
    seen: Counter[str] = Counter()
    names = []
    for finding in findings:
        name = _digest(finding)
        seen[name] += 1
        names.append(f"{name}:{seen[name]}")
    return names


def _digest(finding: Finding) -> str:
    parts = (finding.code, finding.artifact or finding.path, _LINE.sub("", finding.message))
    # The lengths keep two different triples from giving the same text.
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
