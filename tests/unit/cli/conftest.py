"""A small project, and the program run in it."""

import os
import subprocess
import sys

import pytest

EXAMPLE = """\
pathwaydsl 1

criterion fit "Fit for treatment" {
  yes or no
}

drug trastuzumab "Trastuzumab"

regimen antibody "Trastuzumab alone" {
  give trastuzumab 6 mg/kg IV every 3 weeks until "progression"
}

pathway example "An example" {
  version 1.0.0
  date 2025-01-02
  status draft
  population "Adults"
  eligible everyone
  start at look

  assess look "Look" {
    measures fit
    then choice
  }

  decide choice "Fit?" {
    when fit -> treatment
    when not fit -> done
  }

  treat treatment "Treat" {
    regimen antibody
    recommend for strong
    ungraded because "it is an example"
    good-practice because "it is an example"
    then done
  }

  end done "Done"
}
"""


@pytest.fixture(scope="session")
def example():
    """The text of a pathway without findings."""
    return EXAMPLE


@pytest.fixture
def project(tmp_path):
    """A folder with a configuration and one pathway."""
    (tmp_path / "pathwaydsl.toml").write_text("")
    (tmp_path / "example.pathway").write_text(EXAMPLE)
    return tmp_path


@pytest.fixture
def run(project):
    """Run the program in the project as a process of its own."""

    def run(*arguments, stdin=None, cwd=project, **environment):
        clean = {k: v for k, v in os.environ.items() if k not in {"SOURCE_DATE_EPOCH", "NO_COLOR"}}
        return subprocess.run(
            [sys.executable, "-m", "pathwaydsl", *map(str, arguments)],
            cwd=cwd,
            input=stdin,
            capture_output=True,
            check=False,
            timeout=120,
            env={**clean, **environment},
        )

    return run


@pytest.fixture
def call(project, monkeypatch, capfdbinary):
    """Run the program in the project within this process."""
    from pathwaydsl.cli import main

    monkeypatch.chdir(project)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    class Result:
        def __init__(self, code, out, err):
            self.code, self.out, self.err = code, out.decode(), err.decode()
            assert "Traceback" not in self.out + self.err

    def call(*arguments):
        capfdbinary.readouterr()
        code = main([str(argument) for argument in arguments])
        return Result(code, *capfdbinary.readouterr())

    return call
