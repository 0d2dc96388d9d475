"""What a walk is: the boxes one patient comes to, why they go on, and where the walk stops."""

from collections.abc import Mapping
from enum import StrEnum

from attrs import field, frozen

from pathwaydsl.model.cases import Chosen, Given
from pathwaydsl.model.graph import Exit
from pathwaydsl.model.nodes import Assignment
from pathwaydsl.text.span import Span


class StopKind(StrEnum):
    """Why a walk goes no further."""

    END = "end"
    """An end, another pathway, or a gap from which no way leads on."""
    NOTHING_GIVEN = "nothing-given"
    """The case gives nothing for this visit."""
    MISSING = "missing"
    """A decision needs a value that the case does not give."""
    NOT_CHOSEN = "not-chosen"
    """Several options are open and the case takes none."""
    UNWRITTEN = "unwritten"
    """The pathway does not say where it goes on; that is a finding of its own."""
    NO_BRANCH = "no-branch"
    """No branch is for this patient."""
    SEVERAL_BRANCHES = "several-branches"
    """More than one branch is for this patient."""
    NO_OPTION = "no-option"
    """No option is open for this patient."""
    CLOSED_OPTION = "closed-option"
    """The option that the case takes is not open for this patient."""
    NOTHING_TO_RESUME = "nothing-to-resume"
    """`resume`, and no box was left by a `during`."""
    ENDLESS = "endless"
    """The walk went round and round."""

    @property
    def is_fault(self) -> bool:
        """Whether the patient has no way on, whatever the case expects."""
        return self in _FAULTS


_FAULTS = frozenset(
    {
        StopKind.NO_BRANCH,
        StopKind.SEVERAL_BRANCHES,
        StopKind.NO_OPTION,
        StopKind.CLOSED_OPTION,
        StopKind.NOTHING_TO_RESUME,
        StopKind.ENDLESS,
    }
)


@frozen
class Stop:
    """Where and why a walk, or a strand of it, goes no further.

    Attributes:
        why: One sentence part in the authors' labels.
        missing: Criteria that would have to be given.
        options: Targets of the options that are open, where none was taken.
        span: What the reason points at.
    """

    kind: StopKind
    node: str
    why: str
    missing: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    span: Span | None = field(default=None, eq=False)


@frozen
class Step:
    """One visit of a box.

    Attributes:
        node: Its id.
        visit: 1 for the first visit, 2 for the second.
        left_by: The way the patient left by, or None where the walk stops or parts.
        why: Why they left by it, in the authors' labels; empty where there is no other way.
        given: What was found out or happened at this visit.
        values: The value of each criterion when the patient left.
        regimens: The regimens had by then.
    """

    node: str
    visit: int
    left_by: Exit | None
    why: str
    given: tuple[Assignment, ...] = ()
    values: Mapping[str, Assignment] = field(factory=dict, eq=False, repr=False)
    regimens: frozenset[str] = field(default=frozenset(), eq=False, repr=False)


@frozen
class Misfit:
    """Values that no patient of the pathway has: outside `eligible`, or inside `impossible`."""

    why: str
    given: Given | None
    rule: Span | None = field(default=None, eq=False)


@frozen
class Walk:
    """The way of one patient.

    Attributes:
        steps: Every visit in order; the strands of a `together` one after the other.
        stops: Why the walk goes no further; one, or one for each strand that did not arrive.
        flagged: Every gap pinned to a box or a branch on the way, or arrived at.
        misfits: Values that no patient of the pathway has.
        unused: Steps of the case that the walk never came to.
    """

    steps: tuple[Step, ...]
    stops: tuple[Stop, ...]
    flagged: tuple[str, ...]
    misfits: tuple[Misfit, ...] = ()
    unused: tuple[Given | Chosen, ...] = ()

    @property
    def way(self) -> tuple[str, ...]:
        """The boxes in the order they were come to."""
        return tuple(step.node for step in self.steps)

    @property
    def ended_at(self) -> str | None:
        """The box at which the patient's way ended, or None where it was broken off."""
        if len(self.stops) == 1 and self.stops[0].kind is StopKind.END:
            return self.stops[0].node
        return None
