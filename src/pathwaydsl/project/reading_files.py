"""From a path to a source: every way in which a file can be unfit is a finding.

Nothing that is not a plain file is ever opened, so a pipe or a device cannot hang the program.
"""

import stat
from pathlib import Path

from pathwaydsl.text.finding import Finding, Outcome
from pathwaydsl.text.rules import finding
from pathwaydsl.text.source import Source

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_OTHER_ENCODINGS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def read_source(path: Path, name: str, *, most_bytes: int) -> Outcome[Source | None]:
    """Read a file as text.

    The value is None when nothing could be read at all. With findings, the text is only good
    for showing where they are: what could not be decoded is replaced in it.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return _unreadable(name, f"{name} is a folder, not a file")
        if not stat.S_ISREG(status.st_mode):
            return _unreadable(name, f"{name} is not a plain file")
        if status.st_size > most_bytes:
            return Outcome(None, (_too_large(name, status.st_size, most_bytes),))
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)
    except FileNotFoundError:
        return _unreadable(name, f"There is no file {name}")
    except PermissionError:
        return _unreadable(name, f"{name} may not be read", "Change the file's permissions")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is not possible"
        return _unreadable(name, f"{name} cannot be read: {reason}")
    return decode(content, name, most_bytes=most_bytes)


def decode(content: bytes, name: str, *, most_bytes: int) -> Outcome[Source | None]:
    """The text of a file's bytes, without the byte-order mark; see `read_source`."""
    if len(content) > most_bytes:
        return Outcome(None, (_too_large(name, len(content), most_bytes),))
    marked = content.removeprefix(BYTE_ORDER_MARK)
    try:
        source = Source(name, marked.decode())
    except UnicodeDecodeError as error:
        return _not_utf8(marked, name, error)
    if not source.text.strip():
        message = f"{name} is empty"
        advice = "A pathway file starts with the line `pathwaydsl 1`"
        return Outcome(source, (finding("PW102", message, source.span(0, 0), help=advice),))
    return Outcome(source)


def _unreadable(name: str, message: str, advice: str | None = None) -> Outcome[Source | None]:
    return Outcome(None, (finding("PW104", message, None, file=name, help=advice),))


def _too_large(name: str, size: int, most: int) -> Finding:
    return finding(
        "PW103",
        f"{name} is larger than the limit: {size:,} bytes, and {most:,} are read",
        None,
        file=name,
        help="Split the file, or raise `file-size` under `[limits]` in pathwaydsl.toml",
    )


def _not_utf8(content: bytes, name: str, error: UnicodeDecodeError) -> Outcome[Source | None]:
    other = next((word for mark, word in _OTHER_ENCODINGS if content.startswith(mark)), None)
    if other is not None:
        source = Source(name, "")
        message = f"The file is written in {other}, and only UTF-8 is read"
        place = source.span(0, 0)
    else:
        source = Source(name, content.decode(errors="replace"))
        start = len(content[: error.start].decode())
        message = f"The file is not UTF-8: byte 0x{content[error.start]:02X} here is no character"
        place = source.span(start, start + 1)
    advice = "Save the file again with the encoding UTF-8"
    return Outcome(source, (finding("PW101", message, place, help=advice),))
