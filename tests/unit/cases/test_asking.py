"""Asking about one patient: only what matters, in the end the same way as with everything given."""

import random
from pathlib import Path

import pytest
from attrs import evolve
from tests.unit.logic.chance import CRITERIA, a_pathway

from pathwaydsl.cases.asking import Asking
from pathwaydsl.cases.walk import StopKind
from pathwaydsl.cases.walker import walk
from pathwaydsl.model.cases import Given
from pathwaydsl.model.criteria import AnyOf, NumberRange, YesNo
from pathwaydsl.model.nodes import Assignment
from pathwaydsl.project.loading import load_project

OWN = Path(__file__).parents[3] / "pathways"
MOST = 40


def values_of(criterion):
    """Some values of a criterion, each kind at least once."""
    name, domain = criterion.id, criterion.domain
    if isinstance(domain, YesNo):
        found = [Assignment(name, truth=True), Assignment(name, truth=False)]
    elif isinstance(domain, NumberRange):
        ends = (domain.low, domain.high, (domain.low + domain.high) // 2)
        found = [Assignment(name, number=number) for number in ends]
    elif isinstance(domain, AnyOf):
        found = [Assignment(name, members=(value.id,)) for value in domain.values]
    else:
        found = [Assignment(name, named=value.id) for value in domain.values]
    found += [Assignment(name, named=value.id) for value in criterion.also]
    return [*found, Assignment(name, unknown=True)] if criterion.may_be_unknown else found


def answered(asking, chance):
    """The end of a walk with random answers, or where it has grown long."""
    state = asking.start()
    for _ in range(MOST):
        if state.question is None:
            break
        if state.question.events:
            state = asking.happened(state, chance.choice((None, *state.question.events)))
        elif state.question.criterion is None:
            state = asking.chosen(state, chance.choice(state.question.options))
        else:
            criterion = asking.pathway.library.criterion[state.question.criterion]
            state = asking.answered(state, chance.choice(values_of(criterion)))
    return state


def with_value(case, value):
    """The case with another value wherever the criterion got the one that was taken unasked."""
    return evolve(
        case,
        steps=tuple(
            evolve(
                step,
                assignments=tuple(
                    value if one.criterion == value.criterion else one for one in step.assignments
                ),
            )
            if isinstance(step, Given)
            else step
            for step in case.steps
        ),
    )


@pytest.mark.parametrize("seed", range(80))
def test_what_is_said_to_happen_happens(seed):
    """Whoever says that something happens at a box leaves by that line, else by `then`."""
    chance = random.Random(seed)
    asking = Asking(a_pathway(chance))
    state = asking.start()
    for _ in range(MOST):
        question = state.question
        if question is None:
            break
        if question.events:
            event = chance.choice((None, *question.events))
            visit, told = question.visit, state.told
            state = asking.happened(state, event)
            step = state.walk.steps[told]
            assert (step.node, step.visit) == (question.node, visit)
            everyone_leaves = event is None and not step.given
            if step.left_by is not None and not state.walk.misfits and not everyone_leaves:
                assert (step.left_by.branch if step.left_by.kind == "during" else None) == event
        elif question.criterion is None:
            state = asking.chosen(state, chance.choice(question.options))
        else:
            criterion = asking.pathway.library.criterion[question.criterion]
            state = asking.answered(state, chance.choice(values_of(criterion)))


@pytest.mark.parametrize("seed", range(80))
def test_what_is_not_asked_cannot_change_the_way(seed):
    """Any other possible value of a question passed over leads the same way."""
    chance = random.Random(seed)
    asking = Asking(a_pathway(chance))
    for _ in range(4):
        state = answered(asking, chance)
        for idle in state.idle:
            criterion = next(c for c in CRITERIA if c.id == idle.value.criterion)
            for value in values_of(criterion):
                other = walk(asking.pathway, with_value(state.case, value))
                if other.misfits:
                    continue
                # With another value the next thing asked may be another one that does not matter.
                asks = any(stop.kind is StopKind.MISSING for stop in other.stops)
                assert other.way == (state.walk.way[: len(other.way)] if asks else state.walk.way)


def test_every_way_comes_to_an_end_by_answering(own_pathways):
    """Whoever answers every question comes to an end, and the case goes the way that was shown."""
    chance = random.Random(3)
    ends = set()
    for pathway in own_pathways:
        asking = Asking(pathway)
        for _ in range(25):
            state = answered(asking, chance)
            assert walk(pathway, state.case).way == state.walk.way
            if state.question is None:
                assert state.walk.misfits or state.walk.stops
                ends.add((pathway.id, state.walk.ended_at))
    assert len(ends) > 6


@pytest.fixture(scope="module")
def own_pathways():
    """The pathways that come with the tool."""
    documents = load_project([OWN], checked=False).documents.values()
    return [document.pathway for document in documents if document.pathway is not None]


def test_only_what_matters_is_asked(pathway_of):
    """A value that no line from there on depends on is not asked for."""
    boxes = """
    assess look "Look" {
      measures pregnant, fever, lvef
      then first
    }
    decide choice "Fever?" {
      when pregnant -> first-way
      when not pregnant -> second-way
    }
    decide other "LVEF?" {
      when lvef >= 50 % -> last
      when lvef < 50 % -> last
      unknown -> last
    }
    act first-way "One" {
      then other
    }
    act second-way "Two" {
      then other
    }
    end last "Last"
    """.replace("then first", "then choice")
    asking = Asking(pathway_of(boxes))
    state = asking.start()
    assert state.question.criterion == "pregnant"
    state = asking.answered(state, Assignment("pregnant", truth=True))
    assert state.question is None
    assert [(idle.value.criterion, idle.why) for idle in state.idle] == [("lvef", "no-matter")]
    assert state.walk.ended_at == "last"


def test_an_option_that_hangs_on_a_value_is_told_before_the_choice(pathway_of):
    """Options are offered only once it is known which of them are open."""
    boxes = (
        """
    assess look "Look" {
      measures lvef
      then how
    }
    choose how "How?" {
      option one "One"
      option two "Two"
      option three "Three" when lvef >= 50 %
    }
    end one "One"
    end two "Two"
    end three "Three"
    """.replace(" one ", " first-way ")
        .replace(" two ", " second-way ")
        .replace(" three ", " third-way ")
    )
    asking = Asking(pathway_of(boxes))
    state = asking.start()
    assert state.question.criterion == "lvef"
    state = asking.answered(state, Assignment("lvef", unknown=True))
    assert state.question.options == ("first-way", "second-way")


def test_a_second_visit_asks_anew_and_keeps_what_was_found_before(pathway_of):
    """A value found out again stands at its visit, and the case walks the same way."""
    boxes = """
    assess look "Look" {
      measures response
      then how
    }
    decide how "How?" {
      when response is progression -> away
      when response in {partial, stable} -> look
      unknown -> away
    }
    end away "Away"
    """
    pathway = pathway_of(boxes)
    asking = Asking(pathway)
    state = asking.answered(asking.start(), Assignment("response", named="stable"))
    assert (state.question.criterion, state.question.visit) == ("response", 2)
    state = asking.answered(state, Assignment("response", named="progression"))
    assert state.walk.way == ("look", "how", "look", "how", "away")
    assert walk(pathway, state.case).way == state.walk.way
