"""The criteria a pathway asks about: each with the answers it can have."""

from collections.abc import Iterator
from typing import assert_never

from pathwaydsl.model.criteria import AnyOf, Criterion, NumberRange, OneOf, YesNo
from pathwaydsl.model.values import Quantity
from pathwaydsl.model.wording import number_in_words, quantity_in_words
from pathwaydsl.pages import anchors
from pathwaydsl.pages.contents import Contents, code_line
from pathwaydsl.pages.document import (
    Block,
    Item,
    Listing,
    Paragraph,
    Prose,
    Target,
    Words,
    joined,
    plain,
)
from pathwaydsl.pages.recommended import positions


def criteria(contents: Contents) -> Iterator[Block]:
    """The criteria as a list, by label."""
    items = tuple(_criterion(contents, criterion) for criterion in contents.criteria)
    if items:
        yield Listing(items, role="criteria")


def _criterion(contents: Contents, criterion: Criterion) -> Item:
    blocks: list[Block] = [
        Paragraph((Words(criterion.label, "strong"), Words(f": {answers(criterion)}")))
    ]
    if criterion.prognostic:
        blocks += plain(f"For the outlook only, never a branch: {criterion.prognostic}")
    if criterion.codes:
        codes = joined(tuple(code_line(code) for code in criterion.codes))
        blocks.append(Paragraph((Words("Codes: ", "quiet"), *codes), "codes"))
    blocks += positions(contents, criterion.positions)
    if criterion.rationale:
        blocks.append(Prose(criterion.rationale))
    return Item(
        tuple(blocks),
        anchors.criterion(contents.id, criterion.id),
        Target("criterion", criterion.id, criterion.label),
        aliases=tuple(anchors.criterion(contents.id, old) for old in contents.old_ids(criterion)),
    )


def answers(criterion: Criterion) -> str:
    """The answers a criterion can have, in words."""
    match domain := criterion.domain:
        case YesNo():
            said = "yes or no"
        case OneOf(values):
            said = "; ".join(value.label for value in values)
        case AnyOf(values):
            said = "any of: " + "; ".join(value.label for value in values)
        case NumberRange(low, high, unit, whole):
            kind = "a whole number" if whole else "a number"
            said = (
                f"{kind} from {number_in_words(low)} to {quantity_in_words(Quantity(high, unit))}"
            )
        case _:
            assert_never(domain)
    also = [value.label for value in criterion.also]
    if criterion.may_be_unknown:
        also.append("may be unknown")
    return "; ".join([said, *also])
