"""Every published result in the library is the one that was published.

`published_results.tsv` holds the figures as they were verified, one row a result; a blank cell
means "not verified".
The rows and the `.pathway` files were written apart from each other, so a slip in one shows.
"""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

from pathwaydsl.project.loading import load_project

HERE = Path(__file__).parent
ROWS = list(
    csv.DictReader(
        (HERE / "published_results.tsv").read_text("utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)
MORE = {
    "db09-dor": ("39.2", "26.4"),
    "db09-ild-fatal": ("0.5",),
    "db09-severe-events": ("63.5", "62.3"),
    "db09-discontinued": ("20.7", "28.3"),
    "her2climb05-cns-pfs": ("not reached", "not reached"),
    "phila-os-5y-update": ("65.7", "58.5"),
    "db01-orr": ("62.0",),
    "her2climb-os-2y": ("44.9", "26.6"),
}
"""Verified figures that stand in the text of the facts and in no row of the table."""

NOT_REACHED = {"NR", "NC", "NE"}
NO_VALUE = {"", "immature", "ongoing"}


@pytest.fixture(scope="module")
def results():
    """Each result of the library by its id, with the study it belongs to."""
    project = load_project([HERE.parents[1] / "pathways"])
    return {
        result.id: (study, result)
        for document in project.documents.values()
        for study in document.own.evidence
        for result in study.outcomes
    }


def number(text):
    return None if text in NOT_REACHED else Decimal(text)


def cell_values(cell):
    """A cell as (value, interval, count, total) for each arm in it."""
    for part in cell.split(" / "):
        if part in NO_VALUE or "RECALLED" in part:
            continue
        interval = re.search(r"95% CI ([\d.]+)-([\d.]+|NR|NC|NE)", part)
        ends = (number(interval[1]), number(interval[2])) if interval else None
        if events := re.match(r"(\d+)(?:/(\d+))? \(([\d.]+)%\)", part):
            total = int(events[2]) if events[2] else None
            yield Decimal(events[3]), ends, int(events[1]), total
        else:
            yield number(part.split()[0]), ends, None, None


def arm_values(arm):
    ends = arm.interval and (arm.interval.low.number, arm.interval.high.number)
    count = arm.events.count if arm.events else None
    return arm.value.number if arm.value else None, ends, count


def test_every_row_has_its_result_and_every_result_its_row(results):
    """The library holds the verified results and no other."""
    rows = {row["key"].replace("_", "-") for row in ROWS}
    assert rows | set(MORE) == set(results)
    assert not rows & set(MORE)
    assert len(ROWS) == 95


@pytest.mark.parametrize(("key", "values"), MORE.items())
def test_figures_beside_the_table(key, values, results):
    """Figures that are verified beside the table stand as they are verified."""
    _, result = results[key]
    written = [str(arm.value.number) if arm.value.reached else "not reached" for arm in result.arms]
    assert tuple(written) == values
    assert result.estimate is None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_values_of_the_arms(row, results):
    """Value, interval and events of each arm stand as published."""
    _, result = results[row["key"].replace("_", "-")]
    published = [*cell_values(row["experimental"]), *cell_values(row["control"])]
    written = [arm for arm in result.arms if arm.value is not None]
    assert len(written) == len(published)
    for arm, (value, ends, count, total) in zip(written, published, strict=True):
        assert arm_values(arm) == (value, ends, count)
        if arm.value.reached:
            assert str(arm.value.number) == str(value)
        if total is not None:
            assert arm.events.total == total


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_estimates(row, results):
    """A hazard ratio and its interval stand with the digits that were published."""
    _, result = results[row["key"].replace("_", "-")]
    estimate = result.estimate
    if not row["hr"]:
        assert estimate is None or estimate.kind == "difference"
        return
    assert estimate.kind == "hazard-ratio"
    assert str(estimate.value) == row["hr"]
    if row["ci"]:
        low, high = row["ci"].split("-")
        assert (str(estimate.interval.low.number), str(estimate.interval.high.number)) == (
            low,
            high,
        )
    else:
        assert estimate.interval is None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_where_it_was_published(row, results):
    """Year, DOI, PMID and registry id stand as published, and nothing beyond them."""
    study, result = results[row["key"].replace("_", "-")]
    published = result.published or study.published
    assert (str(published.year) if published else "") == row["year"]
    codes = {c.code.scheme: c.code.value for c in (*study.cites, *result.cites) if c.code}
    assert codes.get("doi", "") == row["doi"]
    assert codes.get("pmid", "") == row["pmid"]
    assert (study.trial.value if study.trial and study.trial.registry == "nct" else "") == row[
        "nct"
    ]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_how_many_took_part(row, results):
    """Where a plain count was verified, the study was as large."""
    study, result = results[row["key"].replace("_", "-")]
    if row["n"].isdigit() and study.enrolled is not None:
        totals = {arm.events.total for arm in result.arms if arm.events}
        assert int(row["n"]) <= study.enrolled or int(row["n"]) in totals


def test_every_result_says_where_it_stands(results):
    """No figure stands without a citation or a note that tells its source."""
    for study, result in results.values():
        assert any(study.cites) or any(result.cites) or any(result.notes), result.id
