"""The ID that was probably meant by one that does not exist."""

from pipeline.model import Programme


def nearest_id(target: str, programme: Programme) -> str:
    """An ID that exists and differs by zeros in front, or by a digit typed wrong, twice, or not at all; '' for none."""
    prefix, _, number = target.rpartition("-")
    plain = number.lstrip("0")
    tries = [plain.zfill(width) for width in range(1, 8)]
    tries += [number[:at] + digit + number[at + 1 :] for at in range(len(number)) for digit in "0123456789"]
    tries += [number[:at] + number[at + 1 :] for at in range(len(number))]
    tries += [number[:at] + digit + number[at:] for at in range(len(number) + 1) for digit in "0123456789"]
    return next((f"{prefix}-{item}" for item in tries if f"{prefix}-{item}" in programme.artifacts), "")
