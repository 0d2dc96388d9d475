"""A flattened file means what the working file meant on its date, and needs nothing else."""

from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from pathwaydsl.authoring.flattening import alone, flatten, same
from pathwaydsl.model.values import Version
from pathwaydsl.project.loading import load_project
from pathwaydsl.syntax.reader import read
from pathwaydsl.text.finding import Severity
from pathwaydsl.text.source import Source

SHIPPED = Path(__file__).parents[3] / "pathways"

LIBRARY = """\
pathwaydsl 1

# Who is fit?
criterion fit "Fit for treatment" {
  yes or no # asked by the nurse
}

criterion unused "Nobody asks" {
  yes or no
}

# A heading that belongs to nothing

criterion age "Age" {
  number 0..120 years
}

impossible when fit and age > 110 years because "nobody is"
impossible when unused because "nobody asks"

drug trastuzumab "Trastuzumab" {
  caution when age >= 80 years because "the heart" cite study
}

evidence study "A study" {
  kind trial
  published 2015
  # the first report
  outcome os "Overall survival" {
    published 2019-06-01
    descriptive
  }
  # the late report
  outcome late "Overall survival, later" {
    published 2024-06-01
    descriptive
  }
  retracted 2025-01-01
}
"""

WORKING = """\
# Licence: free
pathwaydsl 1

# These are ours
use "library.pathway"

regimen antibody "Trastuzumab alone" {
  give trastuzumab 6 mg/kg IV every 3 weeks until "progression"
}

# The one way
pathway example "An example" {
  version 1.0.0 # the first
  date 2020-01-02
  status draft
  population "Adults"
  eligible everyone
  start at look

  assess look "Look" {
    measures fit
    then choice
  }

  decide choice "Fit?" {
    when fit -> treatment
    when not fit -> next
  }

  treat treatment "Treat" {
    regimen antibody
    recommend for strong
    ungraded because "it is an example"
    evidence study
    then done
  }

  enter next "Go on" {
    pathway other
  }

  end done "Done"
}

# Everybody knows her
case "Fit" {
  given fit
  expect treatment
}
# That is all
"""

OTHER = """\
pathwaydsl 1

pathway other "Another" {
  version 3.1.0
  date 2020-01-01
  status draft
  population "Adults"
  eligible everyone
  start at done
  end done "Done"
}
"""


@pytest.fixture
def flat(tmp_path):
    """Flatten a working file beside a library and a pathway that it enters."""

    def flat(working=WORKING, library=LIBRARY):
        (tmp_path / "pathwaydsl.toml").write_text("")
        (tmp_path / "library.pathway").write_text(library)
        (tmp_path / "other.pathway").write_text(OTHER)
        (tmp_path / "working.pathway").write_text(working)
        project = load_project([tmp_path / "working.pathway"], checked=False)
        outcome = flatten(
            project.files["working.pathway"],
            project.files,
            project.documents["working.pathway"],
            entered={"other": Version(3, 1, 0)},
        )
        assert outcome.findings == ()
        return outcome.value.text

    return flat


def test_everything_used_comes_along_and_nothing_else(flat):
    """Definitions used through others are flattened in; those nobody uses stay out."""
    text = flat()
    for opening in ("criterion fit", "criterion age", "drug trastuzumab", "evidence study"):
        assert text.count(f"\n{opening} ") == 1
    assert "unused" not in text
    assert "\nuse " not in text
    assert "impossible when fit and age > 110 years" in text


def test_comments_of_definitions_survive(flat):
    """Comments that stand with a definition, in it and behind it come along."""
    text = flat()
    for comment in (
        "# Licence: free\n",
        "# These are ours\n",
        "# Who is fit?\ncriterion fit",
        "yes or no # asked by the nurse",
        "# The one way\npathway",
        "version 1.0.0 # the first",
        "# Everybody knows her\ncase",
        "# That is all",
        "# the first report",
    ):
        assert comment in text
    assert "A heading that belongs to nothing" not in text


def test_results_from_later_stay_out(flat):
    """A release holds only what was known on its date."""
    text = flat()
    assert "outcome os" in text
    assert "outcome late" not in text
    assert "the late report" not in text
    assert "retracted" not in text
    later = flat(WORKING.replace("2020-01-02", "2025-06-01"))
    assert "outcome late" in later
    assert "retracted 2025-01-01" in later


def test_the_version_of_a_pathway_it_enters_is_recorded(flat):
    """`enter` says which version; one that is written stays."""
    assert "pathway other version 3.1.0" in flat()
    assert "version 2.0.0" in flat(WORKING.replace("pathway other", "pathway other version 2.0.0"))


def test_the_order_does_not_depend_on_the_libraries(flat, tmp_path):
    """Definitions stand by kind and id, wherever they were written."""
    head, _, rest = LIBRARY.partition("# Who is fit?\n")
    first, _, others = rest.partition("\n}\n\n")
    moved = f"{head}{others}\n# Who is fit?\n{first}\n}}\n"
    assert flat(library=moved) == flat()


def test_flattening_again_changes_nothing(flat):
    """A release is its own flattened form, found without its libraries."""
    text = flat()
    source = Source("release.pathway", text)
    file = read(source).value
    again = flatten(file, {source.name: file}, alone(source).value)
    assert again.value.text == text


@pytest.mark.parametrize("name", ["first-line", "second-line", "cns"])
def test_the_shipped_pathways_mean_the_same_alone(name):
    """Flattened, a pathway of the real content means the same without its libraries."""
    file = SHIPPED / "her2-mbc" / f"{name}.pathway"
    project = load_project([file], checked=False)
    key = project.asked[0]
    outcome = flatten(project.files[key], project.files, project.documents[key])
    assert outcome.findings == ()
    read_again = alone(Source("release.pathway", outcome.value.text))
    assert not [f for f in read_again.findings if f.severity is Severity.ERROR]
    old, new = project.documents[key].pathway, read_again.value.pathway
    assert new.nodes == old.nodes
    assert new.cases == old.cases
    assert same(evolve(old, library=new.library), new)


_NAMES = ("a", "b", "c", "d", "e")


@st.composite
def _libraries(draw):
    """Criteria and conditions that use each other, spread over three files, and what is used."""
    files = {"criteria": [], "conditions": [], "own": []}
    for number, name in enumerate(_NAMES):
        comment = draw(st.sampled_from(["", f"# about {name}\n", f"# far\n\n# near {name}\n"]))
        if number == 0 or draw(st.booleans()):
            written = f'criterion {name} "The {name}" {{ yes or no }} # behind {name}\n'
            home = "criteria"
        else:
            other = draw(st.sampled_from(_NAMES[:number]))
            written = f'condition {name} "The {name}" means not {other}\n'
            home = "conditions"
        files[draw(st.sampled_from([home, "own"]))].append(comment + written)
    used = draw(st.lists(st.sampled_from(_NAMES), min_size=1, unique=True))
    return {name: draw(st.permutations(made)) for name, made in files.items()}, used


@given(_libraries(), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=60, deadline=None)
def test_any_library_is_flattened_without_loss(tmp_path_factory, library, ends):
    """However definitions are spread and used, the release means what the files mean."""
    files, used = library
    folder = tmp_path_factory.mktemp("flat")
    (folder / "pathwaydsl.toml").write_text("")
    branches = "\n".join(f"when {name} -> done" for name in used)
    texts = {
        "criteria": files["criteria"],
        "conditions": ['use "criteria.pathway"\nuse "own.pathway"\n', *files["conditions"]],
        "own": ['use "criteria.pathway"\n', *files["own"]],
        "p": [
            'use "conditions.pathway"\npathway way "Way" {\nversion 1.0.0\ndate 2020-01-01\n',
            f'status draft\neligible everyone\nstart at q\ndecide q "Q" {{\n{branches}\n',
            'otherwise -> done }\nend done "Done" }\n',
        ],
    }
    for name, pieces in texts.items():
        text = "pathwaydsl 1\n" + "".join(pieces)
        (folder / f"{name}.pathway").write_bytes(text.replace("\n", ends).encode())
    project = load_project([folder / "p.pathway"], checked=False)
    unseen = {"PW201", "PW207"}  # a definition of our own asks for one that stands above it
    assert {f.rule for f in project.errors} <= unseen
    if project.errors:
        return
    outcome = flatten(project.files["p.pathway"], project.files, project.documents["p.pathway"])
    assert outcome.findings == ()
    text = outcome.value.text
    again = alone(Source("r.pathway", text)).value.pathway
    assert again.nodes == project.documents["p.pathway"].pathway.nodes
    assert "\r" not in text
    assert "\nuse" not in text
    for name in used:
        assert f" {name} " in text
        if f"# near {name}\n" in "".join(piece for made in files.values() for piece in made):
            assert f"# near {name}\n" in text
    assert "# far" not in text
