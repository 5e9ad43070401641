"""The commit that the working tree stands on: its day, its name, whether the tree differs, who makes the next."""

from collections.abc import Iterable

from pipeline import tools


def commit_day(folder: str) -> str:
    """The day of the last commit (its author's date, as YYYY-MM-DD); '' without git, a repository or a commit."""
    return _ask(folder, "log", "-1", "--format=%as")


def commit_moment(folder: str) -> str:
    """The moment of the last commit (its author's, in UTC, as 2026-03-31T09:15:00Z); '' as for its day."""
    return _ask(folder, "log", "-1", "--format=%ad", "--date=format-local:%Y-%m-%dT%H:%M:%SZ")


def revision(folder: str) -> tuple[str, bool]:
    """The short name of the last commit ('' without one), and whether the tree differs from it.

    It does where a tracked file does, and where there is a new one below the folder of the sources.
    """
    name = _ask(folder, "rev-parse", "--short=10", "HEAD")
    if not name:
        return "", False
    changed = _ask(folder, "status", "--porcelain", "--untracked-files=no")
    return name, bool(changed or _ask(folder, "status", "--porcelain", "--untracked-files=normal", "--", "."))


def changes(folder: str, paths: Iterable[str], *, tracked: bool = True) -> list[str]:
    """What is not as the last commit has it: each tracked file that differs, and what git does not know below paths.

    Without `tracked`, only what is below the paths.
    """
    rows = _ask(folder, "status", "--porcelain", "--untracked-files=no").splitlines() if tracked else []
    for path in paths:
        # One by one: a path outside the repository would make git say nothing of the others.
        rows += _ask(folder, "status", "--porcelain", "--untracked-files=normal", "--", path).splitlines()
    return list(dict.fromkeys(row.strip().split(maxsplit=1)[1] for row in rows))


def person(folder: str) -> str:
    """The name under which git would commit now; '' where it knows none."""
    return _ask(folder, "var", "GIT_AUTHOR_IDENT").partition(" <")[0]


def signing_key(folder: str) -> str:
    """The SSH key with which git signs; '' where it has none, or signs otherwise."""
    named = _ask(folder, "config", "--get", "user.signingkey")
    return named if _ask(folder, "config", "--get", "gpg.format") == "ssh" else ""


def _ask(folder: str, *arguments: str) -> str:
    if tools.find("git") is None:
        return ""
    done = tools.run("git", ["-C", folder, *arguments], check=False)
    return done.text.strip() if done.code == 0 else ""
