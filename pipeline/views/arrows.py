"""Arrows in a picture: their outline, and where they would run under something that is to be read."""

from typing import NamedTuple

Point = tuple[float, float]


class Frame(NamedTuple):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2


def arrow_between(begin: Frame, end: Frame, head: float = 7.0) -> str:
    """From the edge of a frame to the edge of another of the same size, each on the way to the other's middle."""
    (x, y), (far_x, far_y) = begin.middle, end.middle
    along, down = far_x - x, far_y - y
    # How much of the way lies within a frame.
    inside = min(
        begin.width / 2 / abs(along) if along else 1.0,
        begin.height / 2 / abs(down) if down else 1.0,
    )
    start = (x + along * inside, y + down * inside)
    return arrow(start, (far_x - along * inside, far_y - down * inside), head)


def arrow(begin: Point, end: Point, head: float) -> str:
    """A straight arrow with a head of some length, as the path of an SVG."""
    (x, y), (far_x, far_y) = begin, end
    length = ((far_x - x) ** 2 + (far_y - y) ** 2) ** 0.5 or 1.0
    dx, dy = (far_x - x) / length, (far_y - y) / length
    back_x, back_y = far_x - dx * head, far_y - dy * head
    wing = head * 0.42
    points = [
        (x, y),
        (back_x, back_y),
        (back_x - dy * wing, back_y + dx * wing),
        (far_x, far_y),
        (back_x + dy * wing, back_y - dx * wing),
        (back_x, back_y),
    ]
    return "M" + "L".join(f"{round(a, 1)},{round(b, 1)}" for a, b in points)


def crosses(begin: Point, end: Point, frame: Frame) -> bool:
    """Whether the way between two points leads through a frame (clipped as by Liang and Barsky, 1984)."""
    low, high = 0.0, 1.0
    for start, delta, least, size in (
        (begin[0], end[0] - begin[0], frame.x, frame.width),
        (begin[1], end[1] - begin[1], frame.y, frame.height),
    ):
        if not delta:
            if not least < start < least + size:
                return False
            continue
        near, far = sorted(((least - start) / delta, (least + size - start) / delta))
        low, high = max(low, near), min(high, far)
    return low < high
