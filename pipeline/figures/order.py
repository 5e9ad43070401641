"""The order in which artifacts are listed."""


def natural_id(identity: str) -> tuple[str, int]:
    """The order of an ID: its prefix, then its number, so that 9 comes before 10."""
    prefix, _, number = identity.rpartition("-")
    return (prefix, int(number)) if number.isdecimal() else (identity, 0)
