"""The flow as a table: a small program walks it as cases are walked."""

import json
import random
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from tests.unit.logic.chance import a_pathway

from pathwaydsl.cases.walker import walk
from pathwaydsl.exchange.compiled import Compiler
from pathwaydsl.exchange.flow_schema import schema
from pathwaydsl.exchange.flow_table import flow_json, value_as_data
from pathwaydsl.logic.questions import typical
from pathwaydsl.model.cases import Case, Chosen, Given
from pathwaydsl.model.criteria import AnyOf, NumberRange, YesNo
from pathwaydsl.model.nodes import Assess, Assignment, Choose
from pathwaydsl.project.loading import load_project

OWN = Path(__file__).parents[3] / "pathways"


class Program:
    """Walks a patient through the table, as the script of a page would; it knows JSON alone."""

    def __init__(self, text):
        self.table = json.loads(text)
        self.boxes = {box["id"]: box for box in self.table["boxes"]}

    def answer(self, question):
        """The number of the answer that the patient gives to a question."""
        if "had_regimen" in question or "had_drug" in question:
            name = question.get("had_regimen") or question["had_drug"]
            had = name in self.regimens if "had_regimen" in question else name in self.drugs
            wanted = {"value": "yes" if had else "no"}
        else:
            value = self.values.get(question["criterion"])
            if "member" in question:
                inside = value is not None and question["member"] in value.get("members", ())
                wanted = {"value": "with" if inside else "without"}
            elif value is None:
                wanted = {"missing": True}
            elif value.get("unknown"):
                wanted = {"unknown": True}
            elif "number" in value:
                return self.interval(question["answers"], Decimal(value["number"]))
            else:
                wanted = {"value": "some" if "members" in value else value["value"]}
        return question["answers"].index(wanted)

    def interval(self, answers, number):
        """The number of the answer in whose interval a number lies."""
        for i, answer in enumerate(answers):
            if "from" in answer:
                low, high = Decimal(answer["from"]), Decimal(answer["to"])
                if (
                    low < number < high
                    or (number == low and answer["from_included"])
                    or (number == high and answer["to_included"])
                ):
                    return i
        raise AssertionError(number)

    def follow(self, to):
        """Walk a diagram to its result or the number of a line."""
        while "place" in to:
            place = self.table["places"][to["place"]]
            number = self.answer(self.table["questions"][place["question"]])
            to = next(way["to"] for way in place["ways"] if number in way["answers"])
        return to["line"] if "line" in to else to["result"]

    def walk(self, start, visits, happenings, choices, most):
        """The boxes come to with the way taken from each, and why the walk stops."""
        self.values = {}
        self.changes = {}
        self.regimens, self.drugs, self.measured = set(), set(), set()
        self.visits, self.happened, self.answered, self.left = {}, {}, {}, []
        self.given = (visits, happenings, choices)
        self.way, self.flagged, self.misfit = [], set(), False
        for value in start:
            if value["criterion"] not in self.values:
                self.take([value])
        eligible = self.table["eligible"]
        if eligible is not None and self.follow(eligible["when"]) in {"false", "unknown"}:
            self.misfit = True
        self.possible()
        self.most = most
        self.stop = None
        self.go(self.table["start"], None)
        return self.way, self.stop

    def take(self, values):
        """Take new values."""
        for value in values:
            self.values[value["criterion"]] = value
            self.changes[value["criterion"]] = self.changes.get(value["criterion"], 0) + 1

    def possible(self):
        """Note values that occur together in nobody."""
        rules = self.table["impossible"]
        self.misfit |= any(self.follow(rule["when"]) == "true" for rule in rules)

    def go(self, current, until):
        """Walk on from a box; whether the patient arrived at `until`."""
        resumed = False
        while current is not None and current != until:
            if current == "resume":
                if not self.left:
                    self.stop = "nothing-to-resume"
                    return False
                current, resumed = self.left.pop(), True
                continue
            if len(self.way) >= self.most:
                self.stop = "too long"
                return False
            current, resumed = self.visit(self.boxes[current], resumed), False
        return current is not None

    def visit(self, box, resumed):
        """Come to a box; where the patient goes on to."""
        name = box["id"]
        self.visits[name] = self.visits.get(name, 0) + 1
        self.flagged.update(box["flags"])
        if box["kind"] == "treat":
            self.regimens.add(box["gives"]["regimen"])
            self.drugs.update(box["gives"]["drugs"])
        entries = self.given[0].get(name, [])
        now = entries[self.visits[name] - 1] if self.visits[name] <= len(entries) else None
        again = box["kind"] == "assess" and box["measures"] and self.visits[name] > 1
        if now is None and (again or (entries and not resumed)):
            self.way.append((name, None))
            self.stop = "nothing-given"
            return None
        for criterion in box.get("forgets", ()):
            if criterion in self.measured and criterion not in {v["criterion"] for v in now or ()}:
                self.values.pop(criterion, None)
            self.measured.add(criterion)
        for values in (now, self.happening(name)):
            if values is not None:
                self.take(values)
                self.measured |= {value["criterion"] for value in values}
                self.possible()
        line = self.interrupted(name)
        if line is not None:
            self.left.append(name)
            return self.leave(box, line["target"], line["flags"])
        return self.go_on(box)

    def happening(self, name):
        """What happens at this visit, if anything."""
        entries = self.given[1].get(name, [])
        number = self.happened.get(name, 0)
        self.happened[name] = number + 1
        return entries[number] if number < len(entries) else None

    def interrupted(self, name):
        """The line of a `during` that is true now."""
        for i, during in enumerate(self.table["durings"]):
            for j, line in enumerate(during["lines"] if name in during["boxes"] else ()):
                if self.follow(line["open"]["when"]) == "true":
                    stamp = [self.changes.get(asked, 0) for asked in line["open"]["asks"]]
                    if self.answered.get((i, j, name)) != stamp:
                        self.answered[i, j, name] = stamp
                        return line
        return None

    def leave(self, box, target, flags=()):
        """Note the way that is taken."""
        self.way.append((box["id"], target))
        self.flagged.update(flags)
        self.take(box.get("sets", ()))
        self.measured |= {value["criterion"] for value in box.get("sets", ())}
        return target

    def halt(self, box, why):
        """Note that the walk stops here."""
        self.way.append((box["id"], None))
        self.stop = why

    def go_on(self, box):
        """Leave a box by the way that is for this patient."""
        match box["kind"]:
            case "decide":
                taken = self.follow(box["takes"])
                if isinstance(taken, str):
                    return self.halt(box, taken)
                line = box["lines"][taken]
                return self.leave(box, line["target"], line["flags"])
            case "choose":
                return self.choose(box)
            case "together":
                self.way.append((box["id"], None))
                before = self.left
                for strand in box["strands"]:
                    self.left = []
                    if not self.go(strand, box["then"]):
                        return None
                self.left = before
                return box["then"]
            case "end" | "enter":
                return self.halt(box, "end")
        if box["kind"] == "gap":
            self.flagged.add(box["id"])
        if box["then"] is None:
            return self.halt(box, "end")
        return self.leave(box, box["then"])

    def choose(self, box):
        """Take the chosen option, or the only one that is open."""
        told = [
            (o, "true" if o["open"] is None else self.follow(o["open"]["when"]))
            for o in box["options"]
        ]
        entries = self.given[2].get(box["id"], [])
        visit = self.visits[box["id"]]
        if visit <= len(entries):
            told = [pair for pair in told if pair[0]["target"] == entries[visit - 1]]
            if any(said == "true" for _, said in told):
                return self.leave(box, entries[visit - 1])
            missing = any(said == "missing" for _, said in told)
            return self.halt(box, "missing" if missing else "closed-option")
        opened = [option for option, said in told if said == "true"]
        if len(opened) > 1:
            return self.halt(box, "not-chosen")
        if any(said == "missing" for _, said in told):
            return self.halt(box, "missing")
        if not opened:
            return self.halt(box, "no-option")
        return self.leave(box, opened[0]["target"])


def a_value(chance, patients, criterion):
    """A random value of a criterion: of each interval, of each threshold, unknown, named."""
    question = patients.questions[patients.head[criterion.id]]
    answers = [i for i, a in enumerate(question.answers) if a.kind != "missing"]
    number = chance.choice(answers)
    answer = question.answers[number]
    name = criterion.id
    if answer.kind == "unknown":
        return Assignment(name, unknown=True)
    if isinstance(criterion.domain, NumberRange) and answer.kind == "number":
        return Assignment(name, number=typical(question, number))
    if isinstance(criterion.domain, AnyOf) and answer.kind == "value":
        values = [value.id for value in criterion.domain.values]
        return Assignment(
            name, members=tuple(chance.sample(values, chance.randint(1, len(values))))
        )
    if isinstance(criterion.domain, YesNo) and answer.kind == "value":
        return Assignment(name, truth=answer.value == "yes")
    return Assignment(name, named=answer.value)


def a_case(chance, pathway, patients):
    """A random patient, of whom little or much is given."""
    criteria = [pathway.library.criterion[name] for name in patients.head]
    generous = chance.random()

    def values(among, some):
        return tuple(a_value(chance, patients, c) for c in among if chance.random() < some)

    steps = [Given(values(criteria, generous))]
    for node in pathway.nodes:
        for _ in range(chance.choice((0, 0, 1, 2))):
            if isinstance(node, Assess):
                asked = [pathway.library.criterion[name] for name in node.measures]
                steps.append(Given(values(asked, 0.9), at=node.id))
            if isinstance(node, Choose) and node.options:
                steps.append(Chosen(node.id, chance.choice(node.options).target))
    steps += [
        Given(values(criteria, 0.2), during=chance.choice(during.nodes))
        for during in pathway.durings
        if chance.random() < 0.5
    ]
    return Case("A patient", tuple(steps))


def agrees(pathway, chance, program, patients):
    case = a_case(chance, pathway, patients)
    expected = walk(pathway, case)
    visits, happenings, choices = {}, {}, {}
    start = []
    for step in case.steps:
        if isinstance(step, Chosen):
            choices.setdefault(step.at, []).append(step.option)
            continue
        written = [value_as_data(value) for value in step.assignments]
        if step.at is not None:
            visits.setdefault(step.at, []).append(written)
        elif step.during is not None:
            happenings.setdefault(step.during, []).append(written)
        else:
            start = written
    way, stop = program.walk(start, visits, happenings, choices, len(expected.steps))
    assert [box for box, _ in way] == [step.node for step in expected.steps]
    for (_, target), step in zip(way, expected.steps, strict=True):
        assert target == (step.left_by.target if step.left_by is not None else None)
    if {s.kind.value for s in expected.stops} != {"endless"} and len(expected.stops) == 1:
        assert stop == expected.stops[0].kind.value
    assert program.flagged == set(expected.flagged)
    assert program.misfit == bool(expected.misfits)
    return len(expected.steps)


@pytest.mark.parametrize("seed", range(150))
def test_a_program_walks_the_table_of_any_pathway_as_cases_are_walked(seed):
    """Random patients take the same way through the table, and stop there for the same reason."""
    chance = random.Random(seed)
    pathway = a_pathway(chance)
    program = Program(flow_json(pathway))
    patients = Compiler(pathway).patients
    for _ in range(20):
        agrees(pathway, chance, program, patients)


@pytest.fixture(scope="module")
def own():
    """The pathways that come with the tool."""
    documents = load_project([OWN], checked=False).documents.values()
    return [document.pathway for document in documents if document.pathway is not None]


def test_a_program_walks_the_tables_of_our_own_pathways(own):
    """Random patients of our own pathways take the same way through the tables."""
    chance = random.Random(1)
    for pathway in own:
        program = Program(flow_json(pathway))
        patients = Compiler(pathway).patients
        steps = [agrees(pathway, chance, program, patients) for _ in range(300)]
        assert max(steps) > 5


def test_the_cases_of_our_own_pathways_go_the_same_way(own):
    """The written cases are among those that agree: they go deep into the pathways."""
    for pathway in own:
        program = Program(flow_json(pathway))
        for case in pathway.cases:
            expected = walk(pathway, case)
            visits, happenings, choices, start = {}, {}, {}, []
            for step in case.steps:
                if isinstance(step, Chosen):
                    choices.setdefault(step.at, []).append(step.option)
                    continue
                written = [value_as_data(value) for value in step.assignments]
                place = visits if step.at else happenings
                if step.at or step.during:
                    place.setdefault(step.at or step.during, []).append(written)
                else:
                    start += written
            way, _ = program.walk(start, visits, happenings, choices, 1000)
            assert [box for box, _ in way] == [step.node for step in expected.steps], case.label


def test_the_table_follows_its_schema(own):
    """The published schema describes what is written; equal pathways give equal bytes."""
    jsonschema.Draft202012Validator.check_schema(schema())
    for pathway in own:
        text = flow_json(pathway)
        jsonschema.validate(json.loads(text), schema())
        assert flow_json(pathway) == text
    for seed in range(20):
        jsonschema.validate(json.loads(flow_json(a_pathway(random.Random(seed)))), schema())
