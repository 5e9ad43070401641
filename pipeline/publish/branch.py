"""A version placed in a branch of git, with mike.

All is made on a branch of its own, looked at, and only then given to the branch that is asked for, in one commit and
one step that fails if somebody else moved it meanwhile. Until then that branch stands as it was.
"""

import os
from collections.abc import Iterator
from contextlib import chdir, contextmanager

from mike import commands
from mike.git_utils import GitError

from pipeline import tools
from pipeline.errors import CouldNotRun, ToolFailed
from pipeline.history.repository import contents
from pipeline.publish.release import (
    FRONT,
    LIST,
    OURS,
    PLAIN,
    Plan,
    Release,
    lists,
    plan,
    properties,
    redirect_template,
    refuse,
)
from pipeline.render.place import lives

_OWN = "paraph-publishing"
_NONE = "0" * 40
_SECONDS = 600


def place_in_branch(
    repository: str, site: str, release: Release, branch: str
) -> tuple[tuple[str, ...], bool]:
    """Place the site in the folder `site` into a branch; give its aliases, and whether anything changed.

    Raises CouldNotRun: a version that is there with another content, a branch that is checked out, that holds
    something else or that was moved meanwhile, a name that is taken.
    """
    local, base = branch_state(repository, branch)
    planned = _plan(repository, base, release)
    with _own_branch(repository, base) as own:
        _deploy(repository, site, release, planned, own)
        _check(repository, base, f"refs/heads/{own}", release, planned)
        tree = _ask(repository, "rev-parse", f"refs/heads/{own}^{{tree}}")
        same = bool(base) and tree == _ask(repository, "rev-parse", f"{base}^{{tree}}")
        message = f"Publishes {release.version} of {release.commit} for {release.audience} readers."
        made = base if same else _commit(repository, tree, base, message)
    _move(repository, branch, made, local)
    return planned.aliases, not same


def branch_state(repository: str, branch: str) -> tuple[str, str]:
    """Where a branch is ('' where it is not yet), and on what the next version stands: that, or what was fetched.

    Raises CouldNotRun for a branch that cannot be published to.
    """
    if not _ask(repository, "check-ref-format", "--branch", branch):
        raise CouldNotRun(f"{branch!r} is no name of a branch", "name another with --branch")
    head = f"branch refs/heads/{branch}"
    if head in _ask(repository, "worktree", "list", "--porcelain").splitlines():
        raise CouldNotRun(
            f"the branch {branch} is checked out", "publish to one that is not, such as gh-pages"
        )
    local = _ask(repository, "rev-parse", "--verify", "--quiet", f"refs/heads/{branch}")
    fetched = _ask(repository, "rev-parse", "--verify", "--quiet", f"refs/remotes/origin/{branch}")
    return local, _newer(repository, branch, local, fetched)


def planned(repository: str, branch: str, release: Release) -> Plan:
    """What placing a release in a branch would change. Raises CouldNotRun where it cannot be placed there."""
    return _plan(repository, branch_state(repository, branch)[1], release)


def published(repository: str, branch: str, version: str, path: str) -> bytes | None:
    """A file of a version in a branch; None where it is not there."""
    _, base = branch_state(repository, branch)
    if not base or not lists(_ask(repository, "show", f"{base}:{LIST}"), version):
        return None
    return contents(repository, [f"{base}:{version}/{path}"])[0]


def _newer(repository: str, branch: str, local: str, fetched: str) -> str:
    if not fetched or not local or fetched == local:
        return fetched or local
    for older, newer in ((local, fetched), (fetched, local)):
        if _ask(repository, "merge-base", local, fetched) == older:
            return newer
    raise CouldNotRun(
        f"{branch} and origin/{branch} have gone apart", "bring them together, then publish again"
    )


def _plan(repository: str, base: str, release: Release) -> Plan:
    names = _ask(repository, "ls-tree", "--name-only", "--full-tree", base).splitlines() if base else []
    if names and LIST not in names:
        hint = "name one that holds published versions, or none yet"
        raise CouldNotRun(f"the branch holds something else: there is no {LIST}", hint)
    return plan(_ask(repository, "show", f"{base}:{LIST}") if names else "", names, release)


@contextmanager
def _own_branch(repository: str, base: str) -> Iterator[str]:
    """A branch for this run alone, gone at its end; those of runs that were killed go with it."""
    for left in _ask(repository, "for-each-ref", "--format=%(refname)", f"refs/heads/{_OWN}/").splitlines():
        if not lives(left.rpartition("/")[2]):
            _git(repository, "update-ref", "-d", left)
    name = f"{_OWN}/{os.getpid()}"
    if base:
        _git(repository, "update-ref", f"refs/heads/{name}", base)
    try:
        yield name
    finally:
        _ask(repository, "update-ref", "-d", f"refs/heads/{name}")


def _deploy(repository: str, site: str, release: Release, planned: Plan, own: str) -> None:
    template, place = redirect_template(), os.path.abspath(site)
    build = {"site_dir": place, "use_directory_urls": True}
    told = {"branch": own, "message": release.version, "allow_empty": True}
    front = _ask(repository, "show", f"refs/heads/{own}:{FRONT}")
    try:
        with _mikes_place(repository):
            with commands.deploy(
                build, release.version, aliases=planned.aliases, update_aliases=True,
                alias_type=commands.AliasType.redirect, template=template, set_props=properties(release), **told,
            ):  # fmt: skip
                pass
            if not front or OURS in front:
                commands.set_default(planned.front, template=template, allow_undefined=True, **told)
    except (GitError, ValueError) as error:
        raise _unplaced(str(error)) from error


@contextmanager
def _mikes_place(repository: str) -> Iterator[None]:
    """The working folder and the environment in which the git that mike starts finds our repository."""
    hooks = {name: os.environ[name] for name in os.environ if name.startswith(tools.TOOLS["git"].drops)}
    for name in hooks:
        del os.environ[name]
    try:
        with chdir(repository):
            yield
    finally:
        os.environ.update(hooks)


def _check(repository: str, base: str, new: str, release: Release, planned: Plan) -> None:
    """See to it that nothing but the version, its alias and the lists changed, and that the version may change."""
    if not base:
        return
    before, after = _top(repository, base), _top(repository, new)
    kept = before.keys() - {release.version, *planned.aliases, LIST, FRONT, PLAIN}
    if changed := sorted(name for name in kept if before[name] != after.get(name)):
        raise _unplaced(f"{', '.join(changed)} would have changed")
    stands = before.get(release.version)
    if stands not in (None, after.get(release.version)) and planned.before != release.commit:
        raise refuse(release, planned.before or "")


def _top(repository: str, commit: str) -> dict[str, str]:
    rows = _git(repository, "ls-tree", "-z", "--full-tree", commit).split("\0")
    return {name: what for what, _, name in (row.partition("\t") for row in rows if row)}


def _commit(repository: str, tree: str, base: str, message: str) -> str:
    parent = ["-p", base] if base else []
    try:
        return _git(repository, "commit-tree", tree, *parent, "-m", message)
    except ToolFailed as error:
        raise _unplaced(error.said) from error


def _move(repository: str, branch: str, made: str, local: str) -> None:
    try:
        _git(repository, "update-ref", "-m", "paraph publish", f"refs/heads/{branch}", made, local or _NONE)
    except ToolFailed as error:
        hint = f"publish again; {branch} stands as the other left it"
        raise CouldNotRun(f"the branch {branch} was moved meanwhile", hint) from error


def _unplaced(why: str) -> CouldNotRun:
    hint = "tell git who you are: git config user.name, git config user.email" if "user." in why else ""
    return CouldNotRun(f"nothing was published: {why}", hint or "the branch stands as it was")


def _git(repository: str, *arguments: str) -> str:
    return tools.run("git", ["-C", repository, *arguments], timeout=_SECONDS).text.rstrip("\n")


def _ask(repository: str, *arguments: str) -> str:
    done = tools.run("git", ["-C", repository, *arguments], timeout=_SECONDS, check=False)
    return done.text.rstrip("\n") if done.code == 0 else ""
