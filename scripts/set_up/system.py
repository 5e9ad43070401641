"""Says which libraries and programs the system lacks, and installs Debian's packages of them where it may."""

import ctypes
import importlib.util
import os
import shutil
import sys
from typing import NamedTuple

from processes import Failed, run, say

APT_SECONDS = 1800


class Need(NamedTuple):
    """What has to be there: Debian's package, Homebrew's, and how to see it."""

    package: str
    brew: str
    probe: str  # "module:NAME", "library:LINUX:MACOS" or "program:NAME,NAME"


PYTHON = (Need("python3-venv", "python", "module:ensurepip"),)
RUNTIME = (
    Need("libglib2.0-0", "glib", "library:libgobject-2.0.so.0:libgobject-2.0.0.dylib"),
    Need("libfontconfig1", "fontconfig", "library:libfontconfig.so.1:libfontconfig.1.dylib"),
    Need("libharfbuzz0b", "harfbuzz", "library:libharfbuzz.so.0:libharfbuzz.0.dylib"),
    Need("libharfbuzz-subset0", "harfbuzz", "library:libharfbuzz-subset.so.0:libharfbuzz-subset.0.dylib"),
    Need("libpango-1.0-0", "pango", "library:libpango-1.0.so.0:libpango-1.0.dylib"),
    Need("libpangoft2-1.0-0", "pango", "library:libpangoft2-1.0.so.0:libpangoft2-1.0.dylib"),
)
# What README's pictures are drawn with.
PICTURES = (
    Need("chromium", "--cask chromium", "program:chromium,chromium-browser,google-chrome"),
    Need("poppler-utils", "poppler", "program:pdftoppm"),
)
TEST = (
    *PICTURES,
    Need("default-jdk-headless", "openjdk", "program:javac"),
    Need("maven", "maven", "program:mvn"),
    Need("libnss3-tools", "nss", "program:certutil"),
    Need("softhsm2", "softhsm", "program:softhsm2-util"),
)


def provide(needs: "tuple[Need, ...]", target: str) -> None:
    """Installs what is missing of `needs`; raises Failed with the exact command where it may not."""
    missing = [need for need in needs if not is_there(need.probe)]
    if not missing:
        return
    packages = [need.package for need in missing]
    prefix = administrator()
    if prefix is None or not shutil.which("apt-get"):
        raise Failed(advice(missing, target))
    say(f"system packages {', '.join(packages)}")
    install(prefix, packages)
    absent = [need for need in missing if not is_there(need.probe)]
    if absent:
        raise Failed(advice(absent, target))


def is_there(probe: str) -> bool:
    """Says whether a library can be loaded, a program found or a module imported."""
    kind = probe.partition(":")[0]
    name = looked_for(probe)
    if kind == "module":
        return importlib.util.find_spec(name) is not None
    if kind == "program":
        return any(shutil.which(each) for each in name.split(","))
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def looked_for(probe: str) -> str:
    """Gives what a probe looks for on this system."""
    _, *names = probe.split(":")
    return names[-1] if sys.platform == "darwin" else names[0]


def administrator() -> "list[str] | None":
    """Gives what to put before a command to run it as root, or None where that takes a password."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    try:
        run(["sudo", "-n", "true"], 20)
    except Failed:
        return None
    return ["sudo", "-n"]


def install(prefix: "list[str]", packages: "list[str]") -> None:
    """Installs Debian packages, with fresh package lists where the ones here do not do."""
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    command = [*apt, "install", "-y", "--no-install-recommends", *packages]
    try:
        run(command, APT_SECONDS)
    except Failed:
        run([*apt, "update"], APT_SECONDS)
        run(command, APT_SECONDS)


def advice(missing: "list[Need]", target: str) -> str:
    """Words the one error for libraries and programs that are missing and may not be installed from here."""
    if sys.platform == "darwin":
        command = "brew install " + " ".join(sorted({need.brew for need in missing}))
    else:
        packages = " ".join(need.package for need in missing)
        command = f"apt-get update && apt-get install --no-install-recommends {packages}"
    names = "\n".join(f"    {need.package:<22} {looked_for(need.probe)}" for need in missing)
    return (
        "the system lacks these packages, and this user may not install them:\n"
        f"{names}\n"
        "  an administrator can, with this command:\n"
        f"    {command}\n"
        f"  then run `make {target}` again. (Other systems name packages otherwise: look for the files.)"
    )
