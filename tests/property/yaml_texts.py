"""Texts that look like front matter, well-formed and not."""

import hypothesis.strategies as st

SCALARS = (
    "approved", "1", "1.0", "1.10", "-1", "+1", "0", "-0", "00", "007", "0x1F", "0o17", "0b11", "-0x1", "1_000",
    "1e5", "1E+5", "1e999", "-1.5e-3", "1.", ".5", "-.5", "+.5", ".inf", "-.INF", ".nan", "1.2.3", "12:30", "1:2",
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "1" * 30,
    "true", "True", "tRUE", "yes", "no", "on", "null", "Null", "~", "", "-", "--", "---", "...", "2026-01-02",
    "2023-14-05", "REQ-101", "BN-001@1.2", "a b", "a: b", "a:b", "a #b", "a#b", "#b", "'it''s'", '"a\\tb"', '"\\u00e9"',
    '"\\ud800"', "'open", '"open', "[a, b]", "[a, [b, 1]]", "[1, .5,.5, 0x1,+1]", "[]", "{}", "{a: 1}", "{1: x}",
    "{true: 1, ~: 2}", '{"a":1}', "{a, b}", "[a", "{a", "]", "a]", "*a", "&a b", "!x a", "!!str 1", "!!int 'x'", "%a",
    "@a", "`a`", "? a", "| a", "|", ">", ">-", "|+2", "<<", "é", "日本", "🖋", "a\u00a0b", "a\u2028b", "\ufeff", "\x07",
    "\x85", "a\tb", "\ta", "R&D", "50 %", "why?", "well!", "[[[a]]]", "{a: {b: {c: d}}}", "- a", "- - a", "a,b", "1,0",
    "[01, 1]", "[1,01,-.5]", "{a: 01,b: +1}", "[-1,-01,- 1]", "{? a : b}", "[a: b]", "'1'", '"1"', "0.0", "-0.0",
    "1e-400",
)  # fmt: skip
KEYS = (
    "id", "status", "version", "tags", "a", "a-b", "'q'", '"d"', "1", "true", "~", "<<", "? k", "é", "", "- a", "1.0",
    "[a]", "{a: b}", "&x k", "*k", "0x1", "=", "null",
)  # fmt: skip

scalars = st.sampled_from(SCALARS)
indents = st.sampled_from(("", "", "", "  ", "    ", " ", "\t"))
comments = st.sampled_from(("", "", "", "", " # note", "#", "   "))
lines = st.one_of(
    st.builds("{}{}: {}{}".format, indents, st.sampled_from(KEYS), scalars, comments),
    st.builds("{}- {}{}".format, indents, scalars, comments),
    st.builds("{}- {}: {}{}".format, indents, st.sampled_from(KEYS), scalars, comments),
    st.builds("{}{}{}".format, indents, scalars, comments),
    st.just(""),
)
headers = st.lists(lines, max_size=8).map("\n".join)
signs = st.text(alphabet=st.sampled_from("ab01:-[]{},#&*!|>'\"%@`?~.+_= \n\t\\é\u2028\ufeff"), max_size=60)
pairs = st.lists(st.tuples(st.sampled_from("abcdefgh"), scalars), max_size=6).map(
    lambda found: "\n".join(f"{key}: {value}" for key, value in found)
)
texts = st.one_of(headers, signs, pairs, st.text(max_size=40))
