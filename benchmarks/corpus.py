"""Pathways of any size, made for measuring."""

from __future__ import annotations

HEAD = """\
pathwaydsl 1

criterion {name}-fit "Fit for treatment" {{
  yes or no
  may be unknown
}}

criterion {name}-lvef "Left ventricular ejection fraction" {{
  number 0..100 %
  may be unknown
}}

drug {name}-drug "Trastuzumab"

regimen {name}-regimen "Trastuzumab alone" {{
  give {name}-drug 6 mg/kg IV every 3 weeks
}}

pathway {name} "A pathway of {boxes} boxes" {{
  version 1.0.0
  date 2025-01-01
  status draft
  population "Adults with HER2-positive disease"
  eligible everyone
  start at look-0
"""


def pathway(name: str, boxes: int) -> str:
    """A pathway of so many boxes, a third of them branch points, with all it stands on."""
    parts = [HEAD.format(name=name, boxes=boxes)]
    groups = max(1, (boxes - 1) // 3)
    for number in range(groups):
        after = f"look-{number + 1}" if number + 1 < groups else "done"
        parts.append(
            f'  assess look-{number} "Look number {number}" {{\n'
            f"    measures {name}-fit, {name}-lvef\n    then choice-{number}\n  }}\n\n"
            f'  decide choice-{number} "Fit enough, number {number}?" {{\n'
            f"    when {name}-lvef >= 50 % and {name}-fit -> treat-{number}\n"
            f'    otherwise -> {after} "not fit enough"\n    unknown -> {after}\n  }}\n\n'
            f'  treat treat-{number} "Treat, number {number}" {{\n'
            f"    regimen {name}-regimen\n    recommend for strong\n"
            '    ungraded because "it is made for measuring"\n'
            '    good-practice because "it is made for measuring"\n'
            f"    monitor {name}-lvef every 12 weeks\n    then {after}\n  }}\n"
        )
    parts.append('  end done "Done"\n}\n')
    return "\n".join(parts)


def of_size(size: int) -> str:
    """A pathway of about so many characters."""
    sample = len(pathway("size", 301)) / 300
    return pathway("size", int(size / sample))
