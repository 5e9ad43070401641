"""The group of commands, and what becomes of an error."""

import signal
import sys
from importlib import import_module
from io import TextIOWrapper
from threading import current_thread, main_thread

import click

from pipeline import __version__
from pipeline.cli.near import Near
from pipeline.errors import CouldNotRun

# Command, module, what it does: shown by `--help` without loading the module.
COMMANDS = {
    "init": ("pipeline.cli.init", "Begin a project in this folder."),
    "new": ("pipeline.cli.new", "Write a new artifact with the next free ID."),
    "rename": ("pipeline.cli.rename", "Give an artifact another ID, everywhere."),
    "check": ("pipeline.cli.check", "Check the documents and report what is wrong."),
    "diff": ("pipeline.cli.diff", "Show what differs between two revisions."),
    "trace": ("pipeline.cli.trace", "Follow needs, requirements, work, tests and runs."),
    "fix": ("pipeline.cli.fix", "Mend findings where only one mend can be meant."),
    "ratchet": ("pipeline.cli.ratchet", "Record the findings that are there, so that only new ones block."),
    "explain": ("pipeline.cli.explain", "Explain a rule: what, why, how to mend it."),
    "approve": ("pipeline.cli.approve", "Approve an artifact as it is now."),
    "reject": ("pipeline.cli.reject", "Reject an artifact as it is now, with a reason."),
    "withdraw": ("pipeline.cli.withdraw", "Take back a decision of one's own."),
    "revoke": ("pipeline.cli.revoke", "Say that a key no longer counts."),
    "approvals": ("pipeline.cli.approvals", "Show who has approved what, and who has not."),
    "build": ("pipeline.cli.build", "Check, then make the site and the PDFs."),
    "site": ("pipeline.cli.site", "Make the site."),
    "pdf": ("pipeline.cli.pdf", "Make the PDF of one deliverable, or of all."),
    "pack": ("pipeline.cli.pack", "Make the steering pack of a report, or issue it."),
    "serve": ("pipeline.cli.serve", "Show the built site on this machine."),
    "publish": ("pipeline.cli.publish", "Place a version of the site beside the others."),
    "issue": ("pipeline.cli.issue", "Issue a deliverable for signature."),
    "sign": ("pipeline.cli.sign", "Sign a PDF that was issued, with a file or a card."),
    "receive": ("pipeline.cli.receive", "Take back a deliverable that was signed."),
    "refuse": ("pipeline.cli.refuse", "Record that somebody does not sign."),
    "renew": ("pipeline.cli.renew", "Add another timestamp to a signed PDF."),
    "verify": ("pipeline.cli.verify", "Verify signed PDFs and releases."),
    "release": ("pipeline.cli.release", "Check, make, sign, tag and publish a version."),
    "dossier": ("pipeline.cli.dossier", "Write what an auditor samples of one artifact."),
    "schema": ("pipeline.cli.schema", "Print the schema of a kind, or list the kinds."),
    "import": ("pipeline.cli.imports", "Take over test results and a tracker's issues."),
    "export": ("pipeline.cli.export", "Print the whole programme for other programs."),
    "doctor": ("pipeline.cli.doctor", "List the tools found and missing."),
}

_ROOM = "the disk is full; make room and run the command again: the last good output stands"


class _Lazy(Near):
    """A group whose commands are imported when they are called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="paraph", message="%(prog)s %(version)s")
def cli() -> None:
    """Check and publish the documents of a programme, written in Markdown."""


def run(kept: list[object] | None = None) -> int:
    """Run the command line and give its exit status; what went wrong has been said on stderr.

    A command may put what it has made into `kept`: it is not freed while the caller holds it.
    """
    _prepare()
    try:
        status = cli.main(standalone_mode=False, obj=kept)
    except CouldNotRun as error:
        _complain(error.message, error.hint)
        return 2
    except click.exceptions.Exit as error:
        return int(error.exit_code)
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        _clear_progress()
        raise KeyboardInterrupt from None
    except OSError as error:
        _complain(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "), _hint(error))
        return 2
    except Exception:
        # Left to Python, the exit status would be that of findings.
        import traceback

        _clear_progress()
        traceback.print_exc()
        _complain("this is a fault of Paraph itself, not of your documents", "report it with the lines above")
        return 2
    return status if isinstance(status, int) else 0


def _prepare() -> None:
    """See to it that what cannot be shown is written as an escape, and that a request to end is an orderly end."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if current_thread() is main_thread():
        signal.signal(signal.SIGTERM, _end)


def _end(_number: int, _frame: object) -> None:
    # Raised where the program stands, so that a tool which runs is ended with it.
    sys.exit(128 + signal.SIGTERM)


def _clear_progress() -> None:
    if sys.stderr.isatty():
        click.echo("\r\033[K", err=True, nl=False)


def _complain(message: str, hint: str) -> None:
    _clear_progress()
    click.echo(f"paraph: {message}", err=True)
    if hint:
        click.echo(f"  help: {hint}", err=True)


def _hint(error: OSError) -> str:
    import errno

    hints = {
        errno.ENOSPC: _ROOM,
        errno.EDQUOT: _ROOM,
        errno.EFBIG: _ROOM,
        errno.EACCES: "check the permissions",
        errno.EROFS: "the folder is read-only; with --config the cache and the output lie beside that file",
    }
    return hints.get(error.errno or 0, "")
