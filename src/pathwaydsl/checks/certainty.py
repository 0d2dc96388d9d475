"""Strength and certainty: a strong recommendation on evidence of low certainty."""

from collections.abc import Iterator

from pathwaydsl.checks.review import Review, place_of, quoted
from pathwaydsl.text.finding import Finding
from pathwaydsl.text.rules import finding

_LOW = {"low": "low", "very-low": "very low"}
"""Levels of certainty on which GRADE advises against strong recommendations, but for exceptions.

Source: GRADE handbook, chapter 6.1 (discordant recommendations).
"""


def strong_on_low_certainty(review: Review) -> Iterator[Finding]:
    """No strong recommendation rests on low or very low certainty by GRADE."""
    for pathway in review.readable_pathways:
        for node in pathway.nodes:
            advice = node.recommendation
            strong = advice.strength == "strong" or any(
                against.strength == "strong" for against in advice.against
            )
            for rating in advice.ratings:
                level = rating.levels[0] if rating.levels else ""
                if strong and rating.scheme == "grade" and level in _LOW:
                    yield finding(
                        "PW404",
                        f"The recommendation {quoted(node.label)} is strong, but its certainty "
                        f"is {_LOW[level]} by GRADE",
                        place_of(rating.span or advice.span or node.span, pathway),
                        help="Recommend it conditionally, or allow this finding with the reason "
                        "for which it is strong all the same",
                    )
