"""The small pathway that examples of rules are made from; by itself it has no finding."""

GOOD = """pathwaydsl 1

pathway example "Example" {
  version 1.0.0
  date 2025-01-01
  status draft
  population "Adults"
  eligible everyone
  start at care

  act care "Care" {
    then done
  }

  end done "Done"
}
"""


def changed(old: str, new: str, base: str = GOOD) -> str:
    """An example with one stretch of it written differently.

    Raises:
        ValueError: If the stretch does not stand in it.
    """
    if old not in base:
        raise ValueError(old)
    return base.replace(old, new, 1)


def flow(nodes: str, *, start: str = "care", above: str = "", head: str = "") -> str:
    """A whole file with these nodes in its pathway, and these definitions above it."""
    text = "pathwaydsl 1\n\n"
    if above:
        text += above.strip() + "\n\n"
    text += (
        'pathway example "Example" {\n'
        "  version 1.0.0\n"
        "  date 2025-01-01\n"
        "  status draft\n"
        '  population "Adults"\n'
        "  eligible everyone\n"
        f"  start at {start}\n"
    )
    for line in head.strip().splitlines():
        text += f"  {line}\n"
    text += "\n"
    for line in nodes.strip("\n").splitlines():
        text += f"  {line}".rstrip() + "\n"
    return text + "}\n"
