"""`paraph explain`: the page of a rule."""

from difflib import get_close_matches
from pathlib import Path

import click

from pipeline.cli.options import say
from pipeline.model import WEIGHTS, Rule
from pipeline.settings import Project, open_project


def all_rules(project: Project) -> list[Rule]:
    """Every rule of a project by code: the catalogue's, and those of wording, its own included."""
    from pipeline.agreed import rules_of
    from pipeline.prose import styles
    from pipeline.shipped import folder

    folders = [Path(folder("styles")), Path(project.path(project.settings.styles))]
    return sorted(
        (*rules_of(project.settings), *styles.rules(styles.load(folders))), key=lambda rule: rule.code
    )


@click.command()
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain a rule: what is wrong, why it matters, how to mend it. Without CODE, list all rules."""
    rules = {rule.code: rule for rule in all_rules(open_project())}
    if code is None:
        width = max(map(len, rules))
        say("\n".join(f"{each.code:<{width}}  {each.title}" for each in rules.values()))
        return
    rule = rules.get(code.upper())
    if rule is None:
        near = get_close_matches(code.upper(), rules, n=1, cutoff=0.4)
        raise click.UsageError(f"there is no rule {code}" + (f"; did you mean {near[0]}?" if near else ""))
    title, _, rest = rule.page.partition("\n")
    say(f"{rule.code}: {title}\n\nBy default it {WEIGHTS[rule.weight]}.\n\n{rest.strip()}")
