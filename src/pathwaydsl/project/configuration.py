"""What `pathwaydsl.toml` says, read strictly: a setting without effect is always a finding.

A value that cannot be read leaves its default in force, so that one mistake stays one finding.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from attrs import evolve, frozen

from pathwaydsl.model.units import Unit, unit_table
from pathwaydsl.model.values import PartialDate
from pathwaydsl.project.settings import SETTINGS, Setting
from pathwaydsl.text.finding import Finding, Outcome, Severity
from pathwaydsl.text.rules import all_rules, finding, rule_named
from pathwaydsl.text.source import Source
from pathwaydsl.text.span import Span
from pathwaydsl.text.suggestion import listed, nearest

FILE_NAME = "pathwaydsl.toml"
"""The name of the configuration, and the mark of a project's root."""


@frozen
class Limits:
    """How much of anything is accepted; sizes in bytes, memory in megabytes."""

    file_size: int = 5_000_000
    nesting: int = 200
    boxes: int = 600
    engine_seconds: int = 30
    engine_memory: int = 2000
    engine_output: int = 20_000_000


@frozen
class Configuration:
    """The settings of a project.

    Attributes:
        as_of: The date everything relative to today is counted to, or None.
        severities: By rule code; None switches the rule off.
        units: Units beside the built-in ones.
        gap_kinds: Kinds of gaps beside the built-in ones.
        engine: `pure` or `dot`.
        dot: Command or path of Graphviz, for the engine `dot`.
        exclude: Patterns of files that a search leaves out.
        baseline: The file of known findings, relative to the root.
        base_url: The address the site will have, or empty.
    """

    as_of: PartialDate | None = None
    exclude: tuple[str, ...] = ()
    baseline: str = "pathwaydsl-baseline.toml"
    severities: Mapping[str, Severity | None] = MappingProxyType({})
    units: tuple[Unit, ...] = ()
    gap_kinds: tuple[str, ...] = ()
    engine: str = "pure"
    dot: str = "dot"
    base_url: str = ""
    limits: Limits = Limits()


def read_configuration(source: Source) -> Outcome[Configuration]:
    """Read the text of a `pathwaydsl.toml`; every mistake is a PW131."""
    try:
        content = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        return Outcome(Configuration(), (_not_toml(source, error),))
    except RecursionError:
        message = "The configuration is nested too deeply to be read"
        return Outcome(Configuration(), (finding("PW131", message, source.span(0, 0)),))
    reading = _Reading(source)
    for key, value in _settings_of(content):
        reading.take(key, value)
    return Outcome(reading.configuration, tuple(reading.findings))


def _settings_of(content: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every written setting with its dotted key; tables are opened one level deep."""
    for key, value in content.items():
        if isinstance(value, dict):
            if not value:
                yield f"{key}.", value
            for inner, inner_value in value.items():
                yield f"{key}.{inner}", inner_value
        else:
            yield key, value


_SECTIONS = {setting.section for setting in SETTINGS if setting.section}
_BY_KEY = {setting.key: setting for setting in SETTINGS}
_WORD = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")


class _Reading:
    """The configuration as far as it is read; the one mutable thing here."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.configuration = Configuration()
        self.findings: list[Finding] = []

    def take(self, key: str, value: Any) -> None:
        section, _, name = key.rpartition(".") if "." in key else ("", "", key)
        if "." in key:
            section, _, name = key.partition(".")
        setting = _BY_KEY.get(key) or (_BY_KEY.get(f"{section}.*") if section and name else None)
        if setting is None:
            self._unknown(section, name, value)
            return
        try:
            self._apply(setting, name, value)
        except _Refused as refused:
            self._found(section, name, refused.message, refused.help)

    def _apply(self, setting: Setting, name: str, value: Any) -> None:
        now = self.configuration
        match setting.key:
            case "as-of":
                self.configuration = evolve(now, as_of=_date(value))
            case "exclude":
                self.configuration = evolve(now, exclude=_texts(value))
            case "baseline":
                self.configuration = evolve(now, baseline=_toml_file(value))
            case "rules.*":
                code, severity = _severity(name, value)
                severities = MappingProxyType({**now.severities, code: severity})
                self.configuration = evolve(now, severities=severities)
            case "units.*":
                self.configuration = evolve(now, units=(*now.units, _unit(now, name, value)))
            case "gaps.kinds":
                self.configuration = evolve(now, gap_kinds=_words(value))
            case "chart.engine":
                self.configuration = evolve(now, engine=_choice(setting, value))
            case "chart.dot":
                self.configuration = evolve(now, dot=_text(value))
            case "site.base-url":
                self.configuration = evolve(now, base_url=_address(value))
            case _:
                field = name.replace("-", "_")
                limits = evolve(now.limits, **{field: _whole(setting, value)})
                self.configuration = evolve(now, limits=limits)

    def _unknown(self, section: str, name: str, value: Any) -> None:
        if section and section in _SECTIONS:
            if not name:
                return  # an empty table changes nothing
            known = [s.name for s in SETTINGS if s.section == section]
            message = f"`[{section}]` has no setting `{name}`"
        elif section:
            known, name = sorted(_SECTIONS), section
            message, section = f"there is no table `[{name}]`", ""
        elif name in _SECTIONS:
            self._found("", name, f"`{name}` is a table, not {_named(value)}", f"Write `[{name}]`")
            return
        else:
            known = [s.name for s in SETTINGS if not s.section]
            message = f"There is no setting `{name}`"
        guess = nearest(name, known)
        advice = f"Did you mean `{guess}`?" if guess else f"There is {listed(known, 'and')}"
        self._found(section, name, message, advice)

    def _found(self, section: str, name: str, message: str, advice: str | None) -> None:
        where = place_of_key(self.source, section, name)
        if not any(f.span == where and f.message == message for f in self.findings):
            self.findings.append(finding("PW131", message, where, help=advice))


class _Refused(Exception):  # noqa: N818  a value is refused; nothing went wrong
    """A value that a setting cannot have; caught within this module."""

    def __init__(self, message: str, advice: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = advice


def _named(value: Any) -> str:
    match value:
        case bool():
            return "true or false"
        case int():
            return "a whole number"
        case float():
            return "a number with a point"
        case str():
            return "text"
        case datetime():
            return "a moment"
        case date():
            return "a date"
        case list():
            return "a list"
        case _:
            return "a table"


def _date(value: Any) -> PartialDate:
    if isinstance(value, datetime) or not isinstance(value, date):
        message = f"A date is expected here, not {_named(value)}"
        raise _Refused(message, "Write the day without quotes, such as `as-of = 2025-12-24`")
    return PartialDate(value.year, value.month, value.day)


def _text(value: Any) -> str:
    if isinstance(value, str) and not value.strip():
        raise _Refused("This text is empty", "Write something, or leave the setting out")
    if not isinstance(value, str):
        raise _Refused(f"A text is expected here, not {_named(value)}", "Put it in quotes")
    return value


def is_address(text: str) -> bool:
    """Whether this can be the address of a site: `https://` or `http://` and a host."""
    return (
        bool(re.match(r"https?://[^\s/\"'<>\\]+(/[^\s\"'<>\\]*)?\Z", text)) and text.isprintable()
    )


def _address(value: Any) -> str:
    if not is_address(_text(value)):
        advice = "Write all of it, such as `https://example.org/pathways/`"
        raise _Refused("This is not the address of a site", advice)
    return str(value)


def _toml_file(value: Any) -> str:
    """A file of TOML below the root, never the configuration itself."""
    path = PurePosixPath(_text(value))
    inside = not path.is_absolute() and not {"..", ""} & set(path.parts)
    odd = any(sign in value for sign in "\\:\0") or not value.isprintable()
    if not inside or odd or path.suffix != ".toml" or path.name == FILE_NAME:
        advice = "Write a name relative to the project's root, such as `quality/baseline.toml`"
        raise _Refused("This is no file of its own below the project's root", advice)
    return path.as_posix()


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(x, str) and x for x in value):
        raise _Refused("A list of texts is expected here", 'Write it as `["one", "two"]`')
    return tuple(value)


def _words(value: Any) -> tuple[str, ...]:
    words = _texts(value)
    for word in words:
        if not _WORD.match(word):
            advice = "A word has small letters, digits and hyphens, such as `prior-exposure`"
            raise _Refused(f"`{word}` cannot be a word of the language", advice)
    return tuple(dict.fromkeys(words))


def _choice(setting: Setting, value: Any) -> str:
    if value not in setting.choices:
        shown = f'"{value}"' if isinstance(value, str) else _named(value)
        choices = listed(f'"{choice}"' for choice in setting.choices)
        raise _Refused(f"`{setting.name}` cannot be {shown}", f"Write {choices}")
    return str(value)


def _whole(setting: Setting, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        advice = f"Write a whole number, such as `{setting.name} = {setting.example}`"
        raise _Refused(f"A whole number is expected here, not {_named(value)}", advice)
    if value < setting.least:
        raise _Refused(f"`{setting.name}` is at least {setting.least}")
    if setting.most is not None and value > setting.most:
        raise _Refused(f"`{setting.name}` is at most {setting.most}")
    return value


def _severity(name: str, value: Any) -> tuple[str, Severity | None]:
    rule = rule_named(name)
    if rule is None:
        known = [word for r in all_rules() for word in (r.code, r.name)]
        guess = nearest(name, known)
        advice = f"Did you mean `{guess}`?" if guess else "`pathwaydsl explain` lists the rules"
        raise _Refused(f"There is no rule `{name}`", advice)
    words = ("error", "warning", "info", "off")
    if value not in words:
        shown = listed(f'"{word}"' for word in words)
        raise _Refused(f"{rule.code} cannot be set to this value", f"Write {shown}")
    severity = None if value == "off" else Severity(value)
    lowered = severity is None or severity.rank > rule.severity.rank
    if lowered and not rule.suppressible:
        raise _Refused(
            f"{rule.code} {rule.name} cannot be lowered, because it is about who gets which "
            "treatment, or about what can be read at all",
            "Leave this setting out and mend what is found",
        )
    return rule.code, severity


def _unit(now: Configuration, name: str, value: Any) -> Unit:
    spellings = tuple(dict.fromkeys((name, *_texts(value))))
    for spelling in spellings:
        if any(c.isspace() or c in '"#{}(),' for c in spelling):
            raise _Refused(f"A unit cannot be written `{spelling}`", "Leave out blanks and signs")
        taken = unit_table(now.units).get(spelling)
        if taken is not None:
            raise _Refused(f"`{spelling}` is already a spelling of the unit `{taken.name}`")
    return Unit(name, spellings, spellings[1] if len(spellings) > 1 else name)


def place_of_key(source: Source, section: str, name: str) -> Span:
    """Where a key stands in the file, found in its text; the whole first line if it hides.

    The library that reads TOML keeps no places.
    """
    table, offset = "", 0
    wanted = {name, f'"{name}"', f"'{name}'"}
    dotted = {f"{section}.{word}" for word in wanted} if section else set()
    for line in source.text.splitlines(keepends=True):
        text = line.strip()
        if text.startswith("["):
            table = text.strip("[]").strip() if "#" not in text else text[1:].partition("]")[0]
            if not section and table.partition(".")[0] == name:
                return _span_of(source, offset, line, name)
        key = text.partition("=")[0].strip()
        if "=" in text and ((table == section and key in wanted) or (not table and key in dotted)):
            return _span_of(source, offset, line, name)
        offset += len(line)
    return source.span(0, len(source.line(1)))


def _span_of(source: Source, offset: int, line: str, name: str) -> Span:
    start = offset + max(line.find(name), 0)
    return source.span(start, start + len(name))


def _not_toml(source: Source, error: tomllib.TOMLDecodeError) -> Finding:
    text = str(error)
    found = re.search(r" \(at line (\d+), column (\d+)\)\Z", text)
    start = len(source.text)
    if found:
        line = min(int(found[1]), len(source.line_starts))
        start = min(source.line_starts[line - 1] + int(found[2]) - 1, len(source.text))
        text = text[: found.start()]
    message = f"This is not TOML: {text[:1].lower()}{text[1:]}"
    return finding("PW131", message, source.span(start, min(start + 1, len(source.text))))
