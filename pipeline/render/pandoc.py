"""Markdown in pandoc's dialect to HTML that holds nothing active: the only room that calls pandoc to read.

The extensions are spelt out, so that what an author writes means the same here as on the site: no raw HTML or TeX,
no mathematics in `$`, no quotes made curly, no table but the pipe table.
"""

from xml.etree.ElementTree import Element

from pipeline import tools
from pipeline.render.sanitise import sanitise

_EXTENSIONS = (
    "auto_identifiers",
    "backtick_code_blocks",
    "blank_before_blockquote",
    "blank_before_header",
    "bracketed_spans",
    "definition_lists",
    "escaped_line_breaks",
    "fenced_code_attributes",
    "fenced_code_blocks",
    "fenced_divs",
    "footnotes",
    "header_attributes",
    "inline_code_attributes",
    "intraword_underscores",
    "all_symbols_escapable",
    "link_attributes",
    "pipe_tables",
    "shortcut_reference_links",
    "space_in_atx_header",
    "startnum",
    "strikeout",
    "table_attributes",
    "table_captions",
    "task_lists",
)
FORMAT = "markdown_strict-raw_html" + "".join(f"+{name}" for name in _EXTENSIONS)
_SECONDS = 120


def read_markdown(markdown: str) -> Element:
    """Give the Markdown as a `body` element, sanitised.

    Raises ToolMissing, ToolTimeout and ToolFailed as `pipeline.tools.run` does.
    """
    completed = tools.run("pandoc", arguments(), input=markdown, timeout=_SECONDS)
    return sanitise(parse(completed.text))


def parse(html: str) -> Element:
    """Give the `body` element of an HTML text, read as the layout will read it."""
    from weasyprint import HTML

    body: Element = HTML(string=html).etree_element.find("body")
    return body


def arguments() -> list[str]:
    """What pandoc is called with; nothing of it depends on what is read."""
    # A width without bounds: pandoc fixes the widths of a pipe table whose source has a longer line.
    layout = ["--wrap=none", "--columns=1000000", "--syntax-highlighting=none"]
    return [f"--from={FORMAT}", "--to=html5", "--sandbox", *layout]
