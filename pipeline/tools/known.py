"""The programs of others that are used: in which versions, for what, and how to come by them."""

from msgspec import Struct


class Tool(Struct, frozen=True):
    """A program of others.

    `wanted` is a range such as `>=3.21,<4`; `unchecked` says what is left undone without the tool, `get` how
    to come by it. `asks` is the command that states its version, where that is not its own `--version`;
    `module` marks what Python runs. `env` is set for it, and variables that begin with one of `drops` are
    taken out.
    """

    name: str
    wanted: str
    unchecked: str
    get: str
    asks: tuple[str, ...] = ()
    module: bool = False
    env: dict[str, str] = {}
    drops: tuple[str, ...] = ()


_PYTHON_PACKAGE = "it is one of Paraph's own requirements: install Paraph again"

TOOLS: dict[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool(
            "vale",
            ">=3.21,<4",
            "the wording of the documents was not checked",
            "`make vale` in a checkout of Paraph, elsewhere `pip install paraph[vale]` or what"
            " https://vale.sh/docs/install says",
            drops=("VALE_",),
        ),
        Tool("pandoc", ">=3.1,<4", "no PDF was made", _PYTHON_PACKAGE),
        Tool(
            "git",
            ">=2.30",
            "nothing that needs the history was done: dates, versions, comparisons",
            "install git with the system's package manager, or see https://git-scm.com/downloads",
            # Hooks are run with variables that would point every git at the repository of the hook.
            drops=("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"),
            # Without the first, even `git status` writes to the repository.
            env={"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_PAGER": "cat"},
        ),
        Tool(
            "ssh-keygen",
            ">=8.2",
            "signatures were neither made nor verified",
            "install OpenSSH with the system's package manager (openssh-client on Debian)",
            asks=("ssh", "-V"),
        ),
        Tool("mkdocs", ">=1.6,<2", "no site was made", _PYTHON_PACKAGE, module=True),
        Tool(
            "zensical",
            ">=0.0.73,<0.2",
            "no site was made with Zensical",
            "`pip install paraph[zensical]`, or leave the site's engine at Material for MkDocs",
        ),
    )
}
