"""SEALS: one line a release with the sum of its bytes, exactly as `sha256sum -c` reads it.

A seal shows that a file changed. It does not show who wrote it: whoever can change the file can
change the seal, which is what signatures are for.
"""

import hashlib
import re

from attrs import frozen

FILE_NAME = "SEALS"
"""The file of seals, in the folder of a pathway's releases."""

_LINE = re.compile(r"([0-9A-Fa-f]{64})(?:  | \*)([^\\/\0\r\n]+)")


@frozen
class Seal:
    """The sum of one file of the folder, in small hexadecimal digits."""

    name: str
    digest: str

    @property
    def line(self) -> str:
        """The line of the file, without its line break."""
        return f"{self.digest}  {self.name}"


@frozen
class Seals:
    """What a file of seals says.

    Attributes:
        seals: The seals, in the order written.
        foreign: Number and text of every line that is no seal.
    """

    seals: tuple[Seal, ...] = ()
    foreign: tuple[tuple[int, str], ...] = ()

    def of(self, name: str) -> Seal | None:
        """The first seal of a file, or None."""
        return next((seal for seal in self.seals if seal.name == name), None)


def digest_of(content: bytes) -> str:
    """SHA-256 in small hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def seal_of(name: str, content: bytes) -> Seal:
    """The seal of a file."""
    return Seal(name, digest_of(content))


def read_seals(text: str) -> Seals:
    """Read a file of seals; names of files in other folders are foreign."""
    seals: list[Seal] = []
    foreign: list[tuple[int, str]] = []
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        match = _LINE.fullmatch(line.removesuffix("\r"))
        if match is not None:
            seals.append(Seal(match[2], match[1].lower()))
        elif line or text.strip("\n"):
            foreign.append((number, line))
    return Seals(tuple(seals), tuple(foreign))


def with_seal(text: str, seal: Seal) -> str:
    """A file of seals with one more seal at its end; what stands in it stays as it is."""
    before = text if not text or text.endswith("\n") else f"{text}\n"
    return f"{before}{seal.line}\n"
