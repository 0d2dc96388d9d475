"""The shipped pathways resolve whole, and damaged ones never stop the program."""

import importlib.util
import random
import sys
from pathlib import Path, PurePosixPath

import pytest

from pathwaydsl.resolve import resolve
from pathwaydsl.syntax.reader import imports, read
from pathwaydsl.text.source import Source

PATHWAYS = Path(__file__).parents[3] / "pathways"
SLIPS = Path(__file__).parents[1] / "syntax" / "slips.py"


@pytest.fixture(scope="module")
def trees():
    """Every shipped file as it is read, by its name."""
    found = {}
    for path in sorted(PATHWAYS.rglob("*.pathway")):
        if "releases" in path.parts:
            continue
        name = path.relative_to(PATHWAYS).as_posix()
        outcome = read(Source(name, path.read_text(encoding="utf-8")))
        assert not outcome.findings
        found[name] = outcome.value
    return found


def _targets(trees):
    return {
        (name, use.path): _normal(PurePosixPath(name).parent / use.path)
        for name, file in trees.items()
        for use in imports(file)
    }


def _normal(path):
    parts = []
    for part in path.parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def test_the_shipped_pathways_have_no_finding(trees):
    """Every name, value and unit in them is known."""
    outcome = resolve(trees, _targets(trees))
    assert [f.message for f in outcome.findings] == []
    pathway = outcome.value["her2-mbc/first-line.pathway"].pathway
    assert pathway is not None
    assert str(pathway.version) == "3.0.0"
    assert len(pathway.cases) >= 8
    assert pathway.start in pathway.node


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_file_still_gives_a_document(trees, seed):
    """Whatever was put together by repair, every file has its document."""
    chance = random.Random(seed)
    name = chance.choice(sorted(trees))
    text = trees[name].source.text
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(text))
        put = chance.choice(["", "{", "}", '"', ",", "->", " x ", "is", "not "])
        text = text[:start] + put + text[start + chance.randint(0, 12) :]
    damaged = {**trees, name: read(Source(name, text)).value}
    assert set(resolve(damaged, _targets(trees)).value) == set(trees)


def test_slips_that_reading_tells_are_not_told_again(trees):
    """Of 60 files with up to six slips each, nearly none has a finding about names on top."""
    spec = importlib.util.spec_from_file_location("slips", SLIPS)
    assert spec is not None
    assert spec.loader is not None
    slips = importlib.util.module_from_spec(spec)
    sys.modules["slips"] = slips
    spec.loader.exec_module(slips)
    chance = random.Random(11)
    told_again = 0
    for _ in range(60):
        name = chance.choice(sorted(trees))
        text, _ = slips.with_slips(trees[name].source.text, chance.randint(1, 6), chance)
        damaged = {**trees, name: read(Source(name, text)).value}
        told_again += bool(resolve(damaged, _targets(trees)).findings)
    assert told_again <= 1
