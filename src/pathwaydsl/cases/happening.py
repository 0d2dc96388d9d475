"""What may happen at a box while somebody is there: the lines of its `during` that can be taken."""

from pathwaydsl.cases.walk import Step
from pathwaydsl.logic.boxes import plainest
from pathwaydsl.logic.diagrams import EVERYBODY, NOBODY, UndecidedError
from pathwaydsl.logic.reachability import Arrivals
from pathwaydsl.model.nodes import Act, Assess, Assignment, Branch, Treat


def known_of(arrivals: Arrivals, step: Step) -> int:
    """Everyone with the values and the treatments of one step; of nothing else anybody asked."""
    patients, diagrams = arrivals.patients, arrivals.diagrams
    found = EVERYBODY
    for name in patients.head:
        value = step.values.get(name)
        if value is None:
            some = patients.unasked([name])
        elif value.number is not None:
            question = patients.questions[patients.head[name]]
            cell = next(
                i
                for i, answer in enumerate(question.answers)
                if answer.kind == "number"
                and question.between(answer.low, answer.high, True, True)  # noqa: FBT003
                and (
                    answer.low < value.number < answer.high
                    or (value.number == answer.low and answer.low_included)
                    or (value.number == answer.high and answer.high_included)
                )
            )
            some = patients.where(name, 1 << cell)
        else:
            some = patients.value(value)
        found = diagrams.both(found, some)
    for (regimen, drug), level in patients.had.items():
        had = any(
            regimen == each or drug in arrivals.library.regimen[each].drugs
            for each in step.regimens
            if each in arrivals.library.regimen
        )
        found = diagrams.both(found, diagrams.answers(level, 2 if had else 1))
    return found


class Events:
    """The lines of `during` blocks that one patient may take."""

    def __init__(self, arrivals: Arrivals) -> None:
        self.arrivals = arrivals

    def possible(self, step: Step) -> tuple[Branch, ...]:
        """The lines that may become true at a box, given what is known there."""
        node = self.arrivals.pathway.node[step.node]
        if not isinstance(node, Assess | Treat | Act) or not self.arrivals.durings(node.id):
            return ()
        try:
            known = known_of(self.arrivals, step)
            leaving = self.arrivals.leaving(node, known)
        except (UndecidedError, RecursionError):
            return ()
        return tuple(line for line, some in leaving if some)

    def values(self, step: Step, event: Branch | None) -> tuple[Assignment, ...]:
        """Plain values with which a line is taken, or none; what is known stays where it can."""
        arrivals, diagrams = self.arrivals, self.arrivals.diagrams
        node = arrivals.pathway.node[step.node]
        known = known_of(arrivals, step)
        leaving = arrivals.leaving(node, known)
        if event is None:
            some = arrivals.staying(node, known)
        else:
            some = next((there for line, there in leaving if line == event), NOBODY)
        tested = arrivals.asked(line.when for line, _ in leaving)
        changing = arrivals.asked([event.when]) if event is not None else ()
        for name in tested:
            held = step.values.get(name)
            if held is not None and name not in changing:
                levels = arrivals.patients.levels_of[name]
                same = diagrams.forget(known, frozenset(_all(arrivals)) - levels)
                some = diagrams.both(some, same) or some
        patient = plainest(arrivals.patients, some)
        if patient is None:
            return ()
        found = [value for name in tested if (value := patient.value(name)) is not None]
        new = [v for v in found if step.values.get(v.criterion) != v]
        if event is not None and not any(v.criterion in changing for v in new):
            # What was answered once is over: it is found anew, so that it counts again.
            new += [v for v in found if v.criterion in changing][:1]
        return tuple(new or found[:1])


def _all(arrivals: Arrivals) -> range:
    return range(len(arrivals.patients.questions))
