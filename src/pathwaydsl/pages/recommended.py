"""What is recommended: direction and strength in words, doses, cautions, who rated, on what.

Strength stands in words before any code, and a pinned evidence gap stands with the advice.
"""

from collections.abc import Iterator

from pathwaydsl.model.nodes import Act, Assess, Node, Treat
from pathwaydsl.model.recommendations import Balance, Rating, Vote
from pathwaydsl.model.regimens import Drug, Give, Regimen, Warning_
from pathwaydsl.model.values import Position
from pathwaydsl.model.wording import in_words, strength_in_words, within_in_words
from pathwaydsl.model.wording_regimens import (
    against_in_words,
    amount_in_words,
    drug_label,
    duration_in_words,
    monitoring_in_words,
    rating_in_words,
    schedule_in_words,
)
from pathwaydsl.pages import anchors
from pathwaydsl.pages.contents import Contents, code_line
from pathwaydsl.pages.document import (
    Block,
    Fact,
    Facts,
    Item,
    Line,
    Link,
    Listing,
    Notice,
    Paragraph,
    Prose,
    Section,
    Table,
    Target,
    Words,
    joined,
    plain,
)
from pathwaydsl.pages.lives import life_block


def recommendations(contents: Contents) -> tuple[Section, ...]:
    """A section for each treatment, and for each other step that recommends or advises against."""
    return tuple(_section(contents, node) for node in contents.steps if recommends(node))


def recommends(node: Node) -> bool:
    """Whether a step says what to do or not to do, so that it is told in full."""
    advice = node.recommendation
    return isinstance(node, Treat) or bool(
        advice.strength or advice.against or advice.good_practice
    )


def _section(contents: Contents, node: Node) -> Section:
    blocks = [
        _direction(contents, node),
        *_gaps(contents, node),
        *life_block(contents.lives, "recommendation", node.id),
    ]
    target = None
    regimen = _regimen_of(contents, node)
    if regimen is not None:
        if contents.first_with[regimen.id] == node.id:
            target = Target("regimen", regimen.id, regimen.label)
        blocks += _regimen(contents, regimen)
        blocks += _warnings(contents, regimen)
    blocks.append(_grounds(contents, node))
    blocks += positions(contents, node.recommendation.positions)
    if node.rationale:
        blocks.append(Prose(node.rationale))
    return Section(
        anchors.recommendation(contents.id, node.id),
        node.label,
        tuple(block for block in blocks if not isinstance(block, Facts) or block.rows),
        role="recommendation",
        target=target,
        aliases=tuple(anchors.recommendation(contents.id, old) for old in contents.old_ids(node)),
    )


def _regimen_of(contents: Contents, node: Node) -> Regimen | None:
    if not isinstance(node, Treat) or node.regimen is None:
        return None
    return contents.pathway.library.regimen.get(node.regimen)


def _direction(contents: Contents, node: Node) -> Block:
    advice = node.recommendation
    line: list[Words | Link] = []
    if advice.strength is not None:
        line.append(Words(f"{strength_in_words(advice.strength)} for", "for"))
    elif advice.good_practice is not None:
        line.append(Words("Good practice", "for"))
    elif not advice.against:
        line.append(Words("No strength stated", "quiet"))
    for against in advice.against:
        said = against_in_words(against, contents.pathway.library)
        line.append(Words(said, "against"))
    parts: list[Line] = [(piece,) for piece in line]
    step = (
        Words("Step "),
        *contents.step_link(node.id),
    )
    return Paragraph(joined((*parts, step), " · "), "direction")


def _gaps(contents: Contents, node: Node) -> Iterator[Block]:
    flags = node.recommendation.flags
    if flags:
        links = joined(tuple(contents.gap_link(flag) for flag in flags))
        word = "Evidence gap: " if len(flags) == 1 else "Evidence gaps: "
        yield Paragraph((Words(word, "strong"), *links), "gaps")


# what is given


def _regimen(contents: Contents, regimen: Regimen) -> Iterator[Block]:
    if regimen.gives:
        rows = tuple(row for give in regimen.gives for row in _rows(contents, give))
        header = ("Drug", "Dose", "Route", "How often, how long", "Stops")
        yield Table(header, rows, (24, 14, 10, 26, 26), "regimen")
    if regimen.notes:
        items = tuple(Item(plain(note)) for note in regimen.notes)
        yield Listing(items, role="notes")
    if regimen.codes:
        codes = joined(tuple(code_line(code) for code in regimen.codes))
        yield Paragraph((Words("Codes: ", "quiet"), *codes), "codes")


def _rows(contents: Contents, give: Give) -> Iterator[tuple[tuple[Block, ...], ...]]:
    library = contents.pathway.library
    for index, given in enumerate(give.drugs):
        name: list[Block] = [*plain(drug_label(given.drug, library))]
        if index:
            name = [Paragraph((Words("or ", "strong"), Words(drug_label(given.drug, library))))]
        if give.when is not None:
            name.append(Paragraph((Words(f"if {in_words(give.when, library)}", "quiet"),)))
        for number, phase in enumerate(given.phases):
            often = (schedule_in_words(phase.schedule), duration_in_words(phase))
            last = number == len(given.phases) - 1
            yield (
                tuple(name) if not number else plain("then"),
                plain(amount_in_words(phase.dose)),
                plain(_route(phase.route or given.phases[0].route)),
                plain(" ".join(part for part in often if part)),
                plain(_stop(give)) if last else plain("—"),
            )


def _stop(give: Give) -> str:
    return f"until {give.until}" if give.until else "not stated"


def _route(route: str | None) -> str:
    if route is None:
        return "not stated"
    return "by mouth" if route == "PO" else route


# to whom not


def _warnings(contents: Contents, regimen: Regimen) -> Iterator[Block]:
    library = contents.pathway.library
    drugs = [library.drug[name] for name in regimen.drugs if name in library.drug]
    for kind, title, chosen in (
        ("danger", "Contraindicated", [(drug, drug.contraindications) for drug in drugs]),
        ("caution", "Caution", [(drug, drug.cautions) for drug in drugs]),
    ):
        items = tuple(
            _warning(contents, drug, warning) for drug, warnings in chosen for warning in warnings
        )
        if items:
            yield Notice("danger" if kind == "danger" else "caution", title, (Listing(items),))


def _warning(contents: Contents, drug: Drug, warning: Warning_) -> Item:
    when = in_words(warning.when, contents.pathway.library)
    line: Line = (Words(f"{drug.label}: ", "strong"), Words(f"{when}. {warning.because}"))
    sources = contents.sources(warning.cites)
    if sources:
        line = (*line, Words(" (", "quiet"), *sources, Words(")", "quiet"))
    return Item((Paragraph(line),))


# on what grounds


def _grounds(contents: Contents, node: Node) -> Facts:
    library = contents.pathway.library
    advice = node.recommendation
    rows: list[Fact] = []
    ratings = tuple(_rating(contents, rating) for rating in advice.ratings)
    if ratings:
        rows.append(Fact("Rated", ratings))
    said = (
        ("Not graded", advice.ungraded),
        ("Good practice because", advice.good_practice),
        ("Beyond the evidence", advice.extrapolates),
    )
    rows += [Fact(term, plain(text)) for term, text in said if text]
    known = [link for name in advice.evidence if (link := contents.evidence_link(name))]
    if known:
        rows.append(Fact("Evidence", (Paragraph(joined(tuple(known))),)))
    if isinstance(node, Treat | Act):
        watched = tuple(
            Item(plain(monitoring_in_words(watch, library))) for watch in node.monitoring
        )
        if watched:
            rows.append(Fact("Monitor", (Listing(watched),)))
    if isinstance(node, Treat | Act | Assess) and node.within is not None:
        rows.append(Fact("When", plain(within_in_words(node.within, contents.pathway))))
    rows += _weighed(advice.balance)
    if advice.vote is not None:
        rows.append(Fact("Vote", plain(_vote(advice.vote))))
    if advice.dissent:
        rows.append(Fact("Dissent", plain(advice.dissent)))
    return Facts(tuple(rows), "grounds")


def _rating(contents: Contents, rating: Rating) -> Paragraph:
    line: Line = (Words(rating_in_words(rating, contents.pathway.library)),)
    if rating.by is None:
        line = (*line, Words(" — rated by the committee of this pathway"))
    elif (by := contents.evidence_link(rating.by)) is not None:
        line = (*line, Words(" — rated by "), *by)
    return Paragraph(line)


def _weighed(balance: Balance | None) -> Iterator[Fact]:
    if balance is None:
        return
    for term, text in (
        ("Benefits", balance.benefits),
        ("Harms", balance.harms),
        ("Values", balance.values),
        ("Cost", balance.cost),
        ("Equity", balance.equity),
        ("Feasibility", balance.feasibility),
        ("On balance favours", balance.favours),
    ):
        if text:
            yield Fact(term, plain(text))


def _vote(vote: Vote) -> str:
    if vote.share is not None:
        return f"{vote.share:f} % in favour"
    return f"{vote.in_favour} in favour, {vote.against} against, {vote.abstain} abstained"


def positions(contents: Contents, held: tuple[Position, ...]) -> Iterator[Block]:
    """Who holds what on a question, each with the source."""
    if not held:
        return
    items = []
    for position in held:
        line: Line = (Words(f"{position.who}: ", "strong"), Words(position.says))
        sources = contents.sources(position.cites)
        if sources:
            line = (*line, Words(" (", "quiet"), *sources, Words(")", "quiet"))
        items.append(Item((Paragraph(line),)))
    yield Paragraph((Words("What others say", "strong"),), "heading")
    yield Listing(tuple(items), role="positions")
