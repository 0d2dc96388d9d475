"""Two versions walked in step: whether each patient comes to the same boxes in the same order.

Both versions start with the same patients and are followed from box to box at once, decisions
taken in between. While both stand at one pair of boxes and have measured the same, one set of
patients stands for both, so equal sets mean that each single patient went the same way. Where the
versions measure or change different things, the walk in step ends and nothing is claimed.
"""

from collections.abc import Callable, Iterable

from attrs import define, field, frozen

from pathwaydsl.logic.diagrams import NOBODY
from pathwaydsl.logic.reachability import Arrivals, Way
from pathwaydsl.model.nodes import (
    Act,
    Assess,
    Branch,
    Choose,
    Decide,
    End,
    Enter,
    GapNode,
    Node,
    Together,
    Treat,
)
from pathwaydsl.versions.landing import NONE, OLD, Landing, Landings, landed
from pathwaydsl.versions.names import SameNames
from pathwaydsl.versions.patients import Both
from pathwaydsl.versions.subjects import Subject


@frozen
class Parting:
    """Patients who go on to one thing in the old version and to another in the new one."""

    old: Subject
    new: Subject
    some: int


def in_step(both: Both, names: SameNames) -> tuple[bool, tuple[Parting, ...]]:
    """Walk both versions in step.

    Returns:
        Whether the walk never broke off, and where the ways of patients part for good.
    """
    pace = _Pace(both, names)
    old, new = both.old.pathway, both.new.pathway
    if old.start not in old.node or new.start not in new.node:
        return False, ()
    start = both.diagrams.both(both.old.start, both.new.start)
    pace.follow(
        pace.land(both.old, old.start or "", start, None),
        pace.land(both.new, new.start or "", start, None),
        None,
    )
    found: dict[tuple[Subject, Subject], int] = {}
    for parting in pace.partings:
        key = (parting.old, parting.new)
        found[key] = both.diagrams.either(found.get(key, NOBODY), parting.some)
    return pace.settled, tuple(Parting(*key, some) for key, some in found.items())


@define
class _Pace:
    both: Both
    names: SameNames
    settled: bool = True
    partings: list[Parting] = field(factory=list)
    _inside: list[str] = field(factory=list)
    _stop: tuple[str, str] | None = None
    _order: dict[str, int] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        # Patients came to boxes in an order in which few boxes are met twice.
        self._order = {box: i for i, box in enumerate(self.both.new.at)}

    def follow(self, old: Landings, new: Landings, stop: tuple[str, str] | None) -> int:
        """Go on from where patients landed; gives those who came to `stop`."""
        diagrams = self.both.diagrams
        done = NOBODY
        here: dict[str, int] = {}
        waiting: dict[str, int] = {}

        def compare(old: Landings, new: Landings) -> None:
            nonlocal done
            for box, some in self._compared(old, new).items():
                if stop is not None and box == stop[1]:
                    done = diagrams.either(done, some)
                elif box != NONE:
                    waiting[box] = diagrams.either(waiting.get(box, NOBODY), some)

        outer, self._stop = self._stop, stop
        compare(old, new)
        while waiting:
            box = min(waiting, key=lambda name: self._order.get(name, 0))
            some = diagrams.without(waiting.pop(box), here.get(box, NOBODY))
            if not some:
                continue
            here[box] = diagrams.either(here.get(box, NOBODY), some)
            now = self.both.new.pathway.node[box]
            before = self.both.old.pathway.node[self.names.old_box[box]]
            for there in self._on(before, now, some):
                compare(*there)
        self._stop = outer
        return done

    def _compared(self, old: Landings, new: Landings) -> dict[str, int]:
        """Who lands at the same box in both versions; the others part or are not settled."""
        diagrams = self.both.diagrams
        found: dict[str, int] = {}
        for landing, some in new.items():
            together = diagrams.both(some, old.get(landing, NOBODY))
            if together:
                found[landing.box] = diagrams.either(found.get(landing.box, NOBODY), together)
        lost = {
            landing: rest
            for landing, some in old.items()
            if (rest := diagrams.without(some, new.get(landing, NOBODY)))
        }
        gained = {
            landing: rest
            for landing, some in new.items()
            if (rest := diagrams.without(some, old.get(landing, NOBODY)))
        }
        if lost or gained:
            self.settled = False
        for before, was in lost.items():
            for now, is_now in gained.items():
                moved = diagrams.both(was, is_now)
                if moved and before.box != now.box:
                    self._part(before, now, moved)
        return found

    def _part(self, before: Landing, now: Landing, some: int) -> None:
        old = self._subject(self.both.old, self.names.old_box.get(before.box, before.box))
        new = self._subject(self.both.new, now.box)
        if old is not None and new is not None:
            self.partings.append(Parting(old, new, some))

    def _subject(self, arrivals: Arrivals, box: str) -> Subject | None:
        """What is advised at a box; None where only something is found out."""
        if box == NONE:
            return Subject("none", "", "no way on")
        node = arrivals.pathway.node.get(box.removeprefix(OLD))
        if node is None or isinstance(node, Assess | Decide | Together):
            return None
        return Subject(node.kind, node.id, node.label)

    # Landing

    def land(self, arrivals: Arrivals, target: str, some: int, stop: str | None) -> Landings:
        """Where patients come to who go on to a box, through decisions."""
        return self._landed(arrivals, [(Way(target, some), frozenset())], stop)

    def _landed(
        self,
        arrivals: Arrivals,
        ways: Iterable[tuple[Way, frozenset[str]]],
        stop: str | None,
        *,
        happened: bool = False,
    ) -> Landings:
        found, everyone_told = landed(
            arrivals, ways, self._common_of(arrivals), stop, happened=happened
        )
        self.settled = self.settled and everyone_told
        return found

    def _common_of(self, arrivals: Arrivals) -> Callable[[str], str]:
        old = arrivals is self.both.old
        return lambda name: self._common(name, old=old)

    def _common(self, name: str, *, old: bool) -> str:
        """A box or gap by its name in the new version, where it has one there."""
        if not old or name == NONE:
            return name
        if name in self.names.new_box:
            return self.names.new_box[name]
        return f"{OLD}{name}" if name in self.both.old.pathway.node else name

    # Going on from a pair of boxes

    def _on(self, old: Node, new: Node, some: int) -> list[tuple[Landings, Landings]]:
        """Where patients land who stand at a pair of boxes; empty where the walk ends."""
        if frozenset(self._common(g, old=True) for g in old.recommendation.flags) != frozenset(
            new.recommendation.flags
        ):
            self.settled = False
        match old, new:
            case (Assess() | Treat() | Act(), Assess() | Treat() | Act()) if old.kind == new.kind:
                return self._stay(old, new, some)
            case Choose(), Choose():
                return self._options(old, new, some)
            case Together(), Together():
                return self._strands(old, new, some)
            case GapNode(), GapNode():
                return [self._both_to(old.then, new.then, some)]
            case (End(), End()):
                return []
            case Enter(), Enter():
                if old.pathway != new.pathway or old.sets != new.sets:
                    self.settled = False
                return []
            case _:
                self.settled = False
                return []

    def _both_to(self, old: str | None, new: str | None, some: int) -> tuple[Landings, Landings]:
        stop = self._stop or (None, None)
        return (
            {} if old is None else self.land(self.both.old, old, some, stop[0]),
            {} if new is None else self.land(self.both.new, new, some, stop[1]),
        )

    def _options(self, old: Choose, new: Choose, some: int) -> list[tuple[Landings, Landings]]:
        before = self.both.old.choosing(old, some)
        if before != some or self.both.new.choosing(new, some) != some:
            self.settled = False
            return []
        was = {
            self._common(option.target, old=True): (option.target, there)
            for option, there in zip(
                old.options, self.both.old.open_options(old, some), strict=True
            )
            if there
        }
        now = {
            option.target: there
            for option, there in zip(
                new.options, self.both.new.open_options(new, some), strict=True
            )
            if there
        }
        found = []
        for target in dict.fromkeys((*was, *now)):
            own, there = was.get(target, ("", NOBODY))
            here = now.get(target, NOBODY)
            if there != here:
                self.settled = False
            together = self.both.diagrams.both(there, here)
            if together:
                found.append(self._both_to(own, target, together))
        return found

    def _strands(self, old: Together, new: Together, some: int) -> list[tuple[Landings, Landings]]:
        same = tuple(self._common(box, old=True) for box in old.strands) == new.strands
        if not same or old.then is None or new.then is None or new.id in self._inside:
            self.settled = False
            return []
        if self._common(old.then, old=True) != new.then:
            self.settled = False
            return []
        self._inside.append(new.id)
        outer, stop = self._stop, (old.then, new.then)
        passing = some
        for number, (before, now) in enumerate(zip(old.strands, new.strands, strict=True)):
            self._stop = stop
            if number and passing != some:
                self.follow(*self._both_to(before, now, some), stop)
                self._stop = stop
            passing = self.follow(*self._both_to(before, now, passing), stop)
        self._stop = outer
        self._inside.pop()
        return [self._both_to(old.then, new.then, passing)]

    def _stay(
        self, old: Assess | Treat | Act, new: Assess | Treat | Act, some: int
    ) -> list[tuple[Landings, Landings]]:
        both = self.both
        if isinstance(old, Treat) and isinstance(new, Treat):
            if self.names.regimen.get(old.regimen or "") != new.regimen:
                self._other_regimen(old, new, some)
            after = both.old.staying_at(old, some)
            if after != both.new.staying_at(new, some):
                self.settled = False
                return []
            some = after
        elif isinstance(old, Assess) and isinstance(new, Assess):
            some = self._measured(old.measures, new.measures, some)
        before = [b for d in both.old.durings(old.id) for b in d.branches]
        now = [b for d in both.new.durings(new.id) for b in d.branches]
        if before or now:
            asked = both.old.asked(b.when for b in before), both.new.asked(b.when for b in now)
            some = self._measured(*asked, some)
        if not some:
            return []
        return self._leave(old, new, some)

    def _measured(self, old: Iterable[str], new: Iterable[str], some: int) -> int:
        """The patients after both versions measured; nobody where they measure apart."""
        both, diagrams = self.both, self.both.diagrams
        was = {both.old_names[n]: n for n in old}
        now = {both.new_names[n]: n for n in new}
        old_used = {both.old_names[n] for n in both.old.patients.head}
        new_used = {both.new_names[n] for n in both.new.patients.head}
        alone = (was.keys() - now.keys()) & new_used | (now.keys() - was.keys()) & old_used
        if alone:
            self.settled = False
            return NOBODY
        names = tuple(dict.fromkeys((*was, *now)))
        levels = frozenset[int]().union(*(both.patients.levels_of[n] for n in names))
        free = diagrams.forget(some, levels)
        for name in names:
            if name not in was or name not in now:
                free = diagrams.both(free, both.patients.possible_values(name))
        before = both.old.measured(free, was.values())
        after = both.new.measured(free, now.values())
        if before != after:
            self.settled = False
        return diagrams.both(before, after)

    def _other_regimen(self, old: Treat, new: Treat, some: int) -> None:
        self.settled = False
        pair = []
        for pathway, name in (
            (self.both.old.pathway, old.regimen),
            (self.both.new.pathway, new.regimen),
        ):
            regimen = pathway.library.regimen.get(name or "")
            pair.append(Subject("regimen", name or "", regimen.label if regimen else name or ""))
        self.partings.append(Parting(pair[0], pair[1], some))

    def _leave(
        self, old: Assess | Treat | Act, new: Assess | Treat | Act, some: int
    ) -> list[tuple[Landings, Landings]]:
        gone = self._lines(self.both.old, old, some), self._lines(self.both.new, new, some)
        was, now = getattr(old, "sets", ()), getattr(new, "sets", ())
        if was or now:
            same = self.both.old.after_sets(some, was) == self.both.new.after_sets(some, now)
            if not same or [s for _, s in gone[0]] != [s for _, s in gone[1]]:
                self.settled = False
                return []
        stop = self._stop or (None, None)
        sides: list[Landings] = []
        for arrivals, node, lines, until in (
            (self.both.old, old, gone[0], stop[0]),
            (self.both.new, new, gone[1], stop[1]),
        ):
            found: Landings = {}
            for line, there in lines:
                after = arrivals.after_sets(there, getattr(node, "sets", ()))
                target, flags = getattr(node, "then", None) or NONE, frozenset[str]()
                if line is not None:
                    after = arrivals.after_line(node, line, after)
                    target, flags = line.target, frozenset(line.flags)
                ways = [(Way(target, after), flags)]
                more = self._landed(arrivals, ways, until, happened=line is not None)
                for landing, those in more.items():
                    found[landing] = self.both.diagrams.either(found.get(landing, NOBODY), those)
            sides.append(found)
        return [(sides[0], sides[1])]

    def _lines(self, arrivals: Arrivals, node: Node, some: int) -> list[tuple[Branch | None, int]]:
        """Who leaves by which line of a `during`, and, without one, by `then`."""
        found: list[tuple[Branch | None, int]] = []
        for during in arrivals.durings(node.id):
            for line in during.branches:
                if line.when is None:
                    continue
                true = arrivals.patients.truth(line.when).true
                found.append((line, self.both.diagrams.both(some, true)))
                some = self.both.diagrams.without(some, true)
        return [*found, (None, some)]
