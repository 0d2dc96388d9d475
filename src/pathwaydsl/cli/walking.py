"""`pathwaydsl walk`: the way of one patient, with the reason at each step."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathwaydsl.cli.options import load, tell

if TYPE_CHECKING:
    from pathwaydsl.cases.walk import Walk
    from pathwaydsl.model.cases import Case
    from pathwaydsl.model.nodes import Assignment
    from pathwaydsl.model.pathway import Pathway
    from pathwaydsl.project.loading import Project

Pairs = tuple[tuple[str, str], ...]


@click.command("walk")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--set", "values", multiple=True, metavar="C=V",
    help="A value from the start: lvef=62, hr=positive, pregnant=no, sites=brain,liver, "
    "lvef=unknown. Repeatable.",
)  # fmt: skip
@click.option(
    "--at", "visits", multiple=True, nargs=2, metavar="BOX C=V",
    help="A value found out at a box. The same criterion again is for the next visit.",
)  # fmt: skip
@click.option(
    "--during", "happenings", multiple=True, nargs=2, metavar="BOX C=V",
    help="Something that happens at a box.",
)  # fmt: skip
@click.option(
    "--choose", "choices", multiple=True, metavar="BOX=OPTION",
    help="The option that is taken at a box; again for its next visit.",
)  # fmt: skip
@click.option(
    "--save-case", "name", metavar="NAME",
    help="Add the walk to FILE as a case of this name, with what it shows as expected.",
)  # fmt: skip
def command(  # noqa: PLR0917  one for each option
    file: Path,
    values: tuple[str, ...],
    visits: Pairs,
    happenings: Pairs,
    choices: tuple[str, ...],
    name: str | None,
) -> int:
    """Walk one patient through the pathway in FILE and say why at each step.

    The walk stops where a value or a choice is needed that was not given, and says which.

    On a terminal, without values, it asks: only for what matters from there on. `unknown` is an
    answer where the criterion allows it, `back` takes the last answer back, `stop` ends. At the
    end the walk can be shown as a case; with --save-case it is added to FILE.
    """
    if file.is_dir():
        raise click.UsageError(f"{file} is a folder: name one file.")
    project = load([file], checked=False)
    if project.errors:
        tell(project)
        return 1
    pathway = project.documents[project.asked[0]].pathway
    if pathway is None:
        raise click.ClickException(f"{file} holds no pathway, so there is nothing to walk.")
    from pathwaydsl.cases.walker import walk

    given = bool(values or visits or happenings or choices)
    if given or not sys.stdin.isatty():
        case = _case(project, pathway, values, visits, happenings, choices)
        for line in _told(pathway, case, walk(pathway, case)):
            click.echo(line)
    else:
        case = _asked(project, pathway, offer=name is None)
    walked = walk(pathway, case)
    if name is not None:
        from pathwaydsl.cli.asking import save_case

        save_case(file, pathway, case, name)
        click.echo(f"The case “{name}” was added to {file}.", err=True)
    return 1 if walked.misfits or any(stop.kind.is_fault for stop in walked.stops) else 0


def _asked(project: "Project", pathway: "Pathway", *, offer: bool) -> "Case":
    """The patient that the person at the terminal describes, shown as a case on request."""
    from pathwaydsl.cases.walker import walk
    from pathwaydsl.cli.asking import asked, case_text

    case = asked(
        pathway,
        project.configuration.units,
        lambda one: list(_told(pathway, one, walk(pathway, one))),
    )
    if offer:
        says = "Name, to see this walk as a case to paste (nothing: no case)"
        name = click.prompt(says, default="", show_default=False).strip()
        if name:
            click.echo(case_text(pathway, case, name), nl=False)
    return case


def _case(  # noqa: PLR0917  one for each option
    project: "Project",
    pathway: "Pathway",
    values: Iterable[str],
    visits: Pairs,
    happenings: Pairs,
    choices: Iterable[str],
) -> "Case":
    from pathwaydsl.model.cases import Case, Chosen, Given

    def read(written: str) -> "Assignment":
        from pathwaydsl.cases.answers import NoAnswerError, answer

        try:
            return answer(written, pathway.library, project.configuration.units)
        except NoAnswerError as error:
            message = error.message[:1].upper() + error.message[1:]
            end = "" if message.endswith("?") else "."
            raise click.UsageError(f"{message}{end}") from None

    start = [read(value) for value in values]
    names = [assignment.criterion for assignment in start]
    for name in names:
        if names.count(name) > 1:
            raise click.UsageError(f"`{name}` is given twice.")
    steps: list[Given | Chosen] = [Given(tuple(start))]
    for given, during in ((visits, False), (happenings, True)):
        for box, found in _by_visit(((_box(pathway, box), read(value)) for box, value in given)):
            steps.append(Given(found, during=box) if during else Given(found, at=box))
    for choice in choices:
        box, sign, option = (part.strip() for part in choice.partition("="))
        if not sign:
            raise click.UsageError(f"`{choice}` takes no option: write it as `box=option`.")
        steps.append(Chosen(_box(pathway, box), _option(pathway, box, option)))
    return Case("walk", tuple(steps))


def _by_visit(
    given: "Iterable[tuple[str, Assignment]]",
) -> "list[tuple[str, tuple[Assignment, ...]]]":
    """What is given at each visit: a criterion that comes again opens the next one."""
    found: list[tuple[str, tuple[Assignment, ...]]] = []
    for box, assignment in given:
        last = max((i for i, (name, _) in enumerate(found) if name == box), default=None)
        if last is not None and all(a.criterion != assignment.criterion for a in found[last][1]):
            found[last] = (box, (*found[last][1], assignment))
        else:
            found.append((box, (assignment,)))
    return found


def _box(pathway: "Pathway", name: str) -> str:
    from pathwaydsl.text.suggestion import nearest

    if name not in pathway.node:
        guess = nearest(name, pathway.node)
        advice = f" Did you mean `{guess}`?" if guess else ""
        raise click.UsageError(f"There is no box `{name}`.{advice}")
    return name


def _option(pathway: "Pathway", box: str, option: str) -> str:
    from pathwaydsl.model.nodes import Choose
    from pathwaydsl.text.suggestion import listed

    node = pathway.node[box]
    if not isinstance(node, Choose):
        raise click.UsageError(f"Nothing is chosen at `{box}`.")
    options = [one.target for one in node.options]
    if option not in options:
        shown = listed((f"`{one}`" for one in options), "and")
        raise click.UsageError(f"`{option}` is no option of `{box}`. The options are {shown}.")
    return option


def _told(pathway: "Pathway", case: "Case", walked: "Walk") -> Iterable[str]:
    """The walk in words."""
    from pathwaydsl.cases.reasons import Reasons
    from pathwaydsl.cases.walk import StopKind
    from pathwaydsl.model.wording import assignment_in_words, node_kind_in_words
    from pathwaydsl.report.text import harmless

    reasons = Reasons(pathway)
    for misfit in walked.misfits:
        yield harmless(f"This pathway is not for this patient: {misfit.why}.")
    for number, step in enumerate(walked.steps, 1):
        node = pathway.node[step.node]
        yield harmless(f"{number:3}. {node_kind_in_words(node.kind)}: {node.label}  [{node.id}]")
        if step.given:
            said = "; ".join(assignment_in_words(one, pathway.library) for one in step.given)
            yield harmless(f"       found: {said}")
        if step.left_by is not None and step.why:
            yield harmless(f"       because {step.why}")
    if walked.flagged:
        yield harmless(f"Evidence gaps on the way: {reasons.boxes(walked.flagged)}.")
    for stop in walked.stops:
        yield harmless(f"{stop.why[:1].upper()}{stop.why[1:]}.")
        if stop.kind is StopKind.MISSING:
            yield "Give " + " ".join(_missing(pathway, case, walked, name) for name in stop.missing)
        if stop.kind is StopKind.NOT_CHOSEN:
            yield "Take one: " + " or ".join(f"--choose {stop.node}={o}" for o in stop.options)


def _missing(pathway: "Pathway", case: "Case", walked: "Walk", name: str) -> str:
    """How to give a value: from the start, or where it was found out anew."""
    from pathwaydsl.model.cases import Given
    from pathwaydsl.model.nodes import Assess

    first = case.steps[0] if case.steps else None
    if isinstance(first, Given) and any(a.criterion == name for a in first.assignments):
        for box in reversed(walked.way):
            node = pathway.node[box]
            if isinstance(node, Assess) and name in node.measures:
                return f"--at {box} {name}=…"
    return f"--set {name}=…"
