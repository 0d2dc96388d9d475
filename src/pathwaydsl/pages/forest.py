"""Published ratios side by side: a forest plot beside its table, for each outcome and clock.

Studies share a plot only where they measured the same outcome by the same stated clock; a study
that states none stands alone. Medians never stand here.
"""

from collections.abc import Iterable, Sequence

from pathwaydsl.chart.forest_plot import Ratio, forest_plot
from pathwaydsl.model.wording import date_in_words
from pathwaydsl.pages import words
from pathwaydsl.pages.document import (
    Block,
    Drawn,
    Elsewhere,
    Paragraph,
    Section,
    Table,
    Words,
    plain,
)
from pathwaydsl.pages.effects import Effect

HEADER = ("Study", "What was measured", "Clock from", "Effect", "Published")
WIDTHS = (22, 28, 18, 18, 14)

UNSTATED = "not stated"


def forest(effects: Iterable[Effect]) -> tuple[Section, ...]:
    """A part for each outcome; in it a plot with its table for each kind of ratio and clock."""
    by: dict[str, dict[tuple[str, str, str], list[Effect]]] = {}
    for each in sorted(_unique(effects), key=_order):
        outcome = each.outcome
        clock = each.clock or ""
        alone = "" if each.clock else each.study[0]
        by.setdefault(outcome.lower(), {}).setdefault((each.kind, clock, alone), []).append(each)
    parts = []
    for number, (_, plots) in enumerate(sorted(by.items(), key=_most_told_first), 1):
        title = next(iter(plots.values()))[0].outcome
        blocks: list[Block] = []
        for index, rows in enumerate(plots[key] for key in sorted(plots, key=_first_stated)):
            blocks += _plot(f"forest-{number}-{index + 1}", rows)
        parts.append(Section(f"forest--{number}", title, tuple(blocks), role="forest"))
    return tuple(parts)


def _unique(effects: Iterable[Effect]) -> Iterable[Effect]:
    """Each result once, although several pathways cite it."""
    found: dict[tuple[object, ...], Effect] = {}
    for each in sorted(effects, key=lambda each: (each.use.pathway, each.use.anchor)):
        same = (each.study, each.name, each.clock, each.value, each.low, each.high, each.published)
        found.setdefault(same, each)
    return found.values()


def _order(each: Effect) -> tuple[str, ...]:
    return (
        each.outcome.lower(),
        each.kind,
        each.clock or "",
        each.study[1].lower(),
        str(each.published or ""),
        each.name,
        str(each.value),
    )


def _first_stated(key: tuple[str, str, str]) -> tuple[bool, tuple[str, str, str]]:
    return (not key[1], key)


def _most_told_first(
    told: tuple[str, dict[tuple[str, str, str], list[Effect]]],
) -> tuple[int, int, str]:
    """Outcomes that studies share by a clock first, then those of most studies."""
    outcome, plots = told
    shared = max(len({row.study for row in rows}) for rows in plots.values())
    every = {row.study for rows in plots.values() for row in rows}
    return -shared, -len(every), outcome


def _plot(prefix: str, rows: Sequence[Effect]) -> list[Block]:
    kind = words.ESTIMATE[rows[0].kind]
    clock = f"clock from: {rows[0].clock}" if rows[0].clock else "clock not stated"
    title = f"{kind}, {clock}"
    heading = title if rows[0].clock else f"{rows[0].study[1]}: {title}"
    ratios = [Ratio(_named(each, rows), each.value, each.low, each.high) for each in rows]
    blocks: list[Block] = [Paragraph((Words(heading, "strong"),), "heading")]
    table = Table(HEADER, tuple(_row(each) for each in rows), WIDTHS, "effects")
    if any(ratio.drawable for ratio in ratios):
        svg = forest_plot(
            ratios,
            prefix=prefix,
            title=f"{rows[0].outcome}: {heading}",
            lower="below 1",
            higher="above 1",
        )
        return [*blocks, Drawn(svg, (table,))]
    return [*blocks, table]


def _named(each: Effect, rows: Sequence[Effect]) -> str:
    """The study; with what sets it apart where it has several rows in the plot."""
    several = sum(row.study == each.study for row in rows) > 1
    rest = each.name.partition(",")[2].strip() or each.name
    return f"{each.study[1]}: {rest}" if several else each.study[1]


def _row(each: Effect) -> tuple[tuple[Block, ...], ...]:
    name: list[Block] = [
        Paragraph((Elsewhere(each.use.pathway, each.study[1], anchor=each.use.anchor),))
    ]
    if each.compares is not None:
        said = f"{each.compares[0]} with {each.compares[1]}"
        name.append(Paragraph((Words(said),), "detail"))
    measured: list[Block] = [*plain(each.name)]
    if each.marks:
        measured.append(Paragraph((Words(", ".join(each.marks)),), "detail"))
    ratio = Ratio("", each.value, each.low, each.high)
    effect: list[Block] = [Paragraph((Words(f"{ratio.value:f}", "strong"),))]
    if each.low is not None or each.high is not None:
        inside = ratio.said.partition("(")[2].rstrip(")")
        effect.append(Paragraph((Words(f"95 % CI {inside}"),), "detail"))
    return (
        tuple(name),
        tuple(measured),
        plain(each.clock or UNSTATED),
        tuple(effect),
        plain(date_in_words(each.published) if each.published else "—"),
    )
