"""Small sites to publish."""

from pathlib import Path

from pipeline.publish.release import Release


def site(folder: Path, words: str = "one") -> str:
    """A site of three files; `words` is what its pages say."""
    for name in ("index.html", "page/index.html", "assets/a.css"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<p>{words}" if name.endswith(".html") else "p {}")
    return str(folder)


def release(version: str, commit: str = "c1", alias: str | None = None) -> Release:
    """A release for internal readers."""
    return Release(version, commit, "internal", alias)
