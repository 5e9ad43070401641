"""Charts that were drawn before, by all that they are drawn from: what has not changed is not drawn again."""

import hashlib
import os
from contextlib import suppress
from functools import cache

import msgspec

from pipeline.model.picture import Picture
from pipeline.render.charts import draw
from pipeline.render.engine import packages
from pipeline.whole import write_whole

FOLDER = os.path.join(".paraph", "charts")
_DRAWER = "vl_convert"


class Charts:
    """The charts of a project: drawn when they are asked for, and kept in a folder that may be thrown away."""

    def __init__(self, folder: str, templates: tuple[str, ...]) -> None:
        self._folder = os.path.join(folder, FOLDER) if folder else ""
        self._templates = templates

    def svg(self, picture: Picture) -> str:
        """The picture as SVG. Raises CouldNotRun where it cannot be drawn."""
        path = os.path.join(self._folder, f"{self._key(picture)}.svg") if self._folder else ""
        if path:
            with suppress(OSError, UnicodeDecodeError), open(path, encoding="utf-8") as file:
                if (known := file.read()).endswith("</svg>"):
                    os.utime(path)
                    return known
        drawn = draw.draw(picture, self._templates)
        # A folder that cannot be written is no error: the chart is drawn again the next time.
        with suppress(OSError):
            if path:
                os.makedirs(self._folder, exist_ok=True)
                write_whole(path, drawn.encode())
        return drawn

    def _key(self, picture: Picture) -> str:
        spec = draw.specification(picture, self._templates)
        return hashlib.sha256(msgspec.json.encode((spec, picture.lang, _machinery()))).hexdigest()


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
