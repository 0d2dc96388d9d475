"""The questions of `pathwaydsl walk` on a terminal, and saving a walk as a case."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathwaydsl.cli.options import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable

    from pathwaydsl.cases.asking import Asking, Question, State
    from pathwaydsl.model.cases import Case
    from pathwaydsl.model.pathway import Pathway
    from pathwaydsl.model.units import Unit

HELP = "Type an answer; `back` takes the last answer back, `stop` ends, `?` shows the answers."


def asked(
    pathway: "Pathway", units: "tuple[Unit, ...]", told: "Callable[[Case], list[str]]"
) -> "Case":
    """Ask about one patient until the walk ends or the person at the terminal stops.

    Args:
        pathway: The pathway.
        units: Units of the configuration.
        told: The walk of a case in words, line by line.
    """
    from pathwaydsl.cases.asking import Asking
    from pathwaydsl.report.text import harmless

    asking = Asking(pathway)
    state = asking.start()
    history: list[State] = []
    shown: list[str] = []
    click.echo(f"{harmless(pathway.label)}\n{HELP}")
    while True:
        lines = told(state.case) if state.question is None else _way(told(state.case))
        if state.told is not None:
            lines = _before(lines, state.told)
        same = next((i for i, (a, b) in enumerate(zip(shown, lines, strict=False)) if a != b), None)
        for line in lines[min(len(shown), len(lines)) if same is None else same :]:
            click.echo(line)
        shown = lines
        if state.question is None:
            return state.case
        said = _read(asking, state.question, units)
        if said == "stop":
            return state.case
        if said == "back":
            if history:
                state = history.pop()
                shown = []
            else:
                click.echo("There is no answer to take back.")
            continue
        history.append(state)
        state = _after(asking, state, said, units)
        for each in state.idle[len(history[-1].idle) :]:
            label = harmless(pathway.library.criterion[each.value.criterion].label)
            why = "follows from the rest" if each.why == "settled" else "does not matter here"
            click.echo(f"     (not asked: {label}, which {why})")


def _way(lines: list[str]) -> list[str]:
    """The steps alone: why the walk stops is what is asked next."""
    return [line for line in lines if line[:3].strip().isdigit() or line.startswith("       ")]


def _before(lines: list[str], steps: int) -> list[str]:
    """The lines of the first steps."""
    number = 0
    for i, line in enumerate(lines):
        number += line[:3].strip().isdigit()
        if number > steps:
            return lines[:i]
    return lines


def _read(asking: "Asking", question: "Question", units: "tuple[Unit, ...]") -> str:
    """An answer that can be taken, or `back`, or `stop`."""
    from pathwaydsl.cases.answers import NoAnswerError, answer, answers_in_words
    from pathwaydsl.model.wording import in_words
    from pathwaydsl.report.text import harmless

    pathway = asking.pathway
    if question.events:
        events = (in_words(e.when, pathway.library) for e in question.events if e.when)
        again = f", visit {question.visit}" if (question.visit or 1) > 1 else ""
        prompt = f"Does anything happen at {pathway.node[question.node].label}{again}?"
        values = "; ".join(f"{i} {text}" for i, text in enumerate(["nothing", *events]))
    elif question.criterion is None:
        labels = [pathway.node[o].label if o in pathway.node else o for o in question.options]
        prompt = f"{pathway.node[question.node].label}"
        values = "; ".join(f"{i} {label}" for i, label in enumerate(labels, 1))
    else:
        criterion = pathway.library.criterion[question.criterion]
        again = f", visit {question.visit} of {pathway.node[question.node].label}"
        prompt = criterion.label + (again if question.visit is not None else "")
        values = answers_in_words(criterion)
    while True:
        try:
            said = click.prompt(harmless(f"{prompt} ({values})"), prompt_suffix=": ")
        except click.Abort:
            click.echo("")
            return "stop"
        said = said.strip()
        if said in {"back", "stop"}:
            return said
        if said == "?":
            click.echo(harmless(f"{HELP} Answers: {values}."))
        elif question.events:
            if said.isdecimal() and int(said) <= len(question.events):
                return said
            click.echo(harmless(f"Take one of: {values}."))
        elif question.criterion is None:
            if said in question.options:
                return said
            if said.isdecimal() and 1 <= int(said) <= len(question.options):
                return question.options[int(said) - 1]
            click.echo(harmless(f"Take one of: {values}."))
        else:
            try:
                answer(f"{question.criterion}={said}", pathway.library, units)
            except NoAnswerError as error:
                click.echo(harmless(error.message[:1].upper() + error.message[1:]))
            else:
                return said


def _after(asking: "Asking", state: "State", said: str, units: "tuple[Unit, ...]") -> "State":
    from pathwaydsl.cases.answers import answer

    question = state.question
    if question is not None and question.events:
        number = int(said)
        return asking.happened(state, question.events[number - 1] if number else None)
    if question is None or question.criterion is None:
        return asking.chosen(state, said)
    value = answer(f"{question.criterion}={said}", asking.pathway.library, units)
    return asking.answered(state, value)


def case_text(pathway: "Pathway", case: "Case", name: str) -> str:
    """The walk as a case with what it shows as expected, in canonical form.

    Raises:
        click.ClickException: If nothing could be expected of it.
    """
    from attrs import evolve

    from pathwaydsl.cases.suggesting import case_as_written, expected
    from pathwaydsl.cases.walker import walk
    from pathwaydsl.report.cases_suggested import canonical

    walked = walk(pathway, case)
    if walked.misfits or any(stop.kind.is_fault for stop in walked.stops):
        raise click.ClickException("This walk is no case: its patient has no way on.")
    steps = tuple(step for step in case.steps if step not in walked.unused)
    steps = tuple(step for step in steps if getattr(step, "assignments", True))
    whole = evolve(case, label=name, steps=steps, expects=tuple(expected(pathway, walked)))
    return canonical(case_as_written(whole, pathway.library))


def save_case(file: Path, pathway: "Pathway", case: "Case", name: str) -> None:
    """Append a walk to its file as a case; nothing else in the file changes.

    Raises:
        click.ClickException: If there is such a case already, or it cannot be written.
    """
    from pathwaydsl.formatting.safe import formatted
    from pathwaydsl.text.source import Source

    if not name.strip():
        raise click.UsageError("A case needs a name.")
    if any(each.label == name for each in pathway.cases):
        raise click.ClickException(f"There is a case “{name}” already; take another name.")
    old = file.read_bytes()
    line = "\r\n" if b"\r\n" in old else "\n"
    added = case_text(pathway, case, name).replace("\n", line)
    gap = line if old.endswith(b"\n") else line * 2
    new = old + (gap + added).encode()
    if formatted(Source(file.name, new.decode("utf-8-sig"))).value is None:
        raise click.ClickException("The file was left as it is: the case could not be added to it.")
    write_atomically(file, new)
