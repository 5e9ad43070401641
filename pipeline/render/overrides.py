"""Templates that take the place of the theme's own: those that come with Paraph, and the project's."""

import os
import re
import shutil

from pipeline import shipped

_FOLDER = "overrides"
_OWN = re.compile(r"^\s+custom_dir\s*:", re.MULTILINE)


def write_overrides(project: str, templates: str, work: str) -> None:
    """Put ours and those below `site/overrides/` of the project's templates into the folder of the work.

    A file of the project takes the place of ours of the same name.
    """
    target = os.path.join(work, _FOLDER)
    shutil.rmtree(target, ignore_errors=True)
    for folder in (shipped.folder("templates"), os.path.join(project, templates)):
        source = os.path.join(folder, "site", _FOLDER)
        if os.path.isdir(source):
            shutil.copytree(source, target, dirs_exist_ok=True, copy_function=shutil.copyfile)


def theme_folder(project: str, work: str) -> dict[str, str]:
    """The setting of the theme that names them, unless the project's own mkdocs.yml has a folder of its own."""
    own = os.path.join(project, "mkdocs.yml")
    if os.path.isfile(own):
        with open(own, encoding="utf-8", errors="replace") as file:
            if _OWN.search(file.read()):
                return {}
    return {"custom_dir": os.path.relpath(os.path.join(work, _FOLDER), project)}
