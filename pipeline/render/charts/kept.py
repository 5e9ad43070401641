"""Charts that were drawn before, by all that they are drawn from: what has not changed is not drawn again."""

import hashlib
import os
from contextlib import suppress
from functools import cache
from time import time
from typing import Any

import msgspec

from pipeline.model.picture import Picture
from pipeline.render.charts import draw
from pipeline.render.engine import packages
from pipeline.whole import write_whole

FOLDER = os.path.join(".paraph", "charts")
_DRAWER = "vl_convert"
_LONG_SECONDS = 30 * 86_400


class Charts:
    """The charts of a project: drawn when they are asked for, and kept in a folder that may be thrown away."""

    def __init__(self, folder: str, templates: tuple[str, ...]) -> None:
        self._folder = os.path.join(folder, FOLDER) if folder else ""
        self._templates = templates

    def svg(self, picture: Picture) -> str:
        """The picture as SVG. Raises CouldNotRun where it cannot be drawn."""
        spec = draw.specification(picture, self._templates)
        path = os.path.join(self._folder, f"{_key(spec, picture.lang)}.svg") if self._folder else ""
        if path:
            with suppress(OSError, UnicodeDecodeError), open(path, encoding="utf-8") as file:
                if (known := file.read()).endswith("</svg>"):
                    os.utime(path)  # By its time it is known that somebody still asks for it.
                    return known
        drawn = draw.draw_by(spec, picture)
        # A folder that cannot be written is no error: the chart is drawn again the next time.
        with suppress(OSError):
            if path:
                os.makedirs(self._folder, exist_ok=True)
                write_whole(path, drawn.encode())
                self._forget()
        return drawn

    def _forget(self) -> None:
        """Remove the charts that nobody has asked for in a long time: with each edit others take their place."""
        for entry in os.scandir(self._folder):
            if entry.name.endswith(".svg") and entry.stat().st_mtime < time() - _LONG_SECONDS:
                os.remove(entry.path)


def _key(spec: dict[str, Any], lang: str) -> str:
    return hashlib.sha256(msgspec.json.encode((spec, lang, _machinery()))).hexdigest()


@cache
def _machinery() -> tuple[str, ...]:
    """What draws: the package, and this program's part in it."""
    folder = os.path.dirname(__file__)
    parts = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".py"):
            with open(os.path.join(folder, name), "rb") as file:
                parts.append(hashlib.sha256(file.read()).hexdigest())
    return (*parts, *(name for name in packages() if name.startswith(_DRAWER)))
