"""The nodes of a pathway: what happens, and where patients go from there."""

from decimal import Decimal
from typing import Literal

from attrs import frozen

from pathwaydsl.model.expressions import Expression
from pathwaydsl.model.gaps import Gap
from pathwaydsl.model.recommendations import Monitoring, Recommendation
from pathwaydsl.model.values import Lineage, Position, Quantity, Version, written
from pathwaydsl.text.span import Span

RESUME = "resume"
"""The target that returns a patient to the node they left by a `during`."""


@frozen
class Assignment:
    """A criterion and the value it takes; exactly one of the value fields is set.

    Attributes:
        named: A named value.
        members: Values of an `any of` criterion.
        number: A number in the declared unit.
        truth: For a yes-or-no criterion.
        unknown: True when the value is `unknown`.
    """

    criterion: str
    named: str | None = None
    members: tuple[str, ...] | None = None
    number: Decimal | None = None
    truth: bool | None = None
    unknown: bool = False
    span: Span | None = written()


@frozen
class Within:
    """`within Q of NODE`: how soon after that node."""

    quantity: Quantity
    of: str
    span: Span | None = written()


@frozen
class Branch:
    """A line of a `decide` or a `during`: exactly one kind of condition.

    Attributes:
        when: The condition; None for `otherwise` and `unknown`.
        role: `when`, `otherwise` or `unknown`.
        flags: Ids of gaps pinned to the branch.
    """

    target: str
    when: Expression | None = None
    role: Literal["when", "otherwise", "unknown"] = "when"
    label: str | None = None
    flags: tuple[str, ...] = ()
    span: Span | None = written()


@frozen
class Option:
    """An option of a `choose`; `when` None: open to everyone."""

    target: str
    label: str | None = None
    preferred: bool = False
    when: Expression | None = None
    span: Span | None = written()


@frozen(kw_only=True)
class _Node(Lineage):
    """What every node has. `label` falls back to the id with blanks for hyphens."""

    id: str
    label: str
    recommendation: Recommendation = Recommendation()
    span: Span | None = written()


@frozen(kw_only=True)
class Assess(_Node):
    """Something is found out."""

    measures: tuple[str, ...] = ()
    within: Within | None = None
    then: str | None = None
    kind: Literal["assess"] = "assess"


@frozen(kw_only=True)
class Decide(_Node):
    """A branch point on criteria."""

    branches: tuple[Branch, ...] = ()
    first_match: bool = False
    positions: tuple[Position, ...] = ()
    kind: Literal["decide"] = "decide"


@frozen(kw_only=True)
class Choose(_Node):
    """A branch point on preference; options keep their order."""

    options: tuple[Option, ...] = ()
    with_patient: bool = False
    considerations: tuple[str, ...] = ()
    kind: Literal["choose"] = "choose"


@frozen(kw_only=True)
class Treat(_Node):
    """A recommended regimen."""

    regimen: str | None = None
    monitoring: tuple[Monitoring, ...] = ()
    within: Within | None = None
    sets: tuple[Assignment, ...] = ()
    then: str | None = None
    kind: Literal["treat"] = "treat"


@frozen(kw_only=True)
class Act(_Node):
    """Any other action."""

    monitoring: tuple[Monitoring, ...] = ()
    within: Within | None = None
    sets: tuple[Assignment, ...] = ()
    then: str | None = None
    kind: Literal["act"] = "act"


@frozen(kw_only=True)
class Together(_Node):
    """Several strands at once; `strands` are the first nodes of each."""

    strands: tuple[str, ...] = ()
    then: str | None = None
    kind: Literal["together"] = "together"


@frozen(kw_only=True)
class Enter(_Node):
    """Continue in another pathway; `version` None: the one current then."""

    pathway: str | None = None
    version: Version | None = None
    sets: tuple[Assignment, ...] = ()
    kind: Literal["enter"] = "enter"


@frozen(kw_only=True)
class GapNode(_Node):
    """A gap inside a pathway: patients arrive at it; `gap` is the gap itself."""

    gap: Gap
    kind: Literal["gap"] = "gap"

    @property
    def then(self) -> str | None:
        """Where patients go on to, or None."""
        return self.gap.then


@frozen(kw_only=True)
class End(_Node):
    """The pathway ends here."""

    kind: Literal["end"] = "end"


Node = Assess | Decide | Choose | Treat | Act | Together | Enter | GapNode | End

NODE_KINDS = ("assess", "decide", "choose", "treat", "act", "together", "enter", "gap", "end")
"""Kinds of nodes, in the order of the reference."""


@frozen(kw_only=True)
class During(Lineage):
    """What may happen at any time at these nodes; the first true line counts."""

    nodes: tuple[str, ...]
    branches: tuple[Branch, ...] = ()
    span: Span | None = written()
