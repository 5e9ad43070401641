"""Results of tests in the XML of JUnit, as nearly every test runner writes it.

The XML is read as it comes by, and nothing of it is looked up elsewhere: a file that declares a document type, and with
it perhaps entities that grow without end or point to other files, is refused.
"""

from datetime import date
from typing import Any
from xml.parsers import expat

from pipeline.errors import CouldNotRun
from pipeline.exchange.files import digest
from pipeline.model.imported import Result, Results

# Names of properties, as runners and their plugins write them.
CASE = ("test_case", "testcase", "test-case", "test_key", "test_id", "test-key", "test-id")
BUILD = ("build", "build_id", "version", "revision")
PLACE = ("environment", "env", "test_environment")
TESTER = ("tester", "executed_by", "executedby", "user")
# The worst decides where a test says more than one.
_OUTCOMES = {"failure": "fail", "error": "fail", "rerunFailure": "fail", "skipped": "blocked"}
_LONGEST = 400


def read_junit(path: str) -> Results:
    """The tests of a file. Raises CouldNotRun for what is no XML of JUnit, with the line."""
    reader = _Reader(path)
    try:
        with open(path, "rb") as file:
            reader.parser.ParseFile(file)
    except expat.ExpatError as error:
        words = f"{path}:{error.lineno}: this is no XML: {expat.ErrorString(error.code)}"
        raise CouldNotRun(words, "give a results file that is complete") from error
    except (ValueError, LookupError) as error:
        raise CouldNotRun(f"{path} is in an encoding that cannot be read", "write it in UTF-8") from error
    return Results(path, digest(path), tuple(_result(*test) for test in reader.tests))


class _Reader:
    """What is gathered while the XML comes by: each test with the properties of its suites."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.tests: list[tuple[dict[str, str], list[dict[str, str]]]] = []
        self.suites: list[dict[str, str]] = []
        self.test: dict[str, str] | None = None
        self.depth = 0
        self.text: list[str] | None = None
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.EntityDeclHandler = self.refuse

    def refuse(self, *_declared: Any) -> None:
        """Refuse a document type: no results file needs one."""
        raise CouldNotRun(
            f"{self.path}:{self.parser.CurrentLineNumber}: the XML declares a document type, which is not read",
            "take the <!DOCTYPE ...> out: results need none, and entities can be made to fill the memory",
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note a suite, a test, a property or an outcome."""
        if not self.depth and name not in ("testsuites", "testsuite"):
            raise CouldNotRun(
                f"{self.path}: the XML begins with <{name[:40]}>, not with <testsuites> or <testsuite>",
                "give a results file in the form of JUnit",
            )
        self.depth += 1
        if name in ("testsuites", "testsuite"):
            self.suites.append({f"@{key}": value for key, value in attributes.items()})
        elif name == "testcase":
            self.test = {f"@{key}": value for key, value in attributes.items()}
            self.tests.append((self.test, list(self.suites)))
        elif name == "property":
            holder = self.test if self.test is not None else self.suites[-1]
            key = attributes.get("name", "").strip().lower()
            holder[key] = attributes.get("value", "")
            self.text = [] if "value" not in attributes else None
        elif self.test is not None and name in _OUTCOMES:
            if self.test.get("!") != "fail":
                self.test["!"] = _OUTCOMES[name]
                self.test["!message"] = attributes.get("message", "")
            self.text = []

    def characters(self, text: str) -> None:
        """Gather the beginning of a text that may be a value or a message."""
        if self.text is not None and sum(map(len, self.text)) < _LONGEST:
            self.text.append(text)

    def end(self, name: str) -> None:
        """Close what was open."""
        self.depth -= 1
        words, self.text = "".join(self.text or ()).strip(), None
        if name in ("testsuites", "testsuite"):
            self.suites.pop()
        elif name == "testcase":
            self.test = None
        elif self.test is not None and name in _OUTCOMES and not self.test.get("!message"):
            self.test["!message"] = words
        elif name == "property" and words:
            holder = self.test if self.test is not None else self.suites[-1]
            last = next(reversed(holder), "")
            holder[last] = holder[last] or words


def _result(test: dict[str, str], suites: list[dict[str, str]]) -> Result:
    """A test with what its suites say of all their tests; what stands nearest counts."""
    around = [test, *reversed(suites)]
    name = ".".join(filter(None, (test.get("@classname", ""), test.get("@name", ""))))
    return Result(
        name=name or "(a test without a name)",
        verdict=test.get("!", "pass"),
        stated=_first([test], CASE),
        message=test.get("!message", ""),
        day=day_of(_first(around, ("@timestamp", "date"))),
        build=_first(around, BUILD),
        environment=_first(around, PLACE),
        tester=_first(around, TESTER),
    )


def _first(places: list[dict[str, str]], names: tuple[str, ...]) -> str:
    found = (place[name].strip() for place in places for name in names if place.get(name, "").strip())
    return next(found, "")


def day_of(moment: str) -> str:
    """The day of a point in time as ISO 8601 writes it, or ''."""
    try:
        return date.fromisoformat(moment[:10]).isoformat()
    except ValueError:
        return ""
