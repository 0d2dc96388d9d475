"""Drawings kept from one run to the next, in a folder outside the source tree.

A drawing is found by all that it depends on; failures are never kept, so the next build says them
again.
"""

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from attrs import frozen

RENDERER_VERSION = "1"
"""Changes when the same DOT source and engine would give another drawing."""


@frozen
class ChartCache:
    """Drawings in a folder, which is made when the first one is kept."""

    folder: Path

    @staticmethod
    def key(source: str, engine: str, kind: str = "svg") -> str:
        """What a drawing depends on, as one word."""
        parts = f"{RENDERER_VERSION}\x00{engine}\x00{kind}\x00{source}"
        return hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()

    def get(self, key: str) -> bytes | None:
        """The drawing kept under a key, or None."""
        try:
            return self._path(key).read_bytes()
        except OSError:
            return None

    def put(self, key: str, drawing: bytes) -> None:
        """Keep a drawing; where that cannot be, it is drawn again the next time."""
        path = self._path(key)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(drawing)
                Path(name).replace(path)
            except OSError:
                Path(name).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]
