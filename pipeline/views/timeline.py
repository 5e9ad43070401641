"""Time from left to right: where a day stands, and the years, quarters and months above."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from pipeline.views.dates import short_day, short_month
from pipeline.views.drawing import Drawing, width_of
from pipeline.views.words import say

HEAD = 38


class Timeline:
    """Days between two ends of a picture, with some room beside the first and the last one."""

    def __init__(self, days: Iterable[date], left: float, right: float) -> None:
        known = sorted(days)
        span = max(28, (known[-1] - known[0]).days)
        self._left, self._right = left, right
        self.first = _moved(known[0], -max(3, span // 40))
        self.last = _moved(known[-1], max(3, span // 40))

    def x(self, day: date) -> float:
        """Where a day stands; one beyond the ends stands at the end."""
        share = (day - self.first).days / ((self.last - self.first).days or 1)
        return self._left + (self._right - self._left) * min(1, max(0, share))

    def head(self, drawing: Drawing, bottom: float, lang: str) -> None:
        """Years, and months or quarters below them as far as there is room, with lines down to the bottom."""
        wide = (self._right - self._left) / max(1, (self.last - self.first).days)
        months = 1 if wide * 30 >= 32 else 3 if wide * 91 >= 24 else 12
        while wide * 30 * months < 24:
            months *= 5 if months == 12 else 2
        for begin, end in self._periods(max(months, 12)):
            left, right = self.x(begin), self.x(end)
            drawing.line([(left, 2), (left, bottom)], "none", ground=True)
            if right - left >= width_of(str(begin.year)) + 8:
                drawing.write((left + 5, 10), str(begin.year), bold=True)
        for begin, end in self._periods(months) if months < 12 else ():
            left, right = self.x(begin), self.x(end)
            name = short_month(begin, lang) if months == 1 else say("quarter", lang, n=begin.month // 3 + 1)
            drawing.line([(left, 20), (left, bottom)], "line", ground=True)
            if right - left >= width_of(name, 11) + 4:
                drawing.write(((left + right) / 2, 27), name, "quiet", align="center", size=11)

    def side(self, drawing: Drawing, left: float, right: float, lang: str) -> None:
        """Months, quarters or years on the left, for days from the bottom to the top, with lines to the right."""
        wide = abs(self._right - self._left) / max(1, (self.last - self.first).days)
        months = next((months for months in (1, 3, 6) if wide * 30 * months >= 22), 12)
        while wide * 30 * months < 22:
            months *= 2
        for begin, _ in self._periods(months):
            if begin == self.first and begin.day != 1:
                continue
            y, year = self.x(begin), begin.month == 1
            drawing.line([(left - 4, y), (right, y)], "none" if year else "line", ground=True)
            name = str(begin.year) if year else f"{short_month(begin, lang)}"
            drawing.write((left - 8, y), name, "ink" if year else "quiet", align="right", size=11, bold=year)

    def today(self, drawing: Drawing, day: date | None, bottom: float, lang: str) -> None:
        """A line at the day whose state is shown, with its date below; nothing where it lies beyond the ends."""
        if day is None or not self.first <= day <= self.last:
            return
        words = say("as of", lang, day=short_day(day, lang))
        half = width_of(words) / 2
        x = self.x(day)
        drawing.line([(x, HEAD - 3), (x, bottom + 2)], "accent", thick=1.5, dash=(5, 3))
        middle = min(self._right - half, max(self._left + half, x))
        drawing.write((middle, bottom + 11), words, "accent", align="center", bold=True)

    def _periods(self, months: int) -> Iterator[tuple[date, date]]:
        """The periods of so many months that some of the days shown lie in, cut at the ends."""
        year, month = self.first.year, 1
        if months > 12:
            year -= year % (months // 12)
        while (begin := _month(year, month)) <= self.last:
            month += months
            year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
            end = _month(year, month)
            if end > self.first:
                yield max(begin, self.first), min(end, self.last)
            if end == date.max:
                return


def _month(year: int, month: int) -> date:
    return date(year, month, 1) if 1 <= year <= 9999 else date.min if year < 1 else date.max


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min
