"""Whatever an author writes, weaving ends, keeps the words, and puts nothing active on the page."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.unit.weave.samples import weave
from tests.unit.weave.test_weave_constructs import by_python_markdown

PIECES = [
    "word",
    " ",
    "\n",
    "\n\n",
    "\n    ",
    "    ",
    "- ",
    "1. ",
    "# ",
    "## REQ-300 A ",
    "| a | b |\n|---|---|\n",
    "| x | y |\n",
    "`",
    "``",
    "```",
    "~~~",
    "```yaml {.view}\nview: table\nkind: requirement\n```\n",
    "```yaml {.artifact}\nstatus: draft\n```\n",
    "<script>alert(1)</script>",
    '<b onclick="x">',
    "<",
    ">",
    "<!--",
    "-->",
    "<div>\n",
    "</div>",
    "<https://e.org>",
    "&lt;",
    "&#60;script>",
    "[a](javascript:alert(1))",
    "[a](java\nscript:alert(1))",
    "[a](<javascript:alert(1)>)",
    "[a][b]",
    "\n[b]: javascript:alert(1)\n",
    "\n[b]:\njavascript:alert(1)\n",
    "[b]",
    "](javascript:alert(1))",
    "[",
    "]",
    "(",
    ")",
    "![",
    "![x](javascript:x)",
    "{onclick=x}",
    '{: onclick="alert(1)" }',
    "{",
    "}",
    "::: {lang=nl}\n",
    "\n:::\n",
    '!!! note "<script>"\n    ',
    "!!! note\n",
    "[^1]",
    "\n[^1]: note\n",
    "*",
    "**",
    "_",
    "\\",
    "REQ-101",
    "REQ-999",
    ">",
    "\n> ",
    '"',
    "'",
    "%",
    "é",
    "\ue000",
    "\ue0010\ue002",
    "\ue00f",
    "[x]{lang=fr onclick=x}",
]
texts = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
ALLOWED = """a abbr blockquote br code del details div em h1 h2 h3 h4 h5 h6 hr img input label li ol p pre span strong
summary sup table tbody td th thead tr ul"""


class Active(HTMLParser):
    """Elements, handlers and addresses that a page of ours never has."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in ALLOWED.split():
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on"):
                self.found.append(name)
            if name in ("href", "src") and re.match(
                r"\W*(javascript|data|vbscript)\W", value or "", re.IGNORECASE
            ):
                self.found.append(f"{name}={value}")

    def handle_comment(self, data):
        self.found.append(f"comment {data}")


def active_in(html: str) -> list[str]:
    parser = Active()
    parser.feed(html)
    return parser.found


@settings(max_examples=300, deadline=None)
@given(texts)
@example("`a\n- [x](javascript:alert(1))`")
@example("- `a\n- [x](javascript:alert(1))`")
@example("`<!-- x` [a](javascript:alert(1)) -->")
@example("- ```\n<script>alert(1)</script>\n```\n")
@example("> ```\n> <script>alert(1)</script>\n> ```\n")
@example("*x*{: onclick=alert(1) }")
@example('[a](needs.md "t" ){onclick=x}')
@example("[b]\n\n[b]:\n   javascript:alert(1)\n")
@example('<https://e.org/"onclick="x>')
def test_a_page_of_the_site_holds_nothing_active(text):
    assert active_in(by_python_markdown(weave("material", f"# Page\n\n{text}\n"))) == []


def test_the_search_for_active_content_finds_it():
    html = '<script></script><a href="javascript:x" onclick="y"><img src="DATA:x"><!-- c -->'
    assert active_in(html) == ["<script>", "href=javascript:x", "onclick", "src=DATA:x", "comment  c "]


@settings(max_examples=200, deadline=None)
@given(texts, st.sampled_from(["public", "internal", "limited"]))
def test_weaving_ends_for_every_text_in_both_dialects(text, audience):
    page = f"---\nclassification: public\n---\n# Page\n\n{text}\n"
    for dialect in ("material", "pandoc"):
        assert "\ue000" not in weave(dialect, page, audience=audience)


words = st.lists(
    st.sampled_from(["plain", "words", "and", "é", "3.5", "done."]), min_size=1, max_size=12
).map(" ".join)


@given(words)
def test_plain_prose_is_left_as_it_is(text):
    assert text in weave("material", f"# Page\n\n{text}\n")
    assert text in weave("pandoc", f"# Page\n\n{text}\n")


@pytest.mark.slow
@pytest.mark.parametrize("dialect", ["material", "pandoc"])
def test_a_long_document_is_woven_in_linear_time(dialect):
    import time

    def seconds(times):
        page = (
            "# Page\n\n" + "A paragraph on REQ-101 with `code`, *stress* and [a link](needs.md).\n\n" * times
        )
        start = time.process_time()
        weave(dialect, page)
        return time.process_time() - start

    seconds(10)
    assert seconds(2000) < 40 * seconds(200)
