"""From differences to changes: each under its rule, in words, with a fingerprint, in order."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any

from attrs import evolve, frozen

from pathwaydsl.model.evidence import Result
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.values import Position
from pathwaydsl.text.span import Span
from pathwaydsl.text.suggestion import listed
from pathwaydsl.versions.classes import drafts
from pathwaydsl.versions.facts import ASIDE, At, Fact, Renaming
from pathwaydsl.versions.pairs import Pairing
from pathwaydsl.versions.records import Change, Subject
from pathwaydsl.versions.rules import BY_ID
from pathwaydsl.versions.seen import Draft, Seen
from pathwaydsl.versions.things import LIBRARY_KINDS, Name
from pathwaydsl.versions.words import NOTHING, Speaker, lasting, speaker

_JOINED = ("result-updated",)
"""Rules that tell all that happened to one part of a thing in one sentence."""

_WHOLE_FIRST = {"split": 0, "merged": 0, "id-reused": 1, "kind-changed": 2}


@frozen
class Teller:
    """Says differences of one pair of versions."""

    pairing: Pairing
    called: Renaming
    old: Speaker
    new: Speaker

    @classmethod
    def of(cls, pairing: Pairing, called: Renaming) -> "Teller":
        """The teller of a pairing."""
        old, new = pairing.old_side, pairing.new_side
        return cls(
            pairing,
            called,
            speaker(old.pathway.library, old.things, called.names),
            speaker(new.pathway.library, new.things, {}),
        )

    @property
    def pathway(self) -> Pathway:
        """The new version."""
        return self.pairing.new_side.pathway

    def subject(self, thing: Name) -> Subject:
        """What a change is about."""
        kind, name = thing
        if kind == "pathway":
            return Subject(kind, self.pathway.id, self.pathway.label,
                           self.pairing.old_side.pathway.id)  # fmt: skip
        before = self.pairing.old.get(thing)
        if thing in self.pairing.new_side.things:
            told, old_id = self.new, before[1] if before is not None else None
        else:
            name = old_id = name.removesuffix(ASIDE)
            told = self.old
        if kind == "during":
            label = "”, “".join(told.box(one) for one in name.split(" #")[0].split(", "))
        else:
            label = told.labels.get(thing, name)
        return Subject(kind, name, label, old_id)

    def uses(self, thing: Name) -> int | None:
        """In how many places a shared definition is used."""
        if thing[0] not in LIBRARY_KINDS:
            return None
        if thing in self.pairing.new_side.things:
            return self.pairing.new_side.web.uses(thing)
        return self.pairing.old_side.web.uses((thing[0], thing[1].removesuffix(ASIDE)))

    def change(
        self,
        rule_id: str,
        thing: Name,
        *,
        old: str | None = None,
        new: str | None = None,
        words: dict[str, str] | None = None,
        spans: tuple[Span | None, Span | None] = (None, None),
        args: Any = (),
    ) -> Change:
        """A change under its rule."""
        rule = BY_ID[rule_id]
        subject = self.subject(thing)
        told = {"what": "", "where": "", "gained": "", "lost": "", "effect": "", "place": "",
                "subject": f"“{subject.label}”", **(words or {})}  # fmt: skip
        told["old"], told["new"] = old or NOTHING, new or NOTHING
        told["place"] = told["place"].format_map(told)
        uses = self.uses(thing)
        message = rule.message.format_map(told)
        if uses is not None and not rule_id.startswith("definition-"):
            message += f" (used in {uses} place{'' if uses == 1 else 's'})"
        return Change(
            rule=rule_id,
            subject=subject,
            message=message[:1].upper() + message[1:],
            level=rule.level,
            bump=rule.bump,
            section=rule.section,
            fingerprint=fingerprint(rule_id, self.pathway.id, subject.id, args),
            old=old,
            new=new,
            old_span=spans[0],
            new_span=spans[1],
            uses=uses,
            acceptable=rule.acceptable,
        )


def fingerprint(rule: str, pathway: str, subject: str, args: Any) -> str:
    """12 hex digits that stay the same when files are reformatted or moved."""
    text = json.dumps([rule, pathway, subject, args], ensure_ascii=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:12]


def changes_of(pairing: Pairing, facts: Sequence[Fact], called: Renaming) -> list[Change]:
    """Every change, in no order yet."""
    teller = Teller.of(pairing, called)
    touched = frozenset(fact.thing for fact in facts)
    found: list[Change] = []
    joined: defaultdict[tuple[str, Name, str], list[tuple[Draft, Seen]]] = defaultdict(list)
    for fact in facts:
        seen = Seen(fact, teller.old, teller.new, touched)
        for draft in drafts(seen):
            if draft.rule in _JOINED:
                joined[draft.rule, fact.thing, seen.what].append((draft, seen))
            else:
                found.append(_told(teller, draft, seen))
        found.extend(_last_evidence(teller, seen))
    found.extend(_together(teller, some) for some in joined.values())
    found.extend(_names(teller))
    return _grouped(_apart(found), pairing)


def _told(teller: Teller, draft: Draft, seen: Seen) -> Change:
    fact = seen.fact
    words = {"what": seen.what, "where": seen.where, **draft.words}
    if not fact.path and fact.action in {"added", "removed"}:
        words["what"] = draft.new or draft.old or ""
    if draft.rule.startswith(_OF_A_PART):
        words["subject"] = f"“{teller.subject(fact.thing).label}”{_part(seen)}"
    path = [step for step in fact.path if not isinstance(step, At)]
    return teller.change(
        draft.rule,
        fact.thing,
        old=draft.old,
        new=draft.new,
        words=words,
        spans=(fact.old_span, fact.new_span),
        args=[path, *_args(fact)],
    )


_OF_A_PART = ("citation-", "note-", "reason-")
"""Rules about what stands at a part of a thing as well as at the thing itself."""


def _part(seen: Seen) -> str:
    """The result or the voice that a field belongs to."""
    held = seen.holder(Position, Result)
    match held[1] if held is not None else None:
        case Position() as position:
            return f", on what {position.who} holds,"
        case Result() as result:
            return f", {result.label},"
        case _:
            return ""


def _args(fact: Fact) -> list[Any]:
    """What a difference consists of; for a whole thing only that it is new or gone."""
    if not fact.path:
        return [fact.action]
    return [lasting(fact.old), lasting(fact.new)]


def _together(teller: Teller, some: Sequence[tuple[Draft, Seen]]) -> Change:
    """One change for all that happened to one part of a thing."""
    first, seen = some[0]

    def told(words: Iterator[tuple[str, str | None]]) -> str:
        return "; ".join(f"{name} {said}" if name else str(said) for name, said in words)

    names = ["" if len(some) == 1 else one.fact.field.replace("_", " ") for _, one in some]
    return teller.change(
        first.rule,
        seen.fact.thing,
        old=told(zip(names, (draft.old for draft, _ in some), strict=True)),
        new=told(zip(names, (draft.new for draft, _ in some), strict=True)),
        words={"what": seen.what},
        spans=(seen.fact.old_span, seen.fact.new_span),
        args=[[seen.what.lower()], *([one.fact.field, *_args(one.fact)] for _, one in some)],
    )


def _last_evidence(teller: Teller, seen: Seen) -> Iterator[Change]:
    """That a recommendation lost its last evidence, or got its first."""
    fact = seen.fact
    if fact.field != "evidence" or len(fact.path) != 3 or fact.path[0] != "recommendation":
        return
    before, after = fact.holders[-1]
    if before.evidence and not after.evidence:
        rule, first = "left-without-evidence", before.evidence[0]
    elif after.evidence and not before.evidence:
        rule, first = "evidence-first-cited", after.evidence[0]
    else:
        return
    if first in {fact.old, fact.new}:
        yield teller.change(rule, fact.thing, spans=(fact.old_span, fact.new_span))


def _names(teller: Teller) -> Iterator[Change]:
    """Renamed, split, merged, reused."""
    pairing = teller.pairing
    old_side, new_side = pairing.old_side, pairing.new_side
    for old, new in pairing.new.items():
        if old == new or old[0] in {"during", "impossible"}:
            continue
        pair = pairing.pairs[old]
        declared = pair.reason == "declared"
        yield teller.change(
            "renamed" if declared else "renamed-inferred",
            new,
            old=old[1],
            new=new[1],
            words={"what": _sure(pair.confidence)},
            spans=(old_side.things[old].span, new_side.things[new].span),
            args=[old[1], new[1]],
        )
    for old, new, likeness in pairing.perhaps:
        yield teller.change(
            "possible-rename",
            new,
            old=old_side.things[old].label,
            new=new_side.things[new].label,
            words={"what": _sure(likeness)},
            spans=(old_side.things[old].span, new_side.things[new].span),
            args=sorted([old[1], new[1]]),
        )
    for name in pairing.reused:
        yield teller.change(
            "id-reused",
            name,
            old=old_side.things[name].label,
            new=new_side.things[name].label,
            words={"what": name[1]},
            spans=(old_side.things[name].span, new_side.things[name].span),
        )
    for lineage in pairing.lineages:
        sources = [(lineage.kind, one) for one in lineage.sources]
        results = [(lineage.kind, one) for one in lineage.results]
        rule = "merged" if len(sources) > len(results) else "split"
        yield teller.change(
            rule,
            results[0],
            old=listed_labels(old_side.things[one].label for one in sources),
            new=listed_labels(new_side.things[one].label for one in results),
            spans=(old_side.things[sources[0]].span, new_side.things[results[0]].span),
            args=[list(lineage.sources), list(lineage.results)],
        )


def listed_labels(labels: Iterable[str]) -> str:
    """`“A”, “B” and “C”`."""
    return listed((f"“{label}”" for label in labels), "and")


def _sure(confidence: float) -> str:
    return f"{round(100 * confidence)} % alike"


def _apart(found: Sequence[Change]) -> list[Change]:
    """Changes whose fingerprints are told apart where several are the same."""
    seen: Counter[str] = Counter()
    apart = []
    for change in sorted(found, key=lambda one: (one.fingerprint, one.message)):
        number = seen[change.fingerprint]
        seen[change.fingerprint] += 1
        if number:
            made = fingerprint(change.rule, change.subject.id, change.fingerprint, [number])
            apart.append(evolve(change, fingerprint=made))
        else:
            apart.append(change)
    return apart


def _grouped(found: Sequence[Change], pairing: Pairing) -> list[Change]:
    """Echoes of a larger change name it; none is left out and none weighs less."""
    larger: dict[Name, Change] = {}
    for change in sorted(found, key=lambda one: (_WHOLE_FIRST.get(one.rule, 9), one.fingerprint)):
        if change.rule in {"split", "merged"}:
            for lineage in pairing.lineages:
                if change.subject.id in lineage.results:
                    for one in (*lineage.sources, *lineage.results):
                        larger.setdefault((lineage.kind, one), change)
        elif change.rule in _WHOLE_FIRST:
            larger.setdefault((change.subject.kind, change.subject.id), change)
    grouped = []
    for change in found:
        above = larger.get((change.subject.kind, change.subject.id))
        if above is not None and above.fingerprint != change.fingerprint:
            grouped.append(evolve(change, part_of=above.fingerprint))
        else:
            grouped.append(change)
    return grouped
