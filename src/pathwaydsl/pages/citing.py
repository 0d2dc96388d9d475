"""How to cite a pathway: only what its head states, nothing made up."""

from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.wording import date_in_words
from pathwaydsl.pages import words
from pathwaydsl.pages.document import Block, Paragraph, Words


def citation(pathway: Pathway) -> tuple[Block, ...]:
    """Authors, title, version, status, date, licence, as far as stated."""
    parts = []
    if pathway.authors:
        parts.append(", ".join(author.name for author in pathway.authors))
    parts.append(pathway.label.rstrip("."))
    if pathway.version is not None:
        parts.append(f"Version {pathway.version}")
    if pathway.status is not None:
        parts.append(words.STATUS.get(pathway.status, words.shown(pathway.status)))
    if pathway.date is not None:
        parts.append(date_in_words(pathway.date))
    if pathway.license:
        parts.append(f"Licence {pathway.license}")
    blocks: list[Block] = [Paragraph((Words(f"{'. '.join(parts)}."),), "citation")]
    if not pathway.authors:
        blocks.append(Paragraph((Words("Its file states no author.", "quiet"),), "detail"))
    return tuple(blocks)
