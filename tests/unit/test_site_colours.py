"""The colours that the site's style sheet names have contrast enough where they stand on each other (WCAG 2.1 AA)."""

import re
from pathlib import Path

import pytest

SHEET = (Path(__file__).parents[2] / "templates/site/paraph.css").read_text(encoding="utf-8")
TEXTS = [
    "--md-default-fg-color",
    "--md-default-fg-color--light",
    "--md-typeset-a-color",
    "--paraph-quiet",
    "--paraph-accent",
]
GROUNDS = ["--md-default-bg-color", "--paraph-paper"]


def variables(scheme: str) -> dict[str, str]:
    """The variables of a scheme over those of all."""
    found = {"--md-default-bg-color": "#ffffff"}
    for selector in (":root", f'[data-md-color-scheme="{scheme}"]'):
        block = re.search(re.escape(selector) + r" \{(.*?)\n\}", SHEET, re.DOTALL)
        assert block
        found |= dict(re.findall(r"(--[\w-]+): (.*?);", block[1]))
    return found


def colour(named: dict[str, str], name: str) -> tuple[int, ...]:
    value = named[name]
    while match := re.fullmatch(r"var\((.*)\)", value):
        value = named[match[1]]
    digits = value.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    return tuple(int(digits[at : at + 2], 16) for at in (0, 2, 4))


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The ratio of WCAG 2.1, from 1 to 21."""

    def light(each: tuple[int, ...]) -> float:
        parts = [v / 255 / 12.92 if v / 255 <= 0.03928 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in each]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    bright, dim = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_the_ratio_is_that_of_the_guideline():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_can_be_read_on_every_ground(scheme: str, ground: str, text: str):
    named = variables(scheme)
    assert contrast(colour(named, text), colour(named, ground)) >= 4.5


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_the_foot_can_be_read(scheme: str):
    named = variables(scheme)
    assert (
        contrast(colour(named, "--md-footer-fg-color--lighter"), colour(named, "--md-footer-bg-color")) >= 4.5
    )


@pytest.mark.parametrize("part", ["keyword", "string", "comment", "operator", "punctuation"])
def test_code_can_be_read_in_the_dark(part: str):
    named = variables("slate")
    assert contrast(colour(named, f"--md-code-hl-{part}-color"), colour(named, "--md-code-bg-color")) >= 4.5
