"""A small pathway with every kind of box, made by hand."""

from decimal import Decimal

import pytest

from pathwaydsl.chart.flow import flow_of
from pathwaydsl.model.criteria import Criterion, NumberRange, YesNo
from pathwaydsl.model.expressions import Compares, Holds, Sign
from pathwaydsl.model.gaps import AdviseAgainst, Gap
from pathwaydsl.model.nodes import (
    Act,
    Assess,
    Branch,
    Choose,
    Decide,
    During,
    End,
    Enter,
    GapNode,
    Option,
    Together,
    Treat,
    Within,
)
from pathwaydsl.model.pathway import Library, Pathway
from pathwaydsl.model.recommendations import Recommendation
from pathwaydsl.model.values import Quantity


def make_pathway(**changes):
    """The pathway; `changes` replace labels of nodes by id."""
    lvef = Criterion(id="lvef", label="LVEF", domain=NumberRange(Decimal(0), Decimal(100), "%"))
    failure = Criterion(id="heart-failure", label="Heart failure", domain=YesNo())
    half = Quantity(Decimal(50), "%")

    def label(node_id, words):
        return {"id": node_id, "label": changes.get(node_id.replace("-", "_"), words)}

    nodes = (
        Assess(**label("work-up", "Work-up"), then="heart"),
        Decide(
            **label("heart", "Can the heart carry it?"),
            branches=(
                Branch("how", Compares("lvef", Sign.AT_LEAST, half)),
                Branch("nobody-knows", Compares("lvef", Sign.LESS, half), flags=("stopping",)),
                Branch("work-up", role="unknown"),
            ),
        ),
        Choose(
            **label("how", "Which treatment?"),
            options=(
                Option("first-drug", "The first", preferred=True),
                Option("both", when=Holds("heart-failure")),
            ),
            with_patient=True,
        ),
        Treat(
            **label("first-drug", "First drug"),
            recommendation=Recommendation(strength="strong", flags=("stopping", "safety")),
            within=Within(Quantity(Decimal(2), "weeks"), "work-up"),
            then="done",
        ),
        Together(**label("both", "Both strands"), strands=("image", "refer"), then="done"),
        Act(**label("image", "Image"), then="both"),
        Act(
            **label("refer", "Refer"),
            recommendation=Recommendation(against=(AdviseAgainst("strong", text="waiting"),)),
            then="elsewhere",
        ),
        GapNode(
            **label("nobody-knows", "Which treatment for a weak heart?"),
            gap=Gap(id="nobody-knows", label="Which treatment for a weak heart?", then="done"),
        ),
        Act(**label("hold", "Hold the drug"), then="resume"),
        Enter(**label("elsewhere", "Second line"), pathway="other"),
        End(**label("done", "Done")),
    )
    durings = (
        During(
            nodes=("first-drug",),
            branches=(
                Branch("hold", Holds("heart-failure"), flags=("safety",)),
                Branch("done", Compares("lvef", Sign.LESS, half)),
            ),
        ),
    )
    library = Library(
        criteria=(failure, lvef),
        gaps=(
            Gap(id="safety", label="Is it safe for a weak heart?"),
            Gap(id="stopping", label="When can it be stopped?"),
        ),
    )
    return Pathway(
        id="example",
        label="An example",
        file="example.pathway",
        start="work-up",
        nodes=nodes,
        durings=durings,
        library=library,
    )


@pytest.fixture
def pathway():
    """The pathway as it is."""
    return make_pathway()


@pytest.fixture
def flow(pathway):
    """Its flow."""
    return flow_of(pathway)


@pytest.fixture
def relabelled():
    """Makes its flow with other labels."""
    return lambda **changes: flow_of(make_pathway(**changes))
