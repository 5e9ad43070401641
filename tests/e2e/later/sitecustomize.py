"""With this folder on PYTHONPATH, every Python lives some weeks later: for outputs that must not hang on the day."""

import datetime
import time

SHIFT = 41 * 86_400 + 12_345

_time, _time_ns, _gmtime, _localtime, _strftime = (
    time.time,
    time.time_ns,
    time.gmtime,
    time.localtime,
    time.strftime,
)


def _now(seconds: float | None) -> float:
    return time.time() if seconds is None else seconds


time.time = lambda: _time() + SHIFT
time.time_ns = lambda: _time_ns() + SHIFT * 10**9
time.gmtime = lambda seconds=None: _gmtime(_now(seconds))
time.localtime = lambda seconds=None: _localtime(_now(seconds))
time.strftime = lambda form, moment=None: _strftime(form, moment or time.localtime())


class Moment(datetime.datetime):
    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls) -> datetime.datetime:
        return cls.fromtimestamp(time.time(), datetime.UTC).replace(tzinfo=None)

    @classmethod
    def today(cls) -> datetime.datetime:
        return cls.now()


_date = datetime.date


class Days(type):
    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, _date)


class Day(_date, metaclass=Days):
    # A plain date, since some libraries take no class made from it for one.
    def __new__(cls, year: int, month: int, day: int) -> datetime.date:
        return _date(year, month, day)

    @classmethod
    def today(cls) -> datetime.date:
        return _date.fromtimestamp(time.time())


datetime.datetime = Moment
datetime.date = Day
