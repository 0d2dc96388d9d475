"""Pathways read from texts, each text once."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pathwaydsl.project.loading import load_project


@cache
def project(text):
    with TemporaryDirectory() as folder:
        (Path(folder) / "pathwaydsl.toml").write_text("", encoding="utf-8")
        (Path(folder) / "example.pathway").write_text(text, encoding="utf-8")
        return load_project([Path(folder)])


def pathway(text):
    """The pathway of a file."""
    return next(d.pathway for d in project(text).documents.values() if d.pathway is not None)


def unreadable(text):
    """What could not be read of a file, or does not exist."""
    return [
        one
        for one in project(text).findings
        if one.rule[:3] in {"PW1", "PW2"} and one.severity == "error"
    ]
