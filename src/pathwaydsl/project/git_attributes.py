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
_END = "# pathwaydsl: end"


def with_line(content: bytes | None) -> bytes:
    """A file of attributes with our line; None stands for no file."""
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
    return before + f"{begin}\n{LINE}\n{_END}\n".encode()


def has_line(content: bytes) -> bool:
    """Whether a file of attributes has our line."""
    return f"\n{LINE}\n{_END}\n".encode() in content


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
    begin = lines[start].decode(errors="replace")
    if begin == _TORN and not after:
        before = before.removesuffix(b"\n")
    left = before + after
    return None if begin == _NEW and not left else left
