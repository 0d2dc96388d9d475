"""Files, what they bring in, and names across them."""

from pathwaydsl.model.units import Unit
from pathwaydsl.resolve import ResolveOptions

FRAIL = 'pathwaydsl 1\ncriterion frail "Frail" { yes or no }\ncriterion old "Old" { yes or no }\n'
UNFIT = 'condition unfit "Unfit" means frail\n'


def test_use_brings_in_everything_that_a_file_sees(resolved):
    """What a used file uses itself is brought in too."""
    middle = 'pathwaydsl 1\nuse "far.pathway"\n'
    project = resolved(
        f'use "middle.pathway"\n{UNFIT}', files={"middle.pathway": middle, "far.pathway": FRAIL}
    )
    assert not project.findings
    assert [c.id for c in project.document.library.criteria] == ["frail", "old"]
    assert project.document.own.criteria == ()
    assert [c.id for c in project.document.own.conditions] == ["unfit"]


def test_use_of_some_names_hides_the_others(resolved):
    """Only the names asked for can be written; the library holds the whole closure."""
    text = f'use frail from "far.pathway"\n{UNFIT}condition aged "Aged" means old\n'
    project = resolved(text, files={"far.pathway": FRAIL})
    assert project.codes == ["PW201"]
    [finding] = project.findings
    assert project.said(finding) == "old"
    assert "far.pathway" in (finding.help or "")
    assert [c.id for c in project.document.library.criteria] == ["frail", "old"]


def test_a_name_asked_for_that_the_file_lacks(resolved):
    """It is told once, at the `use`, and not again where it is written."""
    text = 'use fral from "far.pathway"\ncondition unfit "Unfit" means fral\n'
    project = resolved(text, files={"far.pathway": FRAIL})
    assert project.codes == ["PW201"]
    assert project.findings[0].help == "Did you mean `frail`?"


def test_a_gap_of_the_pathway_itself_is_suggested(resolved):
    """What is pinned may be a gap that stands among the boxes."""
    text = (
        'pathway demo "Demo" {\n  version 1.0.0  date 2025-01-01  status draft  start at care\n'
        '  act care "Care" {\n    flags how-son\n    then how-soon\n  }\n'
        '  gap how-soon "How soon?"\n}\n'
    )
    project = resolved(text)
    assert project.codes == ["PW201"]
    assert project.findings[0].help == "Did you mean `how-soon`?"


def test_a_missing_file_does_not_make_every_name_a_finding(resolved):
    """Who loads the files tells that one is missing; its names are not told one by one."""
    assert not resolved(f'use "nowhere.pathway"\n{UNFIT}').findings


def test_files_that_use_each_other_do_no_harm(resolved):
    """A circle of imports is told by who loads files; resolving comes to an end."""
    other = 'pathwaydsl 1\nuse "example.pathway"\n' + FRAIL.removeprefix("pathwaydsl 1\n")
    project = resolved(f'use "other.pathway"\n{UNFIT}', files={"other.pathway": other})
    assert set(project.documents) == {"example.pathway", "other.pathway"}


def test_one_name_in_two_files_of_a_closure(resolved):
    """It is one finding, with the other place as a label, however many files see both."""
    twin = 'pathwaydsl 1\ncriterion frail "Frail too" { yes or no }\n'
    uses = 'use "a.pathway"\nuse "b.pathway"\n'
    project = resolved(
        uses,
        files={"a.pathway": FRAIL, "b.pathway": twin, "third.pathway": f"pathwaydsl 1\n{uses}"},
    )
    assert project.codes == ["PW202"]
    [finding] = project.findings
    assert (finding.file, finding.labels[0].span.file) == ("b.pathway", "a.pathway")
    assert len(project.document.library.criteria) == 2


def test_one_name_in_files_that_nobody_uses_together(resolved):
    """Two libraries may use one name as long as no file sees both."""
    twin = 'pathwaydsl 1\ncriterion frail "Frail too" { yes or no }\n'
    assert not resolved(files={"a.pathway": FRAIL, "b.pathway": twin}).findings


def test_each_kind_has_its_own_names(resolved):
    """A drug, a regimen and a piece of evidence may share a name."""
    text = 'drug x "X"\nregimen x "X alone" { give x 5 mg daily }\nevidence x "X study"\n'
    assert not resolved(text).findings


def test_documents_on_the_same_files_share_one_library(resolved):
    """A library is resolved once, and its documents hold the same objects."""
    user = 'pathwaydsl 1\nuse "far.pathway"\npathway {} "P" {{ start at done end done "Done" }}\n'
    project = resolved(
        files={
            "far.pathway": FRAIL,
            "a-user.pathway": user.format("user-a"),
            "b-user.pathway": user.format("user-b"),
        }
    )
    one, two = project.documents["a-user.pathway"], project.documents["b-user.pathway"]
    assert one.library is two.library
    assert one.pathway is not None
    assert one.pathway.library is one.library


def test_a_project_may_add_units(resolved):
    """A unit of the configuration is a unit like any other."""
    text = 'criterion beads "Beads" { number 0..10 beads }'
    assert resolved(text).codes == ["PW209"]
    options = ResolveOptions(units=(Unit("beads", ("beads", "bead"), "bead"),))
    project = resolved(text, options=options)
    assert project.document.library.criterion["beads"].domain.unit == "beads"
    assert not project.findings


def test_two_pathways_in_one_file(resolved):
    """The second one is a finding; the first one stays."""
    text = (
        'pathwaydsl 1\npathway a "A" { start at x end x "X" }\n'
        'pathway b "B" { start at x end x "X" }\n'
    )
    project = resolved(files={"two.pathway": text})
    assert project.codes == ["PW226"]
    pathway = project.documents["two.pathway"].pathway
    assert pathway is not None
    assert pathway.id == "a"


def test_one_pathway_in_two_files(resolved):
    """Two files may not hold the same pathway, but a release of it is no other pathway."""
    text = 'pathwaydsl 1\npathway a "A" { start at x end x "X" }\n'
    assert resolved(files={"a.pathway": text, "b.pathway": text}).codes == ["PW202"]
    assert not resolved(files={"a.pathway": text, "releases/a/1.0.0.pathway": text}).findings


def test_names_in_what_could_not_be_read_are_not_told_again(resolved):
    """A definition that could not be read leaves no unknown names behind."""
    broken = 'pathwaydsl 1\ncriterion frail "Frail" { yes or or }\n' + UNFIT
    from pathwaydsl.resolve import resolve
    from pathwaydsl.syntax.reader import read
    from pathwaydsl.text.source import Source

    read_file = read(Source("b.pathway", broken))
    outcome = resolve({"b.pathway": read_file.value}, {})
    assert len(read_file.findings) == 1
    assert not outcome.findings


def test_a_likely_name_comes_with_a_mend_for_every_place(resolved):
    """Taking it writes the likely name everywhere the missing one stands."""
    text = (
        'criterion frail "Frail" { yes or no }\n'
        'condition a "A" means frial\ncondition b "B" means not frial\n'
    )
    [finding] = resolved(text).findings
    [fix] = finding.fixes
    assert [edit.text for edit in fix.edits] == ["frail", "frail"]
    assert fix.title == "write `frail`"


def test_a_scheme_of_the_language_has_no_place_in_the_project(resolved):
    """A finding about it points only into the author's own files."""
    [finding] = resolved('condition a "A" means had grade\n').findings
    assert finding.rule == "PW207"
    assert finding.labels == ()
