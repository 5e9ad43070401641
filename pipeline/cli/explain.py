"""`paraph explain`: the page of a rule."""

from difflib import get_close_matches
from pathlib import Path

import click

from pipeline.model import Rule


def all_rules() -> list[Rule]:
    """Every rule of the catalogue, those of wording included, by code."""
    from pipeline.checks import CHECKS
    from pipeline.prose import styles
    from pipeline.shipped import folder

    return sorted((*CHECKS, *styles.rules(styles.load([Path(folder("styles"))]))), key=lambda rule: rule.code)


WEIGHTS = {
    "block": "blocks",
    "warn": "warns",
    "completeness": "warns in early states, blocks in firm ones",
    "calendar": "warns at merge, blocks at issue and release",
}


@click.command()
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain a rule: what is wrong, why it matters, how to mend it. Without CODE, list all rules."""
    rules = {rule.code: rule for rule in all_rules()}
    if code is None:
        width = max(map(len, rules))
        for each in rules.values():
            click.echo(f"{each.code:<{width}}  {each.title}")
        return
    rule = rules.get(code.upper())
    if rule is None:
        near = get_close_matches(code.upper(), rules, n=1, cutoff=0.4)
        raise click.UsageError(f"there is no rule {code}" + (f"; did you mean {near[0]}?" if near else ""))
    title, _, rest = rule.page.partition("\n")
    click.echo(f"{rule.code}: {title}\n\nBy default it {WEIGHTS[rule.weight]}.\n\n{rest.strip()}")
