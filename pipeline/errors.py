"""Exceptions of the house. They mean "could not run"; what is wrong in a document is a finding instead."""


class CouldNotRun(Exception):
    """The command cannot do its work: exit status 2. `hint` says what the person can do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ToolMissing(CouldNotRun):
    """A tool is not installed, or not in a version that is known to work."""


class ToolFailed(CouldNotRun):
    """A tool ended with a failure; `code` is its exit status, `said` the end of what it wrote."""

    def __init__(self, message: str, hint: str = "", *, code: int = 0, said: str = "") -> None:
        super().__init__(message, hint)
        self.code = code
        self.said = said


class ToolTimeout(CouldNotRun):
    """A tool took longer than it may and was ended."""
