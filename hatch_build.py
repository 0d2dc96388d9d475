"""What a wheel holds beyond the files under `src/`.

An editable install reads the same files where they lie in the checkout, so nothing is added there:
a copy would grow stale and would shadow the package after it is uninstalled.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from collections.abc import Callable


def ship_grammar(root: Path) -> dict[str, str]:
    """Ship the top-level `grammar/`, which lies outside the package so that it is easy to find."""
    grammar = root / "grammar"
    if not any(grammar.glob("*.lark")):
        message = f"no grammar in {grammar}: a wheel without it could read no pathway"
        raise FileNotFoundError(message)
    return {str(grammar): "pathwaydsl/grammar"}


# One after another. A step makes or finds files below the project's root
# and says where each of them lies in the wheel: {file or folder here: place in the wheel}.
STEPS: tuple[Callable[[Path], dict[str, str]], ...] = (ship_grammar,)


class ShipWhatLiesOutside(BuildHookInterface):  # type: ignore[type-arg]
    """Runs the steps, for every wheel but an editable one."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add what each step ships to the wheel."""
        if version == "editable":
            return
        for step in STEPS:
            build_data["force_include"].update(step(Path(self.root)))
