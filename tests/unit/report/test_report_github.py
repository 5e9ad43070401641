import re
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from pipeline.report import github

# The documented form of a workflow command: `::name key=value,key=value::message`. A value ends at a comma or
# a colon, a message at the end of the line, so those are escaped; a percent sign begins an escape.
COMMAND = re.compile(r"::(error|warning|notice) (\w+=[^,:]*(?:,\w+=[^,:]*)*)::(.*)")
ESCAPES = {"%25": "%", "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    message: str


def parse(line: str) -> Command:
    match = COMMAND.fullmatch(line)
    assert match, line
    name, properties, message = match.groups()
    pairs = (pair.partition("=") for pair in properties.split(","))
    return Command(name, {key: unescape(value) for key, _, value in pairs}, unescape(message))


def unescape(text: str) -> str:
    assert not re.search("%(?!25|0D|0A|3A|2C)", text)
    return re.sub("%..", lambda match: ESCAPES[match[0]], text)


def commands(report):
    return [parse(line) for line in github.render(report).splitlines()]


def test_a_finding_becomes_an_annotation(report):
    assert commands(report)[1] == Command(
        "error",
        {
            "file": "docs/requirements/plan.md",
            "line": "12",
            "col": "13",
            "endColumn": "19",
            "title": "REF-DEAD",
        },
        "REQ-999 does not exist\ndid you mean REQ-101?",
    )


def test_notes_and_the_summary_come_last(report):
    _, _, note, summary = commands(report)
    assert (note.name, note.message) == (
        "warning",
        "prose was not checked: vale was not found\n`paraph doctor` says how to get it",
    )
    assert (summary.name, summary.message) == (
        "notice",
        "1 error, 1 warning in 2 of 60 documents (61 artifacts), gate merge",
    )


def test_a_clean_run_annotates_nothing(clean):
    assert github.render(clean) == ""


@pytest.mark.parametrize("path", ["a,b.md", "a:b.md", "a::b.md", "100%.md", "a%2Cb.md", "réunion, 1.md"])
def test_a_path_survives_the_escaping(clean, dead, path):
    (finding, _) = commands(replace(clean, findings=(replace(dead, path=path),)))
    assert finding.properties["file"] == path


def test_a_message_cannot_begin_a_command_of_its_own(clean, dead):
    evil = replace(dead, message="x\r\n::error file=a.md::forged\n::stop-commands::now", hint="")
    finding, summary = commands(replace(clean, findings=(evil,)))
    assert finding.message == r"x\r\n::error file=a.md::forged\n::stop-commands::now"
    assert summary.name == "notice"


def test_a_place_that_is_not_known_is_left_out(clean, dead):
    lineless, columnless, _ = commands(
        replace(clean, findings=(replace(dead, line=0, column=0), replace(dead, column=0)))
    )
    assert list(lineless.properties) == ["file", "title"]
    assert list(columnless.properties) == ["file", "line", "title"]
