"""Who is handed over to another pathway has an answer where that is proved for them there."""

from __future__ import annotations

import pytest

from pathwaydsl.logic.outcomes import outcomes
from pathwaydsl.project.loading import load_project

LIBRARY = """pathwaydsl 1

criterion brain "Brain metastases" {
  one of stable "stable", active "active"
}

criterion fit "Fit" {
  yes or no
}
"""

BODY = """pathwaydsl 1

use "library.pathway"

pathway body "The body" {
  version 1.0.0
  date 2026-01-01
  status draft
  population "Everyone"
  eligible when brain in {stable, active}
  start at look

  assess look "Look" {
    measures brain
    then which
  }

  decide which "Which?" {
    when brain is active -> brain-pathway
    when brain is stable -> therapy
  }

  enter brain-pathway "Brain" {
    pathway brain
  }

  act therapy "Therapy" {
    good-practice because "It helps"
    then done
  }

  end done "Done"
}
"""

BRAIN = """pathwaydsl 1

use "library.pathway"

pathway brain "The brain" {
  version 1.0.0
  date 2026-01-01
  status draft
  population "Everyone"
  eligible when brain in {stable, active}
  start at which

  decide which "Which?" {
    when brain is active -> local
    when brain is stable -> body-pathway
  }

  act local "Local therapy" {
    good-practice because "It helps"
    then done
  }

  enter body-pathway "Body" {
    pathway body
  }

  end done "Done"
}
"""


@pytest.fixture
def told(tmp_path):
    """What is told of both pathways, by id."""

    def tell(body=BODY, brain=BRAIN):
        texts = {"library": LIBRARY, "body": body, "brain": brain}
        for name, text in texts.items():
            (tmp_path / f"{name}.pathway").write_text(text)
        (tmp_path / "pathwaydsl.toml").write_text("")
        project = load_project([tmp_path])
        others = {d.pathway.id: d.pathway for d in project.documents.values() if d.pathway}
        return {name: outcomes(pathway, others) for name, pathway in others.items()}

    return tell


def obstacles(outcome):
    return [(each.kind, each.node, each.other) for each in outcome.obstacles]


def test_handing_over_is_answered_where_the_other_pathway_is_proved(told):
    """Who is handed over for an active brain is not who is handed back for a stable one."""
    found = told()
    assert obstacles(found["body"]) == []
    assert obstacles(found["brain"]) == []
    assert found["body"].proved


def test_handing_to_and_fro_is_no_answer(told):
    """Where those who are handed over come back at once, it is not proved of either pathway."""
    brain = BRAIN.replace("-> local", "-> body-pathway").replace(
        "when brain is stable -> body-pathway", "when brain is stable -> local"
    )
    found = told(brain=brain)
    assert obstacles(found["body"]) == [("other-pathway", "brain-pathway", "brain")]
    assert obstacles(found["brain"]) == [("other-pathway", "body-pathway", "body")]


def test_what_is_set_on_leaving_counts_on_arrival(told):
    """A value that the handover sets is the one that the other pathway goes by."""
    body = BODY.replace("pathway brain\n", "pathway brain\n    sets brain is stable\n")
    assert obstacles(told(body=body)["body"]) == [("other-pathway", "brain-pathway", "brain")]


def test_an_answer_before_the_handover_is_enough(told):
    """Who had an answer and is handed on and on has had one."""
    brain = BRAIN.replace("then done\n", "then body-pathway\n", 1)
    brain = brain.replace('\n  end done "Done"\n', "")
    found = told(brain=brain)
    assert obstacles(found["body"]) == []
    assert obstacles(found["brain"]) == []


def test_a_pathway_that_is_not_proved_is_told_once(told):
    """Where the other pathway ends for some without an answer, that alone is told."""
    brain = BRAIN.replace("-> local", "-> done").replace(
        "stable -> body-pathway", "stable -> local"
    )
    brain = brain.replace('  enter body-pathway "Body" {\n    pathway body\n  }\n\n', "")
    found = told(brain=brain)
    assert obstacles(found["brain"]) == [("unanswered-end", "done", None)]
    assert obstacles(found["body"]) == [("other-pathway", "brain-pathway", "brain")]


def test_who_is_not_for_the_other_pathway_has_no_answer_there(told):
    """Patients handed to a pathway whose `eligible` leaves them out stand in the way."""
    brain = BRAIN.replace(
        "eligible when brain in {stable, active}", "eligible when brain is stable"
    )
    brain = brain.replace("    when brain is active -> local\n", "")
    found = told(brain=brain)
    assert ("outside", "brain-pathway", "brain") in obstacles(found["body"])


def test_a_pathway_for_everyone_leaves_nobody_out(told):
    """Without a condition of its own the other pathway is for whoever is handed over."""
    work_up = "  assess look {\n    measures brain\n    then which\n  }\n\n"
    brain = BRAIN.replace("eligible when brain in {stable, active}", "eligible everyone")
    brain = brain.replace("start at which\n", "start at look\n")
    brain = brain.replace("  decide which", f"{work_up}  decide which")
    assert "outside" not in [kind for kind, *_ in obstacles(told(brain=brain)["body"])]
