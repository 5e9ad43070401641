"""Puts what lies beside the package in a checkout inside the package in a wheel.

Schemas, templates and prose rules are data that authors read and edit, so they live at the root of the
repository. A wheel holds them as `pipeline/_data/...`. An editable install needs no copy: it reads the root.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = (".vale.ini", "schemas", "styles", "templates")


class WheelData(BuildHookInterface):  # type: ignore[type-arg]
    """The build hook that hatchling loads from this file."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds the data to `build_data`, unless `version` says that the install is editable."""
        if version == "editable":
            return
        missing = [name for name in DATA if not Path(self.root, name).exists()]
        if missing:
            raise FileNotFoundError(f"the wheel needs {', '.join(missing)} at the root of the repository")
        included = {str(Path(self.root, name)): f"pipeline/_data/{name}" for name in DATA}
        build_data["force_include"].update(included)
