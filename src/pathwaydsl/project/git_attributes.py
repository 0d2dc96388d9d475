"""The line in a file of git attributes that hands pathway files to our drivers.

It stands between two lines of ours, so that taking it out leaves the file as it was, to the byte.
"""

from pathwaydsl.project.finding_files import SUFFIX

DRIVER = "pathway"
"""What our drivers are called in git's settings."""

LINE = f"*{SUFFIX} diff={DRIVER} merge={DRIVER}"
"""What the attributes say."""

_BEGIN = "# pathwaydsl: begin; `pathwaydsl git disable` takes this out"
_NEW = f"{_BEGIN} (and the file, which was not there)"
_TORN = f"{_BEGIN} (and the line break above)"
_SETTINGS = "; git's settings ended without a line break"
_END = "# pathwaydsl: end"


def with_line(content: bytes | None, *, settings_torn: bool = False) -> bytes:
    """A file of attributes with our line.

    Args:
        content: The file as it is, or None for no file.
        settings_torn: Whether the file of settings that belongs to it ended without a line break,
            which git has written by now.
    """
    if content is not None and has_line(content):
        return content
    if content is not None:
        content = without_line(content)
    if content is None:
        begin, before = _NEW, b""
    elif content and not content.endswith(b"\n"):
        begin, before = _TORN, content + b"\n"
    else:
        begin, before = _BEGIN, content
    begin += _SETTINGS if settings_torn else ""
    return before + f"{begin}\n{LINE}\n{_END}\n".encode()


def has_line(content: bytes) -> bool:
    """Whether a file of attributes has our line."""
    return f"\n{LINE}\n{_END}\n".encode() in content


def settings_were_torn(content: bytes) -> bool:
    """Whether our line says that the settings ended without a line break."""
    begins = (line for line in content.split(b"\n") if line.startswith(_BEGIN.encode()))
    return next(begins, b"").endswith(_SETTINGS.encode())


def without_line(content: bytes) -> bytes | None:
    """The file as it was before; None where there was none and nothing was added since."""
    lines = content.split(b"\n")
    begins = [at for at, line in enumerate(lines) if line.startswith(_BEGIN.encode())]
    if not begins:
        return content
    start = begins[0]
    ends = [at for at, line in enumerate(lines) if line == _END.encode() and at > start]
    if not ends:
        return content
    before = b"".join(line + b"\n" for line in lines[:start])
    after = b"\n".join(lines[ends[0] + 1 :])
    begin = lines[start].decode(errors="replace").removesuffix(_SETTINGS)
    if begin == _TORN and not after:
        before = before.removesuffix(b"\n")
    left = before + after
    return None if begin == _NEW and not left else left
