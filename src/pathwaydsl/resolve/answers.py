"""Named answers of a criterion: whether a word is one, and what to write where it is not."""

from collections.abc import Iterable

from pathwaydsl.model.criteria import AnyOf, Criterion, NumberRange, OneOf, YesNo
from pathwaydsl.model.expressions import IsOneOf
from pathwaydsl.resolve.scope import Definition, Scope
from pathwaydsl.syntax.tree import Node, Token
from pathwaydsl.text.suggestion import listed, nearest

_YES = {"yes": True, "true": True, "no": False, "false": False}


def known_word(criterion: Criterion, word: str) -> bool:
    """Whether a word is one of the criterion's named answers."""
    return any(value.id == word for value in criterion.named_values)


def value_of(scope: Scope, criterion: Criterion, token: Token) -> str | None:
    """A named answer of a criterion, or None with a finding that shows the answers."""
    word = str(token)
    if known_word(criterion, word):
        return word
    if word in scope.silent:
        return None
    names = [value.id for value in criterion.named_values]
    if isinstance(criterion.domain, NumberRange) and word.replace(".", "", 1).isdigit():
        unit = f" {criterion.domain.unit}" if criterion.domain.unit else ""
        scope.report(
            "PW221",
            f"“{criterion.label}” is a number, compared with a sign",
            token,
            f"Write `{criterion.id} = {word}{unit}`.",
        )
        return None
    if criterion.domain == OneOf(()):
        return None
    guess = nearest(word, names)
    scope.report(
        "PW206",
        f"`{word}` is not an answer of “{criterion.label}”",
        token,
        f"Did you mean `{guess}`? {_answers(criterion)}" if guess else _answers(criterion),
        write=guess,
    )
    return None


def _answers(criterion: Criterion) -> str:
    names = [f"`{value.id}`" for value in criterion.named_values]
    match criterion.domain:
        case NumberRange(low=low, high=high, unit=unit):
            shown = f"{low:f}..{high:f}" + (f" {unit}" if unit else "")
            return f"It is {listed([f'a number, {shown}', *names])}."
        case YesNo():
            return f"Write {listed([f'`{criterion.id}`', f'`not {criterion.id}`'])}."
        case _:
            return f"The answers are {listed(names, 'and')}."


def listed_answers(scope: Scope, criterion: Criterion, node: Node) -> tuple[str, ...]:
    """The named answers between braces, each checked, each once."""
    words = node.child("words")
    if words is None:
        return ()
    tokens = [
        token
        for value in words.children_of("value")
        if (token := value.token("WORD", "NAME")) is not None
    ]
    if isinstance(criterion.domain, YesNo) and not criterion.also:
        scope.report(
            "PW222",
            f"“{criterion.label}” is answered by yes or no",
            node,
            f"Write `{criterion.id}` or `not {criterion.id}`.",
        )
        return ()
    found = []
    for token in scope.distinct(tokens):
        value = value_of(scope, criterion, token)
        if value is not None:
            found.append(value)
    return tuple(found)


def truth_of(
    scope: Scope, criterion: Criterion, token: Token, node: Node, *, negated: bool = False
) -> bool | None:
    """What `is yes` or `is no` on a yes-or-no criterion says, with a finding; else None."""
    truth = _YES.get(str(token).lower())
    if truth is None or not isinstance(criterion.domain, YesNo):
        return None
    meant = truth is not negated
    scope.report(
        "PW222",
        f"“{criterion.label}” is answered by yes or no",
        node,
        f"Write `{'' if meant else 'not '}{criterion.id}`.",
        write=f"{'' if meant else 'not '}{criterion.id}",
    )
    return truth


def unknown_possible(scope: Scope, criterion: Criterion, node: Node) -> bool:
    """Whether a criterion can be unknown; a finding where it is asked and cannot be."""
    unread = "unknown" in scope.silent  # a `may be unknown` that could not be read
    if not criterion.may_be_unknown and criterion.domain != OneOf(()) and not unread:
        scope.report(
            "PW214",
            f"“{criterion.label}” is always known",
            node,
            f"Leave this out, or add `may be unknown` to `criterion {criterion.id}`.",
        )
    return criterion.may_be_unknown


def every_answer(
    scope: Scope, criterion: Criterion, values: Iterable[str], node: Node, *, negated: bool
) -> None:
    """Report a test that every known answer fulfils, or none."""
    if not isinstance(criterion.domain, OneOf) or scope.silent:
        return
    if set(values) >= {value.id for value in criterion.named_values}:
        said = "No answer fulfils this" if negated else "Every answer fulfils this"
        scope.report(
            "PW210",
            f"{said}: {listed((f'`{v.id}`' for v in criterion.named_values), 'and')} "
            f"are all there is of “{criterion.label}”"
            if len(criterion.named_values) > 1
            else f"{said}: “{criterion.label}” has no other",
            node,
            "Name only the answers that are meant, "
            f"or write `{criterion.id} is {'un' if negated else ''}known`."
            if criterion.may_be_unknown
            else "Name only the answers that are meant, or leave the test out.",
        )


def told_apart(
    scope: Scope,
    subject: Definition,
    node: Node,
    word: Token | None,
    *,
    sign: str,
    negated: bool = False,
) -> IsOneOf | None:
    """Report a test on numbers about answers that are named, or with a word for a number."""
    name = str(subject.name)
    criterion = subject.value
    if not isinstance(criterion, Criterion):
        scope.report("PW221", f"`{name}` is a score, a number", node, f"Write `{name} >= 2`.")
        return None
    if criterion.domain == OneOf(()):
        return None
    equal = sign in {"=", "==", "!=", "<>", "≠"}
    if isinstance(criterion.domain, YesNo):
        advice = f"Write `{name}` or `not {name}`."
        scope.report("PW221", f"“{criterion.label}” is answered by yes or no", node, advice)
        return None
    verb = "is not" if negated else "is"
    if isinstance(criterion.domain, AnyOf):
        verb = "excludes" if negated else "includes"
    if word is not None and equal and (known_word(criterion, word) or not criterion.also):
        if sign != "=":  # the sign itself is told already, with what to write
            return IsOneOf(name, (str(word),)) if known_word(criterion, word) else None
        scope.report(
            "PW221",
            "`=` compares numbers; answers with a name take `is`",
            node,
            f"Write `{name} {verb} {word}`.",
        )
        return IsOneOf(name, (str(word),)) if known_word(criterion, word) else None
    names = ", ".join(value.id for value in criterion.named_values)
    if isinstance(criterion.domain, NumberRange):
        scope.report(
            "PW221",
            f"“{criterion.label}” is compared with a number",
            node,
            f"Write a number after `{sign}`; a named answer is tested with `{name} is …`.",
        )
        return None
    scope.report(
        "PW221",
        f"The answers of “{criterion.label}” have names and no order",
        node,
        f"Write `{name} {verb} …` with {names}."
        if equal
        else f"Write `{name} in {{…}}` with the answers that are meant: {names}.",
    )
    return None
