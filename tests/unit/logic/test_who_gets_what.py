"""Who gets what, against patients walked one by one; and the statement on top, proved or not."""

import random
from collections import defaultdict

import pytest
from tests.unit.logic.chance import a_pathway
from tests.unit.logic.test_against_walking import box_of
from tests.unit.logic.walking import Walk, asked, holds

from pathwaydsl.logic.answering import Followed, answers
from pathwaydsl.logic.outcomes import outcomes
from pathwaydsl.model.nodes import Choose, Decide, End


class Answered(Walk):
    """Everybody walked, with whether they had an answer before."""

    def __init__(self, pathway):
        super().__init__(pathway)
        self.after = defaultdict(set)
        for place, states in self.at.items():
            for state in states:
                for to, *other in self.steps(place, *state):
                    self.after[place, state].add((to, tuple(other)))

    def obstacles(self):
        """What is wrong, by kind, found by looking at everybody."""
        found = set()
        for place, states in self.at.items():
            node = self.pathway.node[place]
            for values, had, _left in states:
                found |= self.at_box(node, self.as_patient(values), had)
            if self.uncovered[place]:
                found.add("uncovered")
        boxes = {place for place, states in self.at.items() if states}
        leading = defaultdict(set)
        for (place, _), others in self.after.items():
            for to, _state in others:
                leading[to].add(place)
        if boxes - closure({b for b in boxes if isinstance(self.pathway.node[b], End)}, leading):
            return found | {"never-left"} | (self.without_answer() - {"never-answered"})
        return found | self.without_answer()

    def at_box(self, node, patient, had):
        """What is wrong at one box for one patient."""
        found = set()
        if isinstance(node, Decide | Choose):
            lines = node.branches if isinstance(node, Decide) else node.options
            whens = [line.when for line in lines if line.when is not None]
            if any(patient[name] is None for name in asked(whens, self.library)):
                found.add("not-asked")
            for one in self.with_answers(patient, whens, had):
                if isinstance(node, Choose) and not any(
                    line.when is None or holds(line.when, one, self.library, had) is True
                    for line in lines
                ):
                    found.add("no-option")
                if isinstance(node, Decide) and not node.first_match:
                    true = {
                        (line.target, line.label, line.flags)
                        for line in lines
                        if line.when is not None and holds(line.when, one, self.library, had)
                    }
                    if len(true) > 1:
                        found.add("overlap")
        return found

    def without_answer(self):
        """What is wrong for those who had no answer yet."""
        node = self.pathway.node
        seen = {(self.pathway.start, state) for state in self.starting()}
        waiting = list(seen)
        leading = defaultdict(set)
        while waiting:
            one = waiting.pop()
            if answers(node[one[0]]):
                continue
            for other in self.after[one]:
                leading[other].add(one)
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        ends = {one for one in seen if isinstance(node[one[0]], End)}
        found = {"unanswered-end"} if ends else set()
        good = ends | {one for one in seen if answers(node[one[0]])}
        lost = {
            one
            for one in seen
            if isinstance(node[one[0]], Decide) and self.lost_in(node[one[0]], *one[1])
        }
        if seen - closure(good | lost, leading):
            found.add("never-answered")
        return found

    def lost_in(self, node, values, had, _left):
        """Whether some answer leaves this patient uncovered: a finding of its own."""
        whens = [branch.when for branch in node.branches if branch.when is not None]
        patients = self.with_answers(self.as_patient(values), whens, had)
        return any(not self.taken(node, one, had) for one in patients)


def closure(good, leading):
    found, waiting = set(good), list(good)
    while waiting:
        for one in leading[waiting.pop()] - found:
            found.add(one)
            waiting.append(one)
    return found


@pytest.mark.parametrize("seed", range(250))
def test_the_statement_stands_exactly_where_everybody_has_an_answer(seed):
    """Each kind of obstacle is found exactly where walking everybody meets it."""
    pathway = a_pathway(random.Random(seed))
    found = outcomes(pathway)
    kinds = {each.kind for each in found.obstacles}
    walk = Answered(pathway)
    if not walk.at[pathway.start]:
        assert kinds == {"nobody"}
        return
    expected = walk.obstacles()
    if "not-asked" in expected:  # whoever was not asked is taken to give any answer
        kinds.discard("never-answered")
        expected.discard("never-answered")
    assert kinds == expected


@pytest.mark.parametrize("seed", range(120))
def test_every_box_is_reached_from_where_somebody_comes(seed):
    """Nobody who comes to an outcome is left out of its ways, and no way is empty."""
    pathway = a_pathway(random.Random(seed))
    walk = Answered(pathway)
    for each in outcomes(pathway).reached:
        assert bool(each.ways) == bool(walk.at[each.node.id]), each.node.id
        for coming in each.ways:
            assert coming.who.witness is not None


@pytest.mark.parametrize("seed", range(80))
def test_a_stretch_holds_those_who_walk_it(seed):
    """Who comes from one answer to the next is who walks there without another in between."""
    pathway = a_pathway(random.Random(seed))
    walk = Answered(pathway)
    followed = Followed(pathway)
    patients = followed.patients
    for source in (None, *(node.id for node in pathway.nodes if answers(node))):
        if source is not None and not followed.at.get(source):
            continue
        if source is None:
            seen = {(pathway.start, state) for state in walk.starting()}
        else:
            seen = {one for state in walk.at[source] for one in walk.after[source, state]}
        waiting = list(seen)
        while waiting:
            place, state = waiting.pop()
            if not answers(pathway.node[place]):
                new = walk.after[place, state] - seen
                seen |= new
                waiting.extend(new)
        stretch = followed.stretch(source)
        for node in pathway.nodes:
            resuming = node.id in followed._resuming
            boxes = {
                box_of(patients, walk.as_patient(values), had, left if resuming else "")
                for place, (values, had, left) in seen
                if place == node.id
            }
            there = patients.diagrams.any_of(sorted(boxes))
            assert there == stretch.at.get(node.id, 0), (source, node.id)
