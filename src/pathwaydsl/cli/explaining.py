"""`pathwaydsl explain`: what a finding means."""

import click


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> int:
    """Say what a finding means, with a bad and a good example.

    CODE is a code such as PW301, or the name of a rule; without it, every rule is listed.
    """
    from pathwaydsl.text.rules import THEMES, all_rules, rule_named, theme
    from pathwaydsl.text.suggestion import nearest

    if code is None:
        for prefix, (_, title) in THEMES.items():
            rules = theme(prefix)
            if rules:
                click.echo(f"{title}")
                width = max(len(rule.name) for rule in rules)
                for rule in rules:
                    click.echo(f"  {rule.code}  {rule.name:{width}}  {rule.summary}")
                click.echo()
        return 0
    found = rule_named(code)
    if found is None:
        guess = nearest(code.lower(), [r.name for r in all_rules()])
        guess = guess or nearest(code.upper(), [r.code for r in all_rules()])
        advice = f" Did you mean `{guess}`?" if guess else " `pathwaydsl explain` lists the rules."
        raise click.UsageError(f"There is no rule `{code}`.{advice}")
    from pathwaydsl.report.explanation import explain

    click.echo(explain(found), nl=False)
    return 0
