"""The flow as an ordered outline: every step with its number, and where one goes from there.

It says all that the flowchart says, so that a page reads without the picture.
"""

from collections.abc import Iterator

from pathwaydsl.model.nodes import (
    Act,
    Assess,
    Choose,
    Decide,
    During,
    End,
    Enter,
    GapNode,
    Node,
    Together,
    Treat,
)
from pathwaydsl.model.wording import (
    assignment_in_words,
    in_words,
    node_kind_in_words,
    option_in_words,
    strength_in_words,
    subject_label,
    within_in_words,
)
from pathwaydsl.model.wording_regimens import against_in_words
from pathwaydsl.pages import anchors
from pathwaydsl.pages.contents import Contents
from pathwaydsl.pages.document import (
    Block,
    Elsewhere,
    Item,
    Line,
    Link,
    Listing,
    Paragraph,
    Piece,
    Target,
    Words,
    joined,
)
from pathwaydsl.pages.recommended import positions, recommends

TO = " → "


def outline(contents: Contents) -> Iterator[Block]:
    """The steps as a numbered list, then what may happen at any time."""
    yield Listing(
        tuple(_step(contents, node) for node in contents.steps), numbered=True, role="outline"
    )
    durings = contents.pathway.durings
    if durings:
        yield Paragraph((Words("At any time", "strong"),), "heading")
        items = tuple(_during(contents, during) for during in durings)
        yield Listing(items, role="at-any-time")


def _step(contents: Contents, node: Node) -> Item:
    blocks: list[Block] = [Paragraph(_title(node), "step")]
    blocks += _said(contents, node)
    blocks += _ways(contents, node)
    return Item(
        tuple(blocks),
        anchors.step(contents.id, node.id),
        Target("step", f"{contents.id}.{node.id}", node.label),
        role=node.kind,
        aliases=tuple(anchors.step(contents.id, old) for old in contents.old_ids(node)),
    )


def _title(node: Node) -> Line:
    kind: Piece = Words(node_kind_in_words(node.kind), "gap" if node.kind == "gap" else "badge")
    return (kind, Words(" "), Words(node.label, "strong"))


def _said(contents: Contents, node: Node) -> Iterator[Block]:
    library = contents.pathway.library
    if isinstance(node, Assess) and node.measures:
        measured = tuple(_measured(contents, name) for name in node.measures)
        yield Paragraph((Words("Measures "), *joined(measured)))
    if recommends(node):
        yield Paragraph(_advice(contents, node))
    if isinstance(node, Treat | Act | Assess) and node.within is not None:
        yield Paragraph((Words(_capital(within_in_words(node.within, contents.pathway))),))
    if isinstance(node, Treat | Act | Enter) and node.sets:
        sets = "; ".join(assignment_in_words(each, library) for each in node.sets)
        yield Paragraph((Words(f"From then on: {sets}"),))
    if isinstance(node, GapNode):
        yield Paragraph((Words("Nobody knows yet: "), *contents.gap_link(node.id)))
        if node.gap.meanwhile:
            yield Paragraph((Words("Meanwhile: ", "strong"), Words(node.gap.meanwhile)))
    if isinstance(node, Choose):
        with_patient = " together with the patient" if node.with_patient else ""
        yield Paragraph((Words(f"Several options are right; the choice is made{with_patient}:"),))
    if node.recommendation.flags:
        links = tuple(contents.gap_link(flag) for flag in node.recommendation.flags)
        yield Paragraph((Words("Evidence gap pinned here: "), *joined(links)), "gaps")


def _measured(contents: Contents, criterion: str) -> Line:
    label = subject_label(criterion, contents.pathway.library)
    if criterion not in contents.pathway.library.criterion:
        return (Words(label),)
    return (Link(anchors.criterion(contents.id, criterion), label),)


def _advice(contents: Contents, node: Node) -> Line:
    advice = node.recommendation
    anchor = anchors.recommendation(contents.id, node.id)
    words: list[Line] = []
    if advice.strength is not None:
        words.append((Link(anchor, f"{strength_in_words(advice.strength)} for", "for"),))
    elif advice.good_practice is not None:
        words.append((Link(anchor, "Good practice", "for"),))
    for against in advice.against:
        said = against_in_words(against, contents.pathway.library)
        words.append((Link(anchor, said, "against"),))
    return joined(tuple(words), " · ") or (Link(anchor, "Regimen and doses"),)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# where one goes


def _ways(contents: Contents, node: Node) -> Iterator[Block]:
    match node:
        case Decide():
            yield from _branches(contents, node)
            yield from positions(contents, node.positions)
        case Choose():
            yield _options(contents, node)
            if node.considerations:
                items = tuple(Item((Paragraph((Words(text),)),)) for text in node.considerations)
                yield Paragraph((Words("To consider", "strong"),), "heading")
                yield Listing(items, role="considerations")
        case Together():
            strands = tuple(Item((Paragraph(contents.step_link(do)),)) for do in node.strands)
            yield Paragraph((Words("At the same time:"),))
            yield Listing(strands)
            if node.then is not None:
                yield _then(contents, "Once all are done", node.then)
        case Enter():
            name = node.pathway or ""
            line: Line = (Words("Go on in "), Elsewhere(name, node.label))
            if node.version is not None:
                line = (*line, Words(f", version {node.version}"))
            yield Paragraph(line)
        case End():
            yield Paragraph((Words("The pathway ends here", "quiet"),))
        case Assess() | Treat() | Act() | GapNode():
            if node.then is not None:
                yield _then(contents, "Then", node.then)
            else:
                yield Paragraph((Words("The way ends here", "quiet"),))


def _then(contents: Contents, word: str, target: str) -> Block:
    return Paragraph((Words(f"{word}{TO}"), *contents.step_link(target)), "way")


def _branches(contents: Contents, node: Decide | During) -> Iterator[Block]:
    library = contents.pathway.library
    ordered = isinstance(node, During) or node.first_match
    if ordered and isinstance(node, Decide):
        yield Paragraph((Words("The first that is true counts:", "quiet"),))
    items = []
    for branch in node.branches:
        if branch.when is not None:
            said = _capital(in_words(branch.when, library))
        else:
            said = "Not known" if branch.role == "unknown" else "Otherwise"
        line: list[Piece] = []
        if branch.label is not None:
            line += [Words(branch.label, "strong"), Words(f" ({said})", "quiet")]
        else:
            line.append(Words(said))
        line += [Words(TO), *contents.step_link(branch.target)]
        if branch.flags:
            links = joined(tuple(contents.gap_link(flag) for flag in branch.flags))
            line += [Words(" — evidence gap: "), *links]
        items.append(Item((Paragraph(tuple(line), "way"),)))
    yield Listing(tuple(items), numbered=ordered, role="branches")


def _options(contents: Contents, node: Choose) -> Block:
    library = contents.pathway.library
    items = []
    for option in node.options:
        line: list[Piece] = []
        if option.label is not None:
            line.append(Words(option.label, "strong"))
        open_to = option_in_words(option, library)
        if open_to is not None:
            line.append(Words(f" ({open_to})" if line else _capital(open_to), "quiet"))
        if option.preferred:
            line.append(Words(" — preferred"))
        line += [Words(TO if line else "→ "), *contents.step_link(option.target)]
        items.append(Item((Paragraph(tuple(line), "way"),)))
    return Listing(tuple(items), role="options")


def _during(contents: Contents, during: During) -> Item:
    where = joined(tuple(contents.step_link(node) for node in during.nodes))
    blocks: list[Block] = [Paragraph((Words("While at "), *where))]
    blocks += _branches(contents, during)
    return Item(tuple(blocks))
