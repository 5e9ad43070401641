"""What stops the YAML parser, in the words of someone who has the lines before them."""

import yaml

from pipeline.sources.yaml_values import YamlFault


def explain(error: yaml.YAMLError, text: str) -> YamlFault:
    """Word a parser's error for an author."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    if mark is None:
        offset = getattr(error, "position", 0) or 0
        return at_offset(text, min(offset, len(text)), f"YAML cannot be read: {problem}")
    lines = text.split("\n")
    begun = getattr(error, "context_mark", None)
    if begun is not None and "unexpected end of stream" in problem:
        # Where the quote was opened; to look for it by counting would take an apostrophe for one.
        return YamlFault("a quote is not closed", "close the quote", begun.line + 1, begun.column + 1)
    number = min(mark.line, len(lines) - 1)
    line, column = lines[number], mark.column + 1
    if mark.line > number:
        column = len(line) + 1
    return _word(problem, lines, number, column)


def at_offset(text: str, offset: int, what: str) -> YamlFault:
    """A fault of one character of a text."""
    before = text[:offset]
    line = before.count("\n") + 1
    return YamlFault(what, "remove it", line, offset - (before.rfind("\n") + 1) + 1)


def _word(problem: str, lines: list[str], number: int, column: int) -> YamlFault:
    line = lines[number]
    if "\t" in line and "cannot start any token" in problem:
        return YamlFault("a tab indents this line", "indent with spaces", number + 1, line.index("\t") + 1)
    if "mapping values are not allowed" in problem:
        if ": " not in line[: column - 1] and number and ":" not in lines[number - 1]:
            return _no_key(lines, number - 1)
        hint = "put the value in quotes: a colon followed by a space begins a new key"
        return YamlFault("a second ': ' stands in one value", hint, number + 1, column)
    if "cannot start any token" in problem:
        hint = "put the value in quotes"
        return YamlFault(f"a value cannot begin with {line[column - 1 : column]!r}", hint, number + 1, column)
    if "alias" in problem:
        return YamlFault("'*' begins an alias", "put the value in quotes", number + 1, column)
    return _word_open(problem, lines, number, column)


def _word_open(problem: str, lines: list[str], number: int, column: int) -> YamlFault:
    """What was begun and not ended."""
    if "flow sequence" in problem or "',' or ']'" in problem:
        place = _opening(lines, number, "[", column)
        return YamlFault("a '[' is not closed", "close the list with ']'", *place)
    if "',' or '}'" in problem:
        return YamlFault("a '{' is not closed", "close it with '}'", *_opening(lines, number, "{", column))
    if "expected <block end>" in problem or "did not find expected key" in problem:
        hint = "align it with the keys above, or indent it below its key"
        return YamlFault("the indentation does not fit the lines above", hint, number + 1, column)
    if "could not find expected ':'" in problem:
        # The scanner gives up on the line after the one that lacks its colon.
        at = number if lines[number].strip() and ":" not in lines[number] else max(number - 1, 0)
        return _no_key(lines, at)
    hint = "check the quotes and the indentation"
    return YamlFault(f"YAML cannot be read here: {problem}", hint, number + 1, column)


def _no_key(lines: list[str], number: int) -> YamlFault:
    hint = "write 'key: value', or indent the line if it continues a text"
    indent = len(lines[number]) - len(lines[number].lstrip())
    return YamlFault("this line has no 'key: value'", hint, number + 1, indent + 1)


def _opening(lines: list[str], number: int, sign: str, column: int) -> tuple[int, int]:
    """Where the bracket was opened that the parser missed the end of."""
    closing = {"[": "]", "{": "}"}[sign]
    for index in range(number, -1, -1):
        line = lines[index]
        if line.count(sign) > line.count(closing):
            return index + 1, line.rindex(sign) + 1
    return number + 1, column
