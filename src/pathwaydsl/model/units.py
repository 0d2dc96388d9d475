"""The closed, published list of units; `pathwaydsl.toml` may add to it.

A unit has one canonical name; singular, plural and UCUM spellings are the same unit.
Nothing is ever converted.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from attrs import frozen


@frozen
class Unit:
    """A unit: its canonical name, every spelling, and its form for one."""

    name: str
    spellings: tuple[str, ...]
    singular: str


_ROWS = """
% percent
points point
years year a
months month mo
weeks week wk
days day d
hours hour h
minutes minute min
seconds second s
cycles cycle
lines line
times time
doses dose
patients patient
kg
g
mg
mcg ug
ng
kg/m2
m2
m
cm
mm
L l
mL ml
dL dl
mg/m2
mg/kg
mcg/kg
g/m2
mg/day mg/d
IU [iU]
IU/L
IU/mL
IU/m2
U/L
U/mL
mmHg mm[Hg]
bpm
/min
/mm3
breaths/min
g/L
g/dL
mg/L
mg/dL
mcg/L
mcg/mL
ng/mL
ng/L
pg/mL
mol/L
mmol/L
umol/L
nmol/L
pmol/L
mmol/mol
mEq/L
mL/min
mL/min/1.73m2
mL/h
mL/kg
L/min
10^9/L 10*9/L
10^12/L 10*12/L
10^6/L 10*6/L
copies/mL
cells/mm3
x-ULN
°C Cel
mm/h
ms
Gy
fractions fraction
mut/Mb
kPa
mOsm/kg
ratio
pack-years pack-year
drinks/week
"""

_SINGULAR = {
    "points": "point",
    "years": "year",
    "months": "month",
    "weeks": "week",
    "days": "day",
    "hours": "hour",
    "minutes": "minute",
    "seconds": "second",
    "cycles": "cycle",
    "lines": "line",
    "times": "time",
    "doses": "dose",
    "patients": "patient",
    "fractions": "fraction",
    "pack-years": "pack-year",
}


def _read(row: str) -> Unit:
    spellings = tuple(row.split())
    return Unit(spellings[0], spellings, _SINGULAR.get(spellings[0], spellings[0]))


UNITS: tuple[Unit, ...] = tuple(_read(row) for row in _ROWS.strip().splitlines())
"""Every unit that comes with the language."""

LOOK_ALIKES: Mapping[str, str] = MappingProxyType(
    {
        "µg": "mcg",
        "μg": "mcg",
        "µmol/L": "umol/L",
        "μmol/L": "umol/L",
        "μg/L": "mcg/L",
        "µg/L": "mcg/L",
        "µg/kg": "mcg/kg",
        "μg/kg": "mcg/kg",
    }
)
"""Spellings that are refused because they are misread, and what to write instead."""


def unit_table(extra: Iterable[Unit] = ()) -> Mapping[str, Unit]:
    """Every spelling with its unit, those of the configuration after the built-in ones."""
    table: dict[str, Unit] = {}
    for unit in (*UNITS, *extra):
        for spelling in unit.spellings:
            table.setdefault(spelling, unit)
    return MappingProxyType(table)
