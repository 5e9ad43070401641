"""What is shown of findings: which of them, under which path, beside which line of the source."""

import os
from collections.abc import Sequence

from pipeline.model import Finding
from pipeline.settings import Project
from pipeline.shipped import folder as shipped


def wanted(finding: Finding, project: Project, paths: Sequence[str], select: Sequence[str]) -> bool:
    """Whether a finding is of one of the files or folders, and of one of the codes; none stands for all."""
    if select and not any(finding.code.startswith(code) for code in select):
        return False
    where = os.path.join(project.root, finding.path)
    return not paths or any(where == path or where.startswith(os.path.join(path, "")) for path in paths)


def shown_path(path: str, project: Project) -> str:
    """The path of a file as it can be opened from the working folder."""
    if not os.path.isabs(path) and not project.prefix.startswith("../"):
        return project.prefix + path
    return os.path.relpath(os.path.join(project.root, path)).replace(os.sep, "/")


def source_lines(findings: Sequence[Finding], project: Project) -> dict[tuple[str, int], str]:
    """The source lines of the findings, by the path that is shown and the number."""
    from pipeline.sources.text import decode

    lines: dict[tuple[str, int], str] = {}
    for path in sorted({finding.path for finding in findings}):
        place = os.path.join(project.root, path)
        if not _may_be_shown(place, project):
            continue
        try:
            with open(place, "rb") as file:
                text = decode(path, file.read(project.settings.limits.file))
        except OSError:
            continue
        for number in {finding.line for finding in findings if finding.path == path}:
            lines[shown_path(path, project), number] = text.line(number)
    return lines


def _may_be_shown(place: str, project: Project) -> bool:
    """Whether it is a file (a pipe would be waited for), and none that a link has led to out of the project."""
    real = os.path.realpath(place)
    homes = (project.root, project.path(project.settings.schemas), shipped("schemas"))
    inside = any(real.startswith(os.path.join(os.path.realpath(home), "")) for home in homes)
    return inside and os.path.isfile(real)
