"""The program as a group of commands that are imported one by one, when they are asked for."""

from importlib import import_module
from typing import Any

import click

COMMANDS = {
    "check": ("checking", "Check pathways and report every finding."),
    "test": ("testing", "Run the patient cases and show what they cover."),
    "walk": ("walking", "Walk one patient and say why at each step."),
    "outcomes": ("outcomes", "Say who gets what, and whether everyone has an answer."),
    "fmt": ("canonical", "Write files in canonical form."),
    "explain": ("explaining", "Say what a finding means, with a bad and a good example."),
    "uses": ("using", "Show where a name is used."),
    "render": ("rendering", "Draw the flowchart of one pathway."),
    "build": ("building", "Build the site: a page for each pathway."),
    "diff": ("differing", "Say what changed between two versions, and for whom."),
    "log": ("telling_history", "Show the releases of a pathway and what each changed."),
    "release": ("releasing", "Freeze a working file as a release."),
    "verify": ("verifying", "Look at every release and its seal."),
    "migrate": ("migrating", "Bring files of an older edition of the language to the newest."),
    "baseline": ("adopting", "Write down what is found now, so that only new findings count."),
    "git": ("git", "Let git compare and merge pathways."),
    "export": ("exporting", "Write a file in another format."),
}
"""Every command with its module and what it does, in the order of the help."""


class LazyGroup(click.Group):
    """A group that knows what its commands do without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of the commands, in the order a new author needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command, or say which one was probably meant."""
        if cmd_name in COMMANDS:
            module = import_module(f"pathwaydsl.cli.{COMMANDS[cmd_name][0]}")
            command: click.Command = module.command
            return command
        if ctx.resilient_parsing:
            return None
        from pathwaydsl.text.suggestion import nearest

        guess = nearest(cmd_name, COMMANDS)
        advice = f" Did you mean `{guess}`?" if guess else ""
        raise click.UsageError(f"There is no command `{cmd_name}`.{advice}", ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands in the help."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in COMMANDS.items()])


def _version(ctx: click.Context, _parameter: click.Parameter, wanted: Any) -> None:
    if wanted and not ctx.resilient_parsing:
        from pathwaydsl import __version__

        click.echo(f"pathwaydsl {__version__}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="`pathwaydsl COMMAND --help` says more about a command.",
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version,
    help="Say the version and stop.",
)  # fmt: skip
def program() -> None:
    """Write clinical pathways as text, check them, and publish them as pages with flowcharts.

    Exit codes: 0 nothing to report, 1 findings, 2 wrong usage or it could not be done.
    """
