"""What a chart says, before it has places."""

from attrs import evolve

from pathwaydsl.chart.flow import flow_of, letter
from pathwaydsl.model.nodes import NODE_KINDS, Act


def test_every_kind_of_node_becomes_a_box_with_its_word(flow):
    """Each box says its kind in a word, and no two kinds say the same one."""
    words = {box.kind: box.word for box in flow.boxes}
    assert set(NODE_KINDS) <= set(words)
    assert len(set(words.values())) == len(words)


def test_branches_are_said_in_words_and_never_by_ids(flow):
    """An arrow out of a decision bears the condition without the name the box has."""
    assert [arrow.label for arrow in flow.exits["heart"]] == [
        "50 % or more",
        "below 50 %",
        "not known",
    ]


def test_options_say_for_whom_they_are_open_and_which_is_preferred(flow):
    """A preferred option says so, one that is not for everyone says for whom it is."""
    first, second = flow.exits["how"]
    assert (first.label, first.preferred) == ("The first", True)
    assert second.label == "if Heart failure"


def test_a_box_bears_strength_limits_and_pinned_gaps(flow):
    """A treatment says how strongly it is recommended and which gaps are pinned to it."""
    box = flow.box["first-drug"]
    assert box.strength == "Strong recommendation"
    assert box.notes == ("within 2 weeks of Work-up",)
    assert [gap.label for gap in box.gaps] == [
        "When can it be stopped?",
        "Is it safe for a weak heart?",
    ]
    assert flow.box["refer"].notes == ("Advised against: waiting",)


def test_gaps_are_numbered_in_the_order_met(flow):
    """The key lists each gap once, those pinned to branches and arrived at as well."""
    assert [(gap.number, gap.id) for gap in flow.gaps] == [
        ("G1", "stopping"),
        ("G2", "safety"),
        ("G3", "nobody-knows"),
    ]
    assert flow.exits["heart"][1].gaps == flow.gaps[:1]
    assert flow.box["nobody-knows"].gaps == flow.gaps[2:]


def test_what_may_happen_at_any_time_is_one_list_beside_the_flow(flow):
    """Boxes bear a letter; only what is reached in no other way gets an arrow."""
    assert flow.box["first-drug"].any_time == ("A",)
    listing = flow.box["during-1"]
    assert [(line.when, line.target_label) for line in listing.lines] == [
        ("Heart failure", "Hold the drug"),
        ("LVEF is below 50 %", "Done"),
    ]
    assert [arrow.target for arrow in flow.exits["during-1"]] == ["hold"]
    assert listing.lines[0].gaps[0].id == "safety"


def test_an_end_is_drawn_beside_each_box_that_leads_there(flow):
    """No line crosses the chart for an end; each of its boxes stands for the same node."""
    ends = [box for box in flow.boxes if box.node == "done"]
    assert sorted(box.id for box in ends) == ["done@both", "done@first-drug", "done@nobody-knows"]
    assert [box.id for box in flow.boxes if box.kind == "enter"] == ["elsewhere"]


def test_resume_is_a_box_of_its_own(flow):
    """A return to the step that was left says so in words."""
    box = flow.box[flow.exits["hold"][0].target]
    assert (box.kind, box.title) == ("resume", "Go on where the patient was")


def test_the_start_is_marked(flow):
    """Exactly one box is where patients start."""
    assert [box.id for box in flow.boxes if box.start] == ["work-up"]


def test_a_draft_with_loose_ends_has_a_flow(pathway):
    """Targets that do not exist are left out; nothing raises."""
    draft = evolve(pathway, start=None, nodes=pathway.nodes[:2], durings=pathway.durings)
    flow = flow_of(draft)
    assert {box.id for box in flow.boxes} == {"work-up", "heart", "during-1"}


def test_answers_that_are_asked_in_order_are_numbered(pathway):
    """Under `first match` the order counts, so the arrows say it."""
    nodes = tuple(
        evolve(node, first_match=True) if node.id == "heart" else node for node in pathway.nodes
    )
    flow = flow_of(evolve(pathway, nodes=nodes))
    labels = [arrow.label for arrow in flow.exits["heart"]]
    assert labels == ["1. 50 % or more", "2. below 50 %", "not known"]
    assert flow.box["heart"].notes == ("the first that fits counts",)


def test_a_way_from_beside_the_main_flow_back_into_it_is_a_jump(pathway):
    """What follows from a `during` stays beside the main flow, and names where it goes on."""
    nodes = tuple(evolve(node, then="how") if node.id == "hold" else node for node in pathway.nodes)
    flow = flow_of(evolve(pathway, nodes=nodes))
    box = flow.box[flow.exits["hold"][0].target]
    assert (box.kind, box.word, box.title, box.node) == ("goto", "Go to", "Which treatment?", "how")


def test_a_long_way_back_is_a_jump(pathway):
    """A loop over many boxes names its target instead of crossing the chart."""
    chain = [Act(id=f"a{n}", label=f"Step {n}", then=f"a{n + 1}") for n in range(8)]
    chain.append(Act(id="a8", label="Step 8", then="a0"))
    flow = flow_of(evolve(pathway, start="a0", nodes=tuple(chain), durings=()))
    assert [arrow.target for arrow in flow.exits["a8"]] == ["a0@a8"]
    assert flow.box["a0@a8"].kind == "goto"


def test_lists_are_lettered_past_z():
    """The twenty-seventh list is AA."""
    assert [letter(index) for index in (0, 25, 26, 52)] == ["A", "Z", "AA", "BA"]
