"""What the extension's pages hold, and that every builder can write them."""

from __future__ import annotations

import pytest
from lxml import html


@pytest.fixture
def basic(root):
    return root("basic").build()


def body(built, name):
    """A page as a tree."""
    return html.fromstring(built.text(name))


def words(element):
    """The text of an element with single blanks."""
    return " ".join(element.text_content().split())


def test_builds_without_warnings(basic):
    """A sound project has nothing to warn of."""
    assert basic.warnings == []


def test_head_stands_on_top(basic):
    """Version, status, date and population come before anything else."""
    head = body(basic, "first.html").xpath("//dl[contains(@class, 'pathway-head')]")[0]
    said = words(head)
    assert "2.0.0" in said
    assert "Published" in said
    assert "24 December 2025" in said
    assert "Adults who read examples" in said


def test_parts_stand_in_order(basic):
    """Summary, flowchart, advice, who gets what, outline, evidence, gaps, cases and the rest."""
    titles = [words(h2) for h2 in body(basic, "first.html").xpath("//h2")]
    titles = [title.rstrip("¶") for title in titles]
    assert titles == [
        "Summary",
        "Flowchart",
        "What is recommended",
        "Who gets what",
        "The flow, step by step",
        "Evidence",
        "Evidence gaps",
        "Patient cases",
        "What is asked of a patient",
        "How to cite",
        "Notes",
    ]


def test_every_link_in_the_page_has_its_anchor(basic):
    """No link inside a page leads nowhere."""
    for name in ("first.html", "second.html", "index.html", "referring.html"):
        tree = body(basic, name)
        for href in tree.xpath("//a/@href"):
            page, _, anchor = href.partition("#")
            if not anchor or "://" in href:
                continue
            target = body(basic, page) if page else tree
            assert target.xpath("//*[@id=$id]", id=anchor), f"{name}: {href}"


def test_ids_are_unique(basic):
    """No id stands twice in a page."""
    for name in ("first.html", "second.html"):
        ids = body(basic, name).xpath("//@id")
        assert len(ids) == len(set(ids))


def test_strength_stands_in_words_before_codes(basic):
    """The direction comes first, then who rated how."""
    said = words(
        body(basic, "first.html").xpath("//*[@id='first-line--recommendation--both-drugs']")[0]
    )
    assert said.index("Strong recommendation for") < said.index("Rated")
    assert "rated by ASCO 2022" in said


def test_every_drug_shows_dose_route_schedule_and_stop(basic):
    """The regimen is a table with a row for each phase."""
    table = body(basic, "first.html").xpath("//table[contains(@class, 'pathway-regimen')]")[0]
    rows = [[words(td) for td in tr.xpath("./td")] for tr in table.xpath(".//tbody/tr")]
    assert rows[0][:4] == ["alphamab", "8 mg/kg", "IV", "once"]
    assert rows[1] == ["then", "6 mg/kg", "IV", "every 3 weeks", "until progression"]
    assert rows[2][0] == "betataxel"
    assert rows[2][3] == "every 3 weeks for at least 6 cycles"


def test_contraindications_and_cautions_stand_with_the_regimen(basic):
    """What travels with a drug is shown with its source."""
    section = body(basic, "first.html").xpath("//*[@id='first-line--recommendation--both-drugs']")[
        0
    ]
    said = words(section)
    assert "Contraindicated" in said
    assert "Harms the fetus (Label of alphamab)" in said
    assert "Caution" in said


def test_results_published_later_stay_out(basic):
    """What was published after the pathway's date is not on its page."""
    text = words(body(basic, "first.html"))
    assert "Progression-free survival" in text
    assert "57.1" not in text
    assert "2026-03" not in text


def test_results_are_shown_whole(basic):
    """Estimate, interval, p, assessor, clock, publication and source."""
    row = words(body(basic, "first.html").xpath("//table[contains(@class, 'pathway-results')]")[0])
    for part in (
        "Hazard ratio 0.62",
        "95 % CI 0.51 to 0.75",
        "p < 0.001, two-sided",
        "independent review",
        "randomisation",
        "2012",
        "18.5 months (95 % CI 15.1 to not reached)",
        "DOI 10.1056/NEJMoa1113216",
    ):
        assert part in row


def test_gaps_say_all_that_is_known_of_them(basic):
    """The question in four parts, kind, priority, status, trials and where it is pinned."""
    text = words(body(basic, "first.html").xpath("//*[@id='first-line--section--gaps']")[0])
    for part in (
        "Evidence gap G",
        "How long should alphamab go on?",
        "Long control",
        "De-escalation",
        "High",
        "Under study, raised 1 May 2023, review by 1 May 2026",
        "NCT05721248",
        "Alphamab with betataxel",
    ):
        assert part in text


def test_outline_reads_without_the_picture(basic):
    """Every step stands in the outline with where one goes from it."""
    outline = body(basic, "first.html").xpath("//ol[contains(@class, 'pathway-outline')]")[0]
    said = [words(item) for item in outline.xpath("./li")]
    assert len(said) == 7
    assert "LVEF is 50 % or more → 4. Alphamab with betataxel" in said[2]
    assert "Not known → 1. Work-up" in said[2]
    assert "Go on in Second line of an example" in said[5]


def test_cases_are_told_in_words(basic):
    """A case shows what is given and what is expected."""
    said = words(body(basic, "first.html").xpath("//*[@id='first-line--section--cases']")[0])
    assert "LVEF is 62 %" in said
    assert "Comes to 4. Alphamab with betataxel" in said


def test_not_advice_and_no_endorsement(basic):
    """The notes stand on the page; the second where an organisation is named."""
    said = words(body(basic, "first.html"))
    assert "not medical advice" in said
    assert "ASCO is named as a source only and does not endorse this page." in said
    assert "endorse" not in words(body(basic, "second.html"))


def test_index_lists_every_pathway(basic):
    """The list links each pathway with its version, status and open gaps."""
    rows = [words(tr) for tr in body(basic, "index.html").xpath("//tbody/tr")]
    assert len(rows) == 2
    assert "First line of an example" in rows[0]
    assert "2.0.0" in rows[0]
    assert "2 gaps not answered" in rows[0]
    assert "no unanswered gaps" in rows[1]


def test_roles_lead_to_what_they_name(basic):
    """Each role finds its thing, and shows its title unless told otherwise."""
    tree = body(basic, "referring.html")
    links = {words(a): a.get("href") for a in tree.xpath("//section//p/a")}
    assert links == {
        "First line of an example": "first.html#first-line",
        "Can the heart carry it?": "first.html#first-line--heart",
        "How long should alphamab go on?": "first.html#first-line--gap--how-long",
        "the trial": "first.html#first-line--evidence--trial-one",
        "LVEF": "first.html#first-line--criterion--lvef",
        "Alphamab and betataxel": "first.html#first-line--recommendation--both-drugs",
        "Second line of an example": "second.html#second-line",
    }


def test_parts_can_be_chosen(basic):
    """The option `parts` leaves the others out."""
    titles = [words(h).rstrip("¶") for h in body(basic, "second.html").xpath("//section//h3")]
    assert titles == ["Flowchart", "The flow, step by step"]


def test_chart_links_to_the_outline(basic):
    """The picture's boxes lead to the steps of the outline."""
    figure = body(basic, "first.html").xpath("//figure[contains(@class, 'pathway-chart')]")[0]
    hrefs = set(figure.xpath(".//*[local-name()='a']/@href"))
    assert "#first-line--heart" in hrefs
    assert "#first-line--both-drugs" in hrefs
    assert figure.xpath("./figcaption")


def test_chart_colours_are_those_of_the_charts(basic):
    """The style of charts is written with the site."""
    from pathwaydsl.chart.colours import page_css

    assert basic.text("_static/pathway-chart.css") == page_css()
    assert "pathway-chart.css" in basic.text("first.html")


@pytest.mark.parametrize(
    "builder",
    ["dirhtml", "singlehtml", "latex", "text", "man", "epub", "texinfo", "gettext", "xml"],
)
def test_every_builder_writes_it(root, builder):
    """Each builder writes the pages without a warning."""
    built = root("basic", builder)
    settings = {
        "man_pages": [("index", "pathways", "Pathways", [], 1)],
        "version": "1",
        "copyright": "nobody",
    }
    built.build(**settings)
    assert built.warnings == []


def test_text_says_the_same_as_the_picture(root):
    """Where there is no picture, its heading goes too, and the outline stays."""
    text = root("basic", "text").build().text("first.txt")
    assert "Flowchart" not in text
    assert "LVEF is 50 % or more" in text


def test_labels_are_offered_for_translation(root):
    """Labels and prose are in the catalogue."""
    catalogue = root("basic", "gettext").build().text("first.pot")
    assert "Second paragraph." in catalogue


def test_markdown_hosts_it(root):
    """A MyST document may hold the directive and the roles."""
    built = root("myst").build()
    assert built.warnings == []
    tree = body(built, "index.html")
    assert tree.xpath("//section[@id='second-line']//ol[contains(@class, 'pathway-outline')]")
    assert tree.xpath("//a[@href='#second-line--rest']")


def test_labels_and_prose_are_never_markup(root):
    """Hostile labels and prose come out as text, and bad links as plain words."""
    built = root("hostile").build()
    text = built.text("index.html")
    tree = html.fromstring(text)
    scripts = tree.xpath("//script[not(@src)]/text()")
    assert not [script for script in scripts if "alert(" in script]
    assert not tree.xpath("//img[contains(@src, 'evil') or @onerror]")
    assert not tree.xpath("//*[@onclick or @onmouseover or @onerror]")
    hrefs = [href.lower() for href in tree.xpath("//@href | //@*[local-name()='href']")]
    assert not [href for href in hrefs if href.startswith(("javascript:", "data:", "//"))]
    assert "https://example.org/fine" in hrefs
    said = words(tree)
    assert "<script>alert('title')</script>" in said
    assert "<script>alert('prose')</script>" in said
    assert "**not bold** .. raw:: html" in said
    assert "&lt;script&gt; & <end>" in said


def test_inside_another_block_titles_are_rubrics(root):
    """Where no section may stand, the parts still do, with their anchors."""
    built = root("basic")
    source = built.source / "second.rst"
    source.write_text(
        "Another one\n===========\n\n.. note::\n\n   .. pathway:: content/second.pathway\n"
    )
    built.build()
    assert built.warnings == []
    note = body(built, "second.html").xpath("//div[contains(@class, 'note')]")[0]
    assert not note.xpath(".//section")
    assert note.xpath(".//*[@id='second-line--rest']")
    assert note.xpath(".//p[contains(@class, 'rubric')]")


def test_control_characters_reach_no_page(root):
    """A page stays well-formed, and nothing in it steers a terminal."""
    made = root("basic")
    path = made.source / "content/first.pathway"
    old = path.read_text("utf-8")
    path.write_text(old.replace('population "', r'population "\u{1b}[31m\u{7}'), "utf-8")
    made.build()
    for page in ("index.html", "first.html"):
        assert "\x1b" not in made.text(page)
        assert "\ufffd[31m\ufffd" in made.text(page)
