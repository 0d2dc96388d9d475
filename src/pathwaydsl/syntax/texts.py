"""What a quoted text means: escapes, the common indent of several lines, curly quotes.

A text is read once, by `text_value`; wrong escapes are kept as written and reported by
`escapes_of`.
"""

import re
from textwrap import dedent

_ESCAPE = re.compile(
    r"\\(?:(?P<plain>[\"\\nt])|u\{(?P<hex>[0-9A-Fa-f]{1,6})\}|(?P<bad>.?))", re.DOTALL
)
_PLAIN = {'"': '"', "\\": "\\", "n": "\n", "t": "\t"}


def _unescape(match: re.Match[str]) -> str:
    if plain := match["plain"]:
        return _PLAIN[plain]
    if (digits := match["hex"]) and _is_character(int(digits, 16)):
        return chr(int(digits, 16))
    return match[0]


def _is_character(point: int) -> bool:
    return 0 < point <= 0x10FFFF and not 0xD800 <= point <= 0xDFFF


def text_value(written: str) -> str:
    """The text that a TEXT token stands for."""
    if written.startswith('"""'):
        body = written[3:-3].replace("\r\n", "\n")
        head, line_break, rest = body.partition("\n")
        if line_break:
            body = f"{head.strip()}\n{dedent(rest)}" if head.strip() else dedent(rest)
            body = body.strip("\n").rstrip()
        else:
            body = body.strip()
    else:
        body = written[1:-1]
    return _ESCAPE.sub(_unescape, body) if "\\" in body else body


def wrong_escapes(written: str) -> list[tuple[int, int]]:
    """Offsets (start, end) within the token of escapes that mean nothing."""
    return [
        match.span()
        for match in _ESCAPE.finditer(written)
        if match["bad"] is not None
        or (match["hex"] is not None and not _is_character(int(match["hex"], 16)))
    ]
