"""Large and contradictory input: an answer or "undecided", in bounded time and memory."""

import resource
import time

import pytest

from pathwaydsl.project.loading import load_project

HEAD = """pathwaydsl 1

{above}

pathway {name} "Large" {{
  version 1.0.0
  date 2025-01-01
  status draft
  population "Adults"
  {eligible}
  start at care
{nodes}
}}
"""


def file_of(nodes, above="", name="large", eligible="eligible everyone"):
    """A file with one pathway."""
    return HEAD.format(nodes=nodes, above=above, name=name, eligible=eligible)


@pytest.fixture
def loaded(tmp_path):
    """The rules found in files, within a minute and without eating the memory."""

    def load(**files):
        (tmp_path / "pathwaydsl.toml").write_text("", encoding="utf-8")
        for name, text in files.items():
            (tmp_path / f"{name}.pathway").write_text(text, encoding="utf-8")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.monotonic()
        project = load_project([tmp_path])
        assert time.monotonic() - start < 60
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1_000_000
        return list(project.findings)

    return load


def rules(findings):
    """The codes of findings."""
    return [one.rule for one in findings]


NUMBER = 'criterion x "X" {\n  number 0..100000 days\n}'


def test_ten_thousand_thresholds_on_one_criterion(loaded):
    """Ten thousand ranges side by side are decided, and the one left out has its witness."""
    lines = [f"when x from {i} to under {i + 1} days -> done" for i in range(10_000)]

    def decided(lines):
        body = "\n    ".join((*lines, "when x >= 10000 days -> done"))
        return file_of(
            '\n  assess care "Care" {\n    measures x\n    then which\n  }\n'
            f'\n  decide which "Which?" {{\n    {body}\n  }}\n\n  end done "Done"',
            NUMBER,
        )

    found = loaded(a=decided([*lines[:5000], *lines[5001:]]))
    assert rules(found) == ["PW301"]
    assert "X is from 5000 to under 5001 days" in found[0].message


def test_sixty_criteria_in_one_decision(loaded):
    """Sixty criteria in one condition are decided, and so are the patients it leaves."""
    names = [f"c{i}" for i in range(60)]
    above = "\n".join(f'criterion {name} "C{name}" {{\n  yes or no\n}}' for name in names)
    found = loaded(
        a=file_of(
            f'\n  assess care "Care" {{\n    measures {", ".join(names)}\n    then which\n  }}\n'
            f'\n  decide which "Which?" {{\n    when {" and ".join(names)} -> done\n'
            f'    when not ({" or ".join(names)}) -> done\n  }}\n\n  end done "Done"',
            above,
        )
    )
    assert rules(found) == ["PW301"]


CONTRADICTORY = (
    'impossible when pregnant because "one"\n\nimpossible when not pregnant because "two"'
)
PREGNANT = 'criterion pregnant "Pregnant" {\n  yes or no\n}\n\n'


def test_contradictory_rules_at_the_start_are_one_finding(loaded):
    """Where `eligible` asks for it nobody is left, and the rules are pointed at."""
    nodes = '\n  act care "Care" {\n    then done\n  }\n\n  end done "Done"'
    (found,) = loaded(
        a=file_of(
            nodes,
            PREGNANT.replace("yes or no", "yes or no\n  may be unknown") + CONTRADICTORY,
            eligible="eligible when pregnant is known",
        )
    )
    assert found.rule == "PW308"
    assert len(found.labels) == 2


def test_contradictory_rules_on_the_way_are_one_finding(loaded):
    """However many boxes measure it, the rules that leave no value are one finding."""
    nodes = """
  assess care "Care" {
    measures pregnant
    then again
  }

  assess again "Again" {
    measures pregnant
    then which
  }

  decide which "Which?" {
    when pregnant -> done
    when not pregnant -> done
  }

  end done "Done"
"""
    (found,) = loaded(a=file_of(nodes, PREGNANT + CONTRADICTORY))
    assert found.rule == "PW334"
    assert len(found.labels) == 2


def test_pathways_that_enter_each_other_are_followed_once(loaded):
    """Two pathways that enter each other are no mistake and no endless walk."""

    def entering(name, other):
        return file_of(
            '\n  assess care "Care" {\n    measures pregnant\n    then which\n  }\n'
            '\n  decide which "Which?" {\n    when pregnant -> over\n'
            "    when not pregnant -> done\n  }\n"
            f'\n  enter over "Over" {{\n    pathway {other}\n  }}\n\n  end done "Done"',
            'use "criteria.pathway"',
            name,
        )

    criteria = "pathwaydsl 1\n\n" + PREGNANT
    found = loaded(criteria=criteria, a=entering("here", "there"), b=entering("there", "here"))
    assert found == []


def test_a_score_of_forty_parts(loaded):
    """A score of forty parts is decided on both sides of its threshold."""
    names = [f"c{i}" for i in range(40)]
    above = "\n".join(f'criterion {name} "C{name}" {{\n  yes or no\n}}' for name in names)
    points = "\n".join(f"  {1 + i % 3} points when {name}" for i, name in enumerate(names))
    points = points.replace("  1 points", "  1 point")
    nodes = (
        f'\n  assess care "Care" {{\n    measures {", ".join(names)}\n    then which\n  }}\n'
        '\n  decide which "Which?" {\n    when risk >= 20 -> done\n    when risk < 20 -> care\n'
        '  }\n\n  end done "Done"'
    )
    assert loaded(a=file_of(nodes, f'{above}\n\nscore risk "Risk" {{\n{points}\n}}')) == []


CASES = """
  assess care "Care" {
    measures pregnant
    then which
  }

  decide which "Which?" {
    when pregnant -> done
    when not pregnant -> care
  }

  end done "Done"
"""


@pytest.mark.parametrize(
    ("lines", "rule", "word"),
    [
        ("given height = 3 cm\n  expect done", "PW201", "height"),
        ("given pregnant, not pregnant\n  expect done", "PW216", "pregnant"),
        ("given pregnant\n  expect nowhere", "PW201", "nowhere"),
        ("given pregnant\n  at nowhere given not pregnant\n  expect done", "PW201", "nowhere"),
        ("given pregnant\n  expect never nowhere", "PW201", "nowhere"),
    ],
)
def test_a_case_that_names_what_is_not_there(loaded, lines, rule, word):
    """An unknown criterion or box, and a value given twice, are one clear finding each."""
    (found,) = loaded(a=file_of(CASES, PREGNANT) + f'\ncase "A patient" {{\n  {lines}\n}}\n')
    assert found.rule == rule
    assert word in found.message
