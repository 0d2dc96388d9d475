"""The behavioural difference against every patient of both versions, walked one by one."""

import itertools
import random

import pytest
from tests.unit.logic.walking import Walk, asked, holds, values_of
from tests.unit.versions.editing import a_pair

from pathwaydsl.cases.walk import StopKind
from pathwaydsl.model import expressions as expressions_module
from pathwaydsl.model.expressions import Had, Meets
from pathwaydsl.model.nodes import RESUME, Act, Choose, Decide, End, Treat
from pathwaydsl.versions.behaviour import behaviour


def conditions(pathway):
    """Every condition that decides about a way."""
    found = [pathway.eligible] if pathway.eligible is not None else []
    for node in pathway.nodes:
        for line in (*getattr(node, "branches", ()), *getattr(node, "options", ())):
            found += [line.when] if line.when is not None else []
    found += [line.when for during in pathway.durings for line in during.branches]
    return found


def used(pathway):
    """The criteria that a version asks for, measures or sets."""
    found = asked(conditions(pathway), pathway.library)
    for node in pathway.nodes:
        found |= set(getattr(node, "measures", ()))
        found |= {value.criterion for value in getattr(node, "sets", ())}
    return found


def hads(expressions, library):
    """What is asked to have been had, conditions and scores opened."""
    found = set()
    for expression in expressions:
        for test in expressions_module.tests_of(expression):
            match test:
                case Had(regimen, drug):
                    found.add(("regimen", regimen) if regimen else ("drug", drug))
                case Meets(name):
                    found |= hads([library.condition[name].means], library)
                case _ if getattr(test, "score", False):
                    found |= hads([p.when for p in library.score[test.subject].parts], library)
    return found


def given(pathway):
    """What some box gives."""
    found = set()
    for node in pathway.nodes:
        if isinstance(node, Treat) and node.regimen in pathway.library.regimen:
            found.add(("regimen", node.regimen))
            found |= {("drug", d) for d in pathway.library.regimen[node.regimen].drugs}
    return found


class People:
    """Who comes to what in one version, as whole patients: (values by criterion, what was had)."""

    def __init__(self, pathway, other, had, names):
        self.pathway = pathway
        self.had = had
        self.walk = Walk(pathway)
        self.names = names
        self.mine = used(pathway)
        rules = [(rule, pathway) for rule in self.walk.rules]
        self.rules = [rule for rule, _ in rules if asked([rule.when], pathway.library) <= self.mine]
        self.rules += [
            rule
            for rule in (*other.impossible, *other.library.impossible)
            if asked([rule.when], other.library) <= used(other)
            and not asked([rule.when], other.library) <= self.mine
        ]
        self.memo = {}

    def whole(self, state):
        """The whole patients that a state stands for, given the answers of both versions."""
        values, had, _ = state
        key = (values, frozenset(had & self.had))
        if key not in self.memo:
            patient = self.walk.as_patient(values)
            domains = [
                self.names[name] if patient[name] is None else [patient[name]]
                for name in self.names
            ]
            found = set()
            for combination in itertools.product(*domains):
                one = dict(zip(self.names, combination, strict=True))
                if not any(
                    holds(rule.when, one, self.pathway.library, had) is True for rule in self.rules
                ):
                    found.add((combination, key[1]))
            self.memo[key] = found
        return self.memo[key]

    def all(self, states):
        """The whole patients that some states stand for."""
        found = set()
        for state in {(v, frozenset(h & self.had), "") for v, h, _ in states}:
            found |= self.whole(state)
        return found

    def told(self):
        """By subject, who comes to it."""
        walk = self.walk
        found = {("pathway", "", None): self.all(set(walk.starting()))}

        def add(key, states):
            people = self.all(states)
            if people:
                found[key] = found.get(key, set()) | people

        for node in self.pathway.nodes:
            here = walk.at[node.id]
            match node:
                case Treat() | Act() | End():
                    add((node.kind, node.id, None), here)
                case Choose(options=options):
                    add((node.kind, node.id, None), here)
                    whens = [o.when for o in options if o.when is not None]
                    stuck = set()
                    opened = {}
                    for values, had, left in here:
                        for one in walk.with_answers(walk.as_patient(values), whens, had):
                            state = (walk.as_values(one), had, left)
                            free = [
                                o
                                for o in options
                                if o.when is None or holds(o.when, one, walk.library, had) is True
                            ]
                            for option in free:
                                opened.setdefault(option.target, set()).add(state)
                            if not free:
                                stuck.add(state)
                    for target, states in opened.items():
                        add(("option", node.id, target), states)
                    add(("none", node.id, None), stuck)
                case Decide():
                    add(("none", node.id, None), walk.uncovered[node.id])
            if isinstance(node, Treat):
                add(("regimen", node.regimen, None), here)
        return found


def in_new_names(key, pairs, new):
    """The subject by the names of the new version, or apart where it has no pair."""
    kind, name, target = key
    if kind in {"pathway", "regimen"}:
        return key
    name = pairs.get(name, f"old {name}")
    if target is not None and target != "resume":
        target = pairs.get(target, f"old {target}")
    return kind, name, target


def difference_by_walking(old, new, pairs):
    """By subject, who gained it and who lost it, and among whom they are told apart."""
    names = {}
    for criterion in old.library.criteria:
        now = new.library.criterion[criterion.id]
        values = dict.fromkeys((*values_of(criterion), *values_of(now)))
        names[criterion.id] = list(values)
    had = hads(conditions(old), old.library) | hads(conditions(new), new.library)
    # What only one version gives makes nobody another patient.
    had -= given(old) ^ given(new)
    before = People(old, new, had, names).told()
    now = People(new, old, had, names).told()
    before = {in_new_names(key, pairs, new): people for key, people in before.items()}
    kept = set(pairs.values())
    for key in list(now):
        kind, name, target = key
        if kind in {"pathway", "regimen"}:
            continue
        name = name if name in kept else f"new {name}"
        if target is not None and target != "resume":
            target = target if target in kept else f"new {target}"
        if (kind, name, target) != key:
            now[kind, name, target] = now.pop(key)
    found = {}
    for key in {**before, **now}:
        gained = now.get(key, set()) - before.get(key, set())
        lost = before.get(key, set()) - now.get(key, set())
        if gained:
            found["gained", key] = gained
        if lost:
            found["lost", key] = lost
    everyone = set().union(*before.values(), *now.values())
    among = {
        key: before[key] | now[key] if key in before and key in now else everyone
        for key in {**before, **now}
    }
    return names, found, among


def key_told(difference, pairs, new):
    """The key of a difference that was found."""
    subject = difference.subject
    target = subject.target
    kept = set(pairs.values())
    if subject.kind == "pathway":
        return "pathway", "", None
    if subject.kind == "regimen":
        return "regimen", subject.id, None
    if difference.kind == "lost":
        name = pairs.get(subject.id, f"old {subject.id}")
        if target not in {None, "resume"}:
            target = pairs.get(target, f"old {target}")
    else:
        name = subject.id if subject.id in kept else f"new {subject.id}"
        if target not in {None, "resume"}:
            target = target if target in kept else f"new {target}"
    return subject.kind, name, target


@pytest.mark.parametrize("seed", range(100))
def test_the_difference_is_that_of_walking_everybody(seed):
    """Who gained and lost what is exactly what trying every patient in both versions tells."""
    old, new, pairs = a_pair(random.Random(seed))
    found = behaviour(old, new, pairs, most=1000)
    assert found.why
    names, expected, among = difference_by_walking(old, new, pairs)
    told = {}
    for one in found.differences:
        if one.kind != "replaced":
            told.setdefault((one.kind, key_told(one, pairs, new)), []).append(one)
    assert set(told) == set(expected)
    for key, ones in told.items():
        people = set()
        for one in ones:
            assert not one.whom.more
            condition = one.whom.condition
            some = {
                (values, had)
                for values, had in among[key[1]]
                if condition is None
                or holds(condition, dict(zip(names, values, strict=True)), found.library, had)
                is True
            }
            assert some
            assert not some & people
            people |= some
        assert people == expected[key], key
    if expected:
        assert found.unchanged is False


def in_step_by_walking(old, new, pairs):
    """Whether both versions walked in step take every single patient the same way."""
    before, now = Walk(old), Walk(new)

    def through(walk, states):
        """On through decisions; who has no way on stays there."""
        done, waiting, seen = set(), list(states), set(states)
        while waiting:
            state = waiting.pop()
            if not isinstance(walk.pathway.node[state[0]], Decide):
                done.add(state)
                continue
            if state[1:] in walk.uncovered[state[0]]:
                done.add(("", *state[1:]))
            for following in walk.steps(*state):
                if following not in seen:
                    seen.add(following)
                    waiting.append(following)
        return done

    def named(states, translate):
        return {(translate(place), values, had) for place, values, had, _ in states}

    def of_old(place):
        return pairs.get(place, f"old {place}") if place else place

    starts = set(before.starting()), set(now.starting())
    if starts[0] != starts[1]:
        return False
    waiting = [
        (
            through(before, {(old.start, *state)}),
            through(now, {(new.start, *state)}),
        )
        for state in starts[0]
    ]
    seen = set()
    while waiting:
        mine, theirs = waiting.pop()
        if named(mine, of_old) != named(theirs, lambda place: place):
            return False
        for state in mine:
            for other in theirs:
                if (of_old(state[0]), *state[1:3]) != other[:3] or (state, other) in seen:
                    continue
                seen.add((state, other))
                if not state[0]:
                    continue
                a, b = old.node[state[0]], new.node[other[0]]
                if a.kind != b.kind or getattr(a, "regimen", None) != getattr(b, "regimen", None):
                    return False
                waiting.append(
                    (
                        through(before, set(before.steps(*state))),
                        through(now, set(now.steps(*other))),
                    )
                )
    return True


@pytest.mark.parametrize("seed", range(100))
def test_unchanged_is_only_said_where_every_way_is_the_same(seed):
    """“No patient's advice changes” holds for every patient, one by one."""
    old, new, pairs = a_pair(random.Random(seed))
    found = behaviour(old, new, pairs)
    same = in_step_by_walking(old, new, pairs)
    if found.unchanged:
        assert same
        assert found.why == "No patient's advice changes."
    if any(one.kind == "replaced" for one in found.differences):
        assert not same


@pytest.mark.parametrize("seed", range(30))
def test_the_difference_is_mirrored(seed):
    """What one direction gains the other loses, in the same words."""
    old, new, pairs = a_pair(random.Random(seed))
    back = {now: before for before, now in pairs.items()}
    there = behaviour(old, new, pairs)
    again = behaviour(new, old, back)
    other = {"gained": "lost", "lost": "gained", "replaced": "replaced"}

    def told(found, turned):
        return {
            (
                other[one.kind] if turned else one.kind,
                one.new if turned else one.old,
                one.old if turned else one.new,
                one.whom.words,
                one.whom.share,
            )
            for one in found.differences
        }

    assert told(there, turned=False) == told(again, turned=True)
    assert there.unchanged == again.unchanged


@pytest.mark.parametrize("seed", range(100))
def test_a_witness_comes_to_what_is_told(seed):
    """The way of a witness arrives at the box in the version that has it."""
    old, new, pairs = a_pair(random.Random(seed))
    for one in behaviour(old, new, pairs).differences:
        if one.kind == "replaced" or one.subject.kind in {"pathway", "regimen"}:
            continue
        way = one.whom.new_way if one.kind == "gained" else one.whom.old_way
        torn = any(stop.kind is StopKind.SEVERAL_BRANCHES for stop in way.stops)
        assert torn or one.subject.id in way.way, (one.kind, one.subject)
        taken = (one.subject.id, one.subject.target)
        chosen = one.subject.kind != "option" or taken in itertools.pairwise(way.way)
        assert torn or chosen or one.subject.target == RESUME, (one.kind, one.subject)
