"""Why a patient goes a way or goes no further, in the authors' labels."""

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from pathwaydsl.cases.walk import StopKind
from pathwaydsl.checks.tested import criteria_of
from pathwaydsl.model.criteria import Impossible
from pathwaydsl.model.expressions import Expression
from pathwaydsl.model.nodes import RESUME, Assignment, Branch, Choose, Decide, Option
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.wording import assignment_in_words, in_words, spoken, subject_label
from pathwaydsl.text.suggestion import listed

Values = Mapping[str, Assignment]

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")

SHOWN = 6
"""How many values a reason names."""


@frozen
class Reasons:
    """Says reasons about one pathway."""

    pathway: Pathway

    def box(self, node_id: str) -> str:
        """A box or a gap by its label, in quotation marks."""
        if node_id == RESUME:
            return "where the patient was"
        node = self.pathway.node.get(node_id)
        if node is not None:
            return f"“{node.label}”"
        gap = self.pathway.gap.get(node_id)
        return f"“{gap.label if gap is not None else spoken(node_id)}”"

    def boxes(self, node_ids: Iterable[str]) -> str:
        """Several boxes by their labels."""
        return listed(map(self.box, node_ids), "and")

    def criteria(self, names: Iterable[str]) -> str:
        """Criteria by their labels."""
        library = self.pathway.library
        return listed((f"“{subject_label(name, library)}”" for name in names), "and")

    def known(self, expressions: Iterable[Expression | None], values: Values) -> str:
        """What is known of the criteria that some conditions ask for: `LVEF is 62 %`."""
        library = self.pathway.library
        names = dict.fromkeys(
            name for expression in expressions for name in criteria_of(expression, library)
        )
        said = [assignment_in_words(values[name], library) for name in names if name in values]
        more = [f"{len(said) - SHOWN} more"] if len(said) > SHOWN else []
        return "; ".join([*said[:SHOWN], *more])

    def _with(self, sentence: str, known: str) -> str:
        return f"{sentence} ({known})" if known else sentence

    def branch(self, branch: Branch, values: Values, node: Decide | None = None) -> str:
        """Why a branch is taken."""
        library = self.pathway.library
        if branch.when is not None:
            known = self.known([branch.when], values)
            said = in_words(branch.when, library)
            return said if said == known else self._with(said, known)
        asked = self.known([b.when for b in node.branches] if node is not None else [], values)
        if branch.role == "unknown":
            return self._with("it cannot be told", asked)
        return self._with("nothing else is true", asked)

    def option(self, option: Option, values: Values) -> str:
        """Why an option is taken."""
        if option.when is None:
            return "chosen"
        return self._with("chosen", self.known([option.when], values))

    def only_option(self, option: Option, values: Values) -> str:
        """Why an option is taken without being chosen."""
        return self._with("the only option that is open", self.known([option.when], values))

    def several(self, node: Decide, branches: Sequence[Branch], values: Values) -> str:
        """More than one branch is true."""
        said = [
            f"“{b.label or in_words(b.when, self.pathway.library)}”" for b in branches if b.when
        ]
        known = self.known([b.when for b in branches], values)
        return self._with(
            f"{self.box(node.id)} has more than one answer, {listed(said, 'and')}", known
        )

    def no_branch(self, node: Decide, values: Values, *, unknown: bool) -> str:
        """No branch is true and nothing takes the rest."""
        known = self.known([b.when for b in node.branches], values)
        what = "does not say where to go when that is not known" if unknown else "has no answer"
        return self._with(f"{self.box(node.id)} {what}", known)

    def no_option(self, node: Choose, values: Values) -> str:
        """No option is open."""
        known = self.known([option.when for option in node.options], values)
        return self._with(f"no option of {self.box(node.id)} is open", known)

    def not_chosen(self, node: Choose, options: Sequence[Option]) -> str:
        """Several options are open and none is taken."""
        return (
            f"{self.boxes(dict.fromkeys(option.target for option in options))} are open at "
            f"{self.box(node.id)} and none is chosen"
        )

    def closed(self, node: Choose, option: Option, values: Values) -> str:
        """An option is taken that is not open."""
        said = in_words(option.when, self.pathway.library) if option.when is not None else ""
        known = self.known([option.when], values)
        chosen = f"{self.box(option.target)} is chosen at {self.box(node.id)}"
        return self._with(f"{chosen}, which is open only if {said}", known)

    def missing(self, node_id: str, names: Sequence[str]) -> str:
        """A decision needs values that nobody gave."""
        box = self.box(node_id)
        if len(names) == 1:
            return f"{self.criteria(names)} is not given, and {box} asks for it"
        return f"{self.criteria(names)} are not given, and {box} asks for them"

    def stopped(self, kind: StopKind, node_id: str, visit: int) -> str:
        """A walk goes no further, for a reason that no branch point gives."""
        box = self.box(node_id)
        match kind:
            case StopKind.END:
                return f"the way ends at {box}"
            case StopKind.NOTHING_GIVEN:
                return f"nothing is given for the {ordinal(visit)} visit of {box}"
            case StopKind.NOTHING_TO_RESUME:
                return f"{box} leads back to where the patient was, and no box was left"
            case StopKind.ENDLESS:
                return "the way goes round and round"
            case _:
                return f"the pathway does not say where to go on from {box}"

    def outside(self, eligible: Expression, values: Values, *, unknown: bool) -> str:
        """The pathway is not for this patient."""
        said = in_words(eligible, self.pathway.library)
        asks = "that must be known" if unknown else "this patient does not fit"
        return self._with(
            f"the pathway is for patients of whom is true: {said}; {asks}",
            self.known([eligible], values),
        )

    def impossible(self, rule: Impossible) -> str:
        """A rule says that no patient has these values."""
        said = in_words(rule.when, self.pathway.library)
        return f"no patient is like this: {said} ({rule.because.strip()})"


def ordinal(number: int) -> str:
    """`first`, `second`, … `7th`."""
    return _ORDINALS[number - 1] if number <= len(_ORDINALS) else f"{number}th"
