"""The journal of a release: everything it is about to write, so that it can be ended later.

The journal is whole or it is not there; whoever finds one can end the release with it, and does
the same however often it is done.
"""

import json
from typing import Any

from attrs import asdict, fields, frozen

from pathwaydsl.authoring.release_head import version_in
from pathwaydsl.authoring.seals import Seal, digest_of

_FORMAT = 1


@frozen
class Journal:
    """What a release writes.

    Attributes:
        pathway: The id of the pathway.
        version: The version, as written.
        name: The name of the release's file.
        release: Its text.
        signature: A signature of its seal, or None.
        working: The name of the working file, which lies two folders above.
        before: The sum of the working file as it was released.
        after: The text of the next working file.
    """

    pathway: str
    version: str
    name: str
    release: str
    signature: str | None
    working: str
    before: str
    after: str

    @property
    def seal(self) -> Seal:
        """The seal of the release."""
        return Seal(self.name, digest_of(self.release.encode()))


def written(journal: Journal) -> bytes:
    """The journal as a file."""
    said = {"format": _FORMAT, **asdict(journal)}
    body = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return json.dumps({"sum": digest_of(body.encode()), "journal": said}, sort_keys=True).encode()


def read_journal(content: bytes) -> Journal | None:
    """The journal that a file holds, or None if it is none or not whole."""
    try:
        outer: dict[str, Any] = json.loads(content)
        said = dict(outer["journal"])
        body = json.dumps(said, ensure_ascii=False, sort_keys=True)
        whole = outer["sum"] == digest_of(body.encode()) and said.pop("format") == _FORMAT
        if not whole or said.keys() != {field.name for field in fields(Journal)}:
            return None
        strings = all(isinstance(v, str) for k, v in said.items() if k != "signature")
        named = said["name"] == f"{version_in(said['version'])}.pathway"
        beside = not {"/", "\\", "\0"} & set(said["working"])
        return Journal(**said) if strings and named and beside else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
