"""The site of the real pathways, in a browser: narrow, dark, printed, without JavaScript."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages")]

PATHWAYS = Path(__file__).parents[2] / "pathways"
FIRST_LINE = "her2-mbc-first-line.html"
OLD = "her2-mbc-first-line/1.0.0.html"
PRINT = "her2-mbc-first-line/print.html"
CHANGES = "her2-mbc-first-line/changes/1.0.0--2.0.0.html"
REVIEW = "her2-mbc-first-line/review/1.0.0--2.0.0.html"
HISTORY = "her2-mbc-first-line/history.html"
PAGES = (
    "index.html",
    FIRST_LINE,
    "her2-mbc-cns.html",
    OLD,
    PRINT,
    CHANGES,
    REVIEW,
    HISTORY,
    "registers/gaps.html",
    "registers/evidence.html",
    "registers/criteria.html",
    "registers/drugs.html",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of a freshly built site."""
    pytest.importorskip("sphinx")
    from pathwaydsl.project.loading import load_project
    from pathwaydsl.sphinxext.site import build_site

    out = tmp_path_factory.mktemp("site")
    report = build_site(load_project([PATHWAYS]), out)
    assert report.problem is None
    assert report.warnings == ()
    return out.as_uri()


@pytest.fixture
def opened(browser, site):
    """`opened(page, width=360, …)`: a page in a context of its own."""
    contexts = []

    def open_page(name, *, width=1400, height=1000, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{site}/{name}")
        return page

    yield open_page
    for context in contexts:
        context.close()


def colour(page, selector, what="color"):
    """A computed colour as red, green, blue."""
    said = page.evaluate(
        "([selector, what]) => getComputedStyle(document.querySelector(selector))[what]",
        [selector, what],
    )
    return tuple(int(float(part)) for part in said[said.index("(") + 1 : -1].split(",")[:3])


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 360, 768, 1400])
def test_nothing_is_wider_than_the_screen(opened, name, width):
    """No page scrolls sideways."""
    page = opened(name, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_version_status_and_date_are_seen_without_scrolling(opened):
    """On a phone the head of the page fits on the first screen."""
    page = opened(FIRST_LINE, width=360, height=740)
    box = page.locator("dl.pathway-head dd").nth(2).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert box["y"] + box["height"] <= 740


def test_an_old_version_is_seen_to_be_old_on_a_phone(opened):
    """That it is not the current version, its number and its date fit on the first screen."""
    page = opened(OLD, width=360, height=740)
    for selector in (".pathway-notice", "dl.pathway-head dd:nth-of-type(3)"):
        box = page.locator(selector).first.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert box["y"] + box["height"] <= 740
    assert "Not the current version" in page.locator(".pathway-notice").first.inner_text()


def test_the_strength_word_is_seen_on_a_phone(opened):
    """Every strength stands inside the width of the screen."""
    boxes = opened(FIRST_LINE, width=360).evaluate(
        "[...document.querySelectorAll('.pathway-for')].map(e => e.getBoundingClientRect())"
        ".map(b => [b.left, b.right])"
    )
    assert len(boxes) > 5
    assert all(left >= 0 and right <= 360 for left, right in boxes)


def test_the_print_is_one_sheet_of_a4(opened):
    """Algorithm, regimens and version fit on one page of paper."""
    sheet = opened(PRINT).pdf(format="A4", prefer_css_page_size=True)
    assert sheet.count(b"/Type /Page\n") == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_plots_take_the_colours_of_the_page(opened, scheme):
    """Squares, intervals and words of a forest plot stand out from the paper in both themes."""
    page = opened("registers/evidence.html", color_scheme=scheme)
    paper = sum(colour(page, "body", "backgroundColor"))
    assert abs(sum(colour(page, ".pathway-plot-mark", "fill")) - paper) > 384
    assert abs(sum(colour(page, ".pathway-plot text", "fill")) - paper) > 384
    picture = page.locator(".pathway-drawn svg").first.bounding_box()
    table = page.locator(".pathway-drawn table").first.bounding_box()
    assert table["x"] >= picture["x"] + picture["width"]


@pytest.mark.parametrize("word", ["L01FD02", "pertuzumab"])
def test_generics_and_codes_lead_to_the_register_of_drugs(browser, site, word):
    """The index of the search knows where they stand."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/search.html?q={word}")
    page.wait_for_selector("ul.search li a[href*='registers/drugs']")
    context.close()


def test_latest_leads_to_the_newest_release(opened):
    """With the place on the page it was asked for."""
    page = opened("her2-mbc-first-line/latest.html#her2-mbc-first-line--section--gaps")
    page.wait_for_url("**/2.0.0.html#her2-mbc-first-line--section--gaps")


def test_outline_comes_before_the_map_on_a_phone(opened):
    """A shrunken map comes after what can be read; on a wide screen it comes first."""
    places = "['flowchart', 'outline'].map(r => document.querySelector(`section.pathway-${r}`)"
    places += ".getBoundingClientRect().top)"
    chart, outline = opened(FIRST_LINE, width=360).evaluate(places)
    assert outline < chart
    chart, outline = opened(FIRST_LINE).evaluate(places)
    assert chart < outline


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_gaps_stand_out_in_both_themes(opened, scheme):
    """Their colours differ from the page's, and follow the theme."""
    page = opened(FIRST_LINE, color_scheme=scheme)
    paper = colour(page, "body", "backgroundColor")
    notice = colour(page, ".admonition.pathway-gap", "backgroundColor")
    assert notice != paper
    assert (sum(paper) > 384) is (scheme == "light")
    assert (sum(notice) > 384) is (scheme == "light")
    assert (sum(colour(page, "svg .pw-gap text", "fill")) > 384) is (scheme == "dark")


def test_theme_of_the_page_goes_before_that_of_the_system(opened):
    """A reader who chose light on a dark system gets light, map included."""
    page = opened(FIRST_LINE, color_scheme="dark")
    page.evaluate("document.body.dataset.theme = 'light'")
    assert sum(colour(page, ".admonition.pathway-gap", "backgroundColor")) > 384
    assert sum(colour(page, "svg .pw-gap text", "fill")) < 384


def test_print_is_black_on_white(opened):
    """Paper gets no dark theme, no buttons, and the whole map."""
    page = opened(FIRST_LINE, width=680, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert colour(page, ".admonition.pathway-gap", "backgroundColor") == (255, 255, 255)
    assert colour(page, ".admonition.pathway-gap .admonition-title") == (0, 0, 0)
    assert not page.locator(".pathway-chart-buttons").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    # 245 mm of an A4 page at 96 dots an inch
    assert page.locator(".pathway-chart svg").bounding_box()["height"] <= 245 / 25.4 * 96 + 1


def test_page_works_without_javascript(opened):
    """Map, outline, tables and links are there without any script."""
    page = opened(FIRST_LINE, java_script_enabled=False)
    assert page.locator(".pathway-chart svg").is_visible()
    assert page.locator(".pathway-chart-buttons").count() == 0
    assert page.locator("ol.pathway-outline > li").count() > 30
    page.locator(".pathway-chart svg a").first.click()
    assert "#her2-mbc-first-line--" in page.url


def test_nothing_is_loaded_from_elsewhere(browser, site):
    """Opening a page asks no other computer for anything."""
    context = browser.new_context()
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/{FIRST_LINE}")
    page.wait_for_load_state("networkidle")
    context.close()
    assert asked
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_map_can_be_moved_and_set_back(opened):
    """Buttons and keys zoom the map, and set it back."""
    page = opened(FIRST_LINE)
    shape = "document.querySelector('.pathway-chart svg').style.transform"
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function(f"!{shape}.includes('scale(1)')")
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function(f"{shape}.includes('scale(1)')")
    page.locator(".pathway-chart-view").focus()
    page.keyboard.press("+")
    page.wait_for_function(f"!{shape}.includes('scale(1)')")


def test_a_box_of_the_map_leads_to_its_step(opened):
    """A click on a box jumps to the step of the outline."""
    page = opened(FIRST_LINE)
    page.locator(".pathway-chart svg a[href$='--heart']").first.click()
    assert page.url.endswith("#her2-mbc-first-line--heart")


def test_search_knows_what_the_pages_say(site):
    """The index of the search holds drugs and studies."""
    index = Path(site.removeprefix("file://"), "searchindex.js").read_text("utf-8")
    for word in ("docetaxel", "cleopatra"):
        assert f"{word}" in index


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        ("index.html", 360, "light"),
        ("index.html", 1400, "dark"),
        (FIRST_LINE, 1400, "light"),
        ("her2-mbc-cns.html", 1400, "dark"),
        ("her2-mbc-cns.html", 360, "light"),
        (OLD, 360, "dark"),
        (PRINT, 1400, "light"),
        ("her2-mbc-first-line/changes/2.0.0--working.html", 1400, "dark"),
        ("registers/gaps.html", 360, "light"),
        ("registers/gaps.html", 1400, "dark"),
        ("registers/evidence.html", 1400, "light"),
        ("registers/evidence.html", 360, "dark"),
        ("registers/drugs.html", 1400, "light"),
        ("registers/criteria.html", 360, "light"),
    ],
)
def test_axe_finds_nothing(opened, name, width, scheme):
    """No rule of WCAG 2.2 A and AA that a program can test is broken by what we write."""
    page = opened(name, width=width, color_scheme=scheme)
    page.add_script_tag(content=files("axe_playwright_python").joinpath("axe.min.js").read_text())
    found = page.evaluate(
        """async () => {
            const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
            const options = {runOnly: rules, resultTypes: ['violations']};
            const found = await axe.run({include: [['article']]}, options);
            return found.violations.map(v => [v.id, v.help, v.nodes[0].html.slice(0, 200)]);
        }"""
    )
    assert found == []


def test_the_way_of_a_case_is_shown_in_the_flowchart(opened):
    """The button marks the boxes and arrows of the case, and only those, and takes them back."""
    page = opened(FIRST_LINE)
    button = page.locator(".pathway-way-button").first
    details = button.locator("xpath=ancestor::details")
    if details.count():
        details.evaluate_all("all => all.forEach(one => { one.open = true; })")
    steps = button.locator("xpath=following-sibling::ol[1]").locator("li a[href^='#']")
    addresses = set(steps.evaluate_all("all => all.map(one => one.getAttribute('href'))"))
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    marked = page.locator(".pathway-chart svg .pw-box.pw-on-the-way > a")
    shown = set(marked.evaluate_all("all => all.map(one => one.getAttribute('href'))"))
    assert shown == addresses
    arrows = page.locator(".pathway-chart svg .pw-arrow.pw-on-the-way")
    assert arrows.count() >= len(addresses) - 1
    off = page.locator(".pathway-chart svg .pw-box:not(.pw-on-the-way)").first
    assert float(off.evaluate("box => getComputedStyle(box).opacity")) < 0.5
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    assert page.locator(".pw-on-the-way").count() == 0


def test_one_way_is_shown_at_a_time(opened):
    """Another case's button takes the place of the first; the keyboard reaches both."""
    page = opened(FIRST_LINE)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    first, second = (page.locator(".pathway-way-button").nth(i) for i in (0, 1))
    first.focus()
    page.keyboard.press("Enter")
    second.focus()
    page.keyboard.press("Space")
    assert first.get_attribute("aria-pressed") == "false"
    assert second.get_attribute("aria-pressed") == "true"
    assert page.locator(".pw-shows-way").count() == 1


def test_differences_can_be_opened_with_the_keyboard(opened):
    """The picture of both versions is open; those of each are closed until they are asked for."""
    page = opened(CHANGES, width=360)
    pictures = page.locator("section.pathway-pictures svg")
    assert pictures.count() == 3
    assert [each.is_visible() for each in pictures.all()] == [True, False, False]
    page.locator("section.pathway-pictures summary").first.focus()
    page.keyboard.press("Enter")
    assert pictures.nth(1).is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_stand_out_in_both_themes(opened, scheme):
    """What is unchanged is nearer to the paper than what changed."""
    page = opened(CHANGES, color_scheme=scheme)
    paper = sum(colour(page, "body", "backgroundColor"))
    quiet = abs(sum(colour(page, "svg .pw-mark-same.pw-box .pw-shape", "stroke")) - paper)
    added = abs(sum(colour(page, "svg .pw-mark-added .pw-frame", "stroke")) - paper)
    assert added > 150
    assert quiet > 150


def test_a_review_sheet_can_be_read_before_it_is_signed(opened):
    """Long lists are counted, ways run on in lines, and no sheet is left half empty."""
    assert opened(REVIEW).pdf(prefer_css_page_size=True).count(b"/Type /Page\n") <= 30


def test_a_high_flowchart_is_printed_in_parts_that_fit(opened):
    """Each part stands on one sheet upright; on a screen there is one chart only."""
    page = opened(REVIEW, width=680)
    parts = page.locator("section.pathway-sheet-chart .pathway-chart-part svg")
    assert parts.count() >= 4
    assert not parts.first.is_visible()
    page.emulate_media(media="print")
    # What an A4 page has between its margins, at 96 dots an inch.
    heights = [part.bounding_box()["height"] for part in parts.all()]
    assert all(0 < height <= 267 / 25.4 * 96 for height in heights)
    assert (
        page.locator("section.pathway-sheet-chart svg.pw-chart").first.bounding_box()["height"] < 1
    )


def test_who_gets_what_is_a_line_each_that_opens_without_javascript(opened):
    """Every treatment and gap is seen on a few screens, its conditions after a click."""
    page = opened(FIRST_LINE, java_script_enabled=False)
    part = page.locator("section.pathway-outcomes")
    assert part.bounding_box()["height"] < 4000
    closed = part.locator("details").first
    assert not closed.locator("p").first.is_visible()
    closed.locator("summary").click()
    assert closed.locator("p").first.is_visible()


def test_a_review_sheet_has_lines_to_sign_on_paper(opened):
    """Names, roles, interests and dates have room, and nothing that moves is printed."""
    page = opened(REVIEW, width=680)
    page.emulate_media(media="print")
    lines = page.locator("table.pathway-to-sign tbody tr")
    assert lines.count() >= 4
    assert all(line.bounding_box()["height"] >= 40 for line in lines.all())
    assert not page.locator(".pathway-chart-buttons").first.is_visible()
