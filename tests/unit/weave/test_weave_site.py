"""The site's tree: pages, registers, the matrix, the rules, findings, the way to edit, and the navigation."""

from pipeline.model import Finding, Rule
from pipeline.weave import parts
from pipeline.weave.site import sections, weave_pages, weave_site
from pipeline.weave.tree import CopyOf
from tests.unit.weave.samples import sample

MEETING = """---
id: MTG-010
status: issued
date: "2026-03-02"
tags: [lot-1]
---

# MTG-010 Tenth meeting

On REQ-101, see ![a flow](../img/flow.svg) and [the form](../files/form.pdf).
"""


def site(findings=(), rules=(), edit_url="", lang="en", **texts):
    ninth = MEETING.replace("010 Tenth", "009 Ninth").replace("MTG-010", "MTG-009")
    texts = texts or {"meetings__MTG-010-tenth": MEETING, "meetings__MTG-009-ninth": ninth}
    programme, source = sample(**texts)
    return weave_site(
        programme, source, "internal", findings=findings, rules=rules, edit_url=edit_url, title="Our site",
        organisation="An agency", day="2026-03-01", lang=lang,
    )  # fmt: skip


def nav_titles(nav):
    return [next(iter(item)) if isinstance(item, dict) else item for item in nav]


def test_pages_keep_their_paths_and_only_used_files_are_copied():
    files = site().files
    assert {
        "needs.md",
        "requirements/plans.md",
        "meetings/MTG-010-tenth.md",
        "index.md",
        "matrix.md",
    } <= files.keys()
    assert files["img/flow.svg"] == CopyOf("img/flow.svg")
    assert files["files/form.pdf"] == CopyOf("files/form.pdf")
    assert site(page="# Page\n\nNo image.\n").files.keys() & {"img/flow.svg", "files/form.pdf"} == set()


def test_links_lead_from_page_to_page():
    page = site().files["meetings/MTG-010-tenth.md"]
    assert '[REQ-101](../requirements/plans.md#REQ-101 "Recalculate a payment plan")' in page
    assert "![a flow](../img/flow.svg)" in page
    assert "[the form](../files/form.pdf)" in page


def test_an_artifact_shows_what_links_to_it_and_who_names_it():
    page = site().files["requirements/plans.md"]
    assert (
        '- **Verified by:** [TC-001](../tests/cases.md#TC-001 "A payment is booked"){.ref} A payment is booked'
        in page
    )
    assert "[MTG-010](../meetings/MTG-010-tenth.md" in page.split("**Mentioned in:**")[1].split("</div>")[0]


def test_a_register_lists_all_of_a_kind():
    page = site().files["kinds/requirement.md"]
    assert page.count("\n| [REQ-10") == 2
    assert "| ID | Title | Status | Version | Owner | Satisfies | Derived from |" in page
    assert "[Requirements](requirement.md) | REQ | 2 |" in site().files["kinds/index.md"]


def test_the_matrix_follows_needs_to_runs_and_names_gaps():
    rows = [line for line in site().files["matrix.md"].split("\n") if line.startswith("|")][2:]
    cells = [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]
    assert [
        "BN-001" in cells[0][0],
        "REQ-101" in cells[0][1],
        "TC-001" in cells[0][2],
        "TR-001" in cells[0][3],
    ] == [True] * 4
    # REQ-102 satisfies nothing and nothing tests it.
    assert ">none<" in cells[1][0]
    assert "REQ-102" in cells[1][1]
    assert ">none<" in cells[1][2]
    assert len(rows) == 2


def test_the_rules_have_anchors_by_code_and_hold_no_html():
    rule = Rule("RQ-AC", "block", "artifact", print, "A rule.\n\nUse `<b>` or <b>.\n\n**Why.** So.")
    page = site(rules=[rule]).files["checks.md"]
    assert '## <span class="id">RQ-AC</span> A rule {#RQ-AC}' in page
    assert "Use `<b>` or &lt;b>." in page


def test_findings_stand_with_what_they_are_about():
    rule = Rule("RQ-AC", "block", "artifact", print, "A rule.")
    findings = [
        Finding(
            "requirements/plans.md", 30, 1, "RQ-AC", "REQ-102 has no criteria", "add one", artifact="REQ-102"
        ),
        Finding("needs.md", 1, 1, "A11Y", "a heading skips"),
    ]
    files = site(findings, [rule]).files
    card = files["requirements/plans.md"].split("REQ-102</span>")[1]
    assert '!!! warning "Findings: 1"' in card
    assert (
        '- **[RQ-AC](../checks.md#RQ-AC)** [REQ-102](#REQ-102 "Show code in a title"){.ref} has no criteria. *add one*'
        in card
    )
    assert "a heading skips" in files["needs.md"]
    assert "Findings" not in files["kinds/requirement.md"]


def test_a_page_says_where_it_is_edited_and_a_made_page_does_not():
    files = site(edit_url="https://forge.example/edit/{path}?x").files
    assert "[Edit this page](https://forge.example/edit/needs.md?x){ .paraph-edit }" in files["needs.md"]
    assert "forge.example" not in files["matrix.md"]
    assert (
        "(https://forge.example/edit/needs.md)"
        in site(edit_url="https://forge.example/edit/").files["needs.md"]
    )


def test_the_navigation_orders_pages_and_names_folders():
    nav = site(
        requirements__index="---\ntitle: What we ask\nnav_order: 1\n---\n# What we ask\n",
        requirements__late="---\ntitle: Late\nnav_order: 9\n---\n# Late\n",
        requirements__early="---\ntitle: Zulu\nnav_order: 0\n---\n# Zulu\n",
        more__a="# A\n", more__b="# B\n", more__deep__c="# C\n",
    ).nav  # fmt: skip
    titles = nav_titles(nav)
    assert titles[0] == "Home"
    assert (
        titles.index("Needs") < titles.index("What we ask") < titles.index("More") < titles.index("Registers")
    )
    below = next(item["What we ask"] for item in nav if "What we ask" in item)
    assert nav_titles(below) == ["requirements/index.md", "Zulu", "Plans", "Late"]
    more = next(item["More"] for item in nav if "More" in item)
    assert nav_titles(more) == ["A", "B", "C"]


def test_files_that_are_artifacts_are_ordered_by_number():
    meetings = next(item["Meetings"] for item in site().nav if "Meetings" in item)
    assert nav_titles(meetings) == ["MTG-009 Ninth meeting", "MTG-010 Tenth meeting"]


def test_every_page_of_the_navigation_is_in_the_tree():
    tree = site()

    def paths(items):
        for item in items:
            for below in [item] if isinstance(item, str) else item.values():
                yield from [below] if isinstance(below, str) else paths(below)

    assert set(paths(tree.nav)) == {path for path in tree.files if path.endswith(".md")}


def test_a_home_page_is_made_where_there_is_none_and_kept_where_there_is_one():
    made = site().files["index.md"]
    assert "# Our site" in made
    assert "An agency · State of 2026-03-01 · internal" in made
    assert "**[Requirements](kinds/requirement.md)** 2" in made
    own = site(index="---\ntitle: Ours\n---\n# Ours\n\nWelcome.\n").files["index.md"]
    assert "Welcome." in own
    assert "State of 2026" not in own


def test_an_authors_page_is_not_written_over():
    assert "Our own." in site(matrix="# Our matrix\n\nOur own.\n").files["matrix.md"]


def test_a_page_in_another_language_says_so():
    page = site(french="---\nlang: fr\n---\n# Le plan\n\nTexte.\n").files["french.md"]
    assert '<div lang="fr" markdown="1">' in page
    assert "<div lang" not in site(lang="fr", french="---\nlang: fr\n---\n# Le plan\n").files["french.md"]


def test_front_matter_cannot_be_broken_out_of():
    page = site(page='---\ntitle: "a: b\\n---\\nx"\n---\n# T\n').files["page.md"]
    assert page.split("\n")[1] == 'title: "a: b --- x"'


def test_sections_of_a_navigation_lead_to_their_first_page():
    nav = [{"A": "a.md"}, {"B": [{"C": [{"D": "d.md"}]}]}, {"E": ["e/index.md", {"F": "f.md"}]}]
    assert sections(nav) == [("A", "a.md"), ("B", "d.md"), ("E", "e/index.md")]


def test_the_same_programme_gives_the_same_tree():
    assert site() == site()


def test_single_pages_are_woven_as_among_all_others():
    programme, source = sample(**{case: f"# {case}\n\nSee REQ-101 and REQ-404.\n" for case in ("one", "two")})
    whole = weave_site(programme, source, "internal", title="t", day="2026-03-01").files
    paths = ["one.md", "requirements/plans.md", "gone.md"]
    few = weave_pages(programme, source, "internal", paths)
    assert few == {path: whole[path] for path in paths[:2]}


def test_owner_links_and_findings_come_before_the_text():
    finding = Finding("requirements/plans.md", 30, 1, "RQ-AC", "has none", "", artifact="REQ-101")
    card = site([finding]).files["requirements/plans.md"].split('<span class="id">REQ-101</span>')[1]
    card = card.split("</div>\n\n</div>")[0]
    order = ["badge status", "facts glance", "**Satisfies:**", "**Verified by:**", "Findings: 1", "shall"]
    places = [card.index(words) for words in order]
    assert places == sorted(places)


def test_each_row_of_the_matrix_is_whole():
    fields = 'status: draft\nversion: "0.1"\nsatisfies: [BN-001]'
    more = f"# More\n\n## REQ-103 Another\n\n```yaml {{.artifact}}\n{fields}\n```\n\nText.\n"
    page = site(more=more).files["matrix.md"]
    row = next(line for line in page.split("\n") if "REQ-103" in line)
    assert row.startswith("| [BN-001](")
    assert 'class="badge gap none"' in row
    assert 'class="filters" data-filter="Filter the list"' in page


def test_the_rules_begin_with_an_overview():
    rule = Rule("RQ-AC", "completeness", "artifact", print, "A rule.\n\nMore.")
    page = site(rules=[rule]).files["checks.md"]
    assert "| [RQ-AC](#RQ-AC){.ref} | A rule | Warns in early states, blocks in firm ones |" in page
    assert page.index("[RQ-AC](#RQ-AC)") < page.index("{#RQ-AC}")


def test_a_home_page_of_the_authors_ends_with_the_registers_unless_it_hides_them():
    own = "---\ntitle: Ours\n{}---\n# Ours\n\nWelcome.\n"
    assert (
        "[Requirements](kinds/requirement.md)"
        in site(index=own.format("")).files["index.md"].split("Welcome.")[1]
    )
    hidden = site(index=own.format("hide: [registers]\n")).files["index.md"]
    assert "kinds/requirement.md" not in hidden


def test_a_long_register_is_cut_into_pages_with_the_ways_between_them(monkeypatch):
    monkeypatch.setattr(parts, "MOST_ROWS", 2)
    more = "".join(
        f"## REQ-{number} Name{number}\n\n```yaml {{.artifact}}\nstatus: draft\n```\n\nText.\n\n"
        for number in range(201, 206)
    )
    tree = site(more=f"# More\n\n{more}")
    pages = [tree.files[f"kinds/requirement{end}.md"] for end in ("", "-2", "-3", "-4")]
    listed = [
        line.split("[")[1].split("]")[0]
        for page in pages
        for line in page.split("\n")
        if line.startswith("| [REQ-")
    ]
    assert listed == ["REQ-101", "REQ-102", "REQ-201", "REQ-202", "REQ-203", "REQ-204", "REQ-205"]
    assert "Rows 1 to 2 of 7, part 1 of 4: **1** [2](requirement-2.md)" in pages[0]
    assert "Rows 7 to 7 of 7, part 4 of 4: [1](requirement.md)" in pages[3]
    assert "kinds/requirement-5.md" not in tree.files
    (registers,) = [item["Registers"] for item in tree.nav if isinstance(item, dict) and "Registers" in item]
    assert {"Requirements, 2": "kinds/requirement-2.md"} in registers


def test_the_matrix_is_cut_too_and_loses_no_row(monkeypatch):
    whole = [line for line in site().files["matrix.md"].split("\n") if line.startswith("|")][2:]
    monkeypatch.setattr(parts, "MOST_ROWS", 1)
    files = site().files
    cut = [
        line
        for path in ("matrix.md", "matrix-2.md")
        for line in [row for row in files[path].split("\n") if row.startswith("|")][2:]
    ]
    assert cut == whole


def test_what_an_author_keeps_together_stays_together():
    meeting = MEETING.replace("Tenth meeting", "A fee of 12\u00a0000 euros")
    view = "# All\n\n```yaml {.view}\nview: table\nkind: meeting\ncolumns: [id, title]\n```\n"
    page = site(meetings__all=view, **{"meetings__MTG-010-tenth": meeting}).files["meetings/all.md"]
    assert "A fee of 12\u00a0000 euros" in page
