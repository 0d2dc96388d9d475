"""A release that stops at any moment can be ended, and nothing is ever lost or written over."""

import errno
import multiprocessing
import shutil
import subprocess

import pytest
from attrs import evolve

from pathwaydsl.authoring.journal import read_journal, written
from pathwaydsl.authoring.seals import digest_of
from pathwaydsl.project.disk import RealDisk
from pathwaydsl.project.loading import load_project
from pathwaydsl.project.preparing import RefusedError, Wish, prepare
from pathwaydsl.project.releases import releases_of
from pathwaydsl.project.releasing import (
    BusyError,
    ReleaseError,
    begin,
    begun,
    end,
    locked,
)
from pathwaydsl.project.verifying import verify

TEXT = """\
pathwaydsl 1

pathway example "An example" {
  version 1.0.0
  date 2025-01-02
  status draft
  population "Adults"
  eligible everyone
  start at care

  # what we do
  act care "Care" {
    then done
  }

  end done "Done"
}
"""

STEPS = 30
"""More steps than a release has."""


class PowerCutError(BaseException):
    """The machine stopped."""


class FailingDisk(RealDisk):
    """A disk that stops, or fails, at one of its steps.

    Attributes:
        at: The number of the step, counted from 0.
        how: "before" and "after" it, "half" of what it writes, or a code of an error.
    """

    def __init__(self, at, how):
        self.at, self.how, self.step = at, how, -1

    def _next(self, done):
        self.step += 1
        if self.step != self.at:
            done()
            return
        if isinstance(self.how, int):
            raise OSError(self.how, "No luck")
        if self.how == "after":
            done()
        raise PowerCutError

    def make_folder(self, path):
        """Make a folder, unless it is time to fail."""
        self._next(lambda: RealDisk.make_folder(self, path))

    def write(self, path, content):
        """Write a file, half of it at the step before a stop."""
        if self.how == "half" and self.step + 1 == self.at:
            path.write_bytes(content[: len(content) // 2])
        self._next(lambda: RealDisk.write(self, path, content))

    def replace(self, source, target):
        """Move a file, unless it is time to fail."""
        self._next(lambda: RealDisk.replace(self, source, target))

    def place(self, source, target):
        """Place a file, unless it is time to fail."""
        self._next(lambda: RealDisk.place(self, source, target))

    def remove(self, path):
        """Remove a file, unless it is time to fail."""
        self._next(lambda: RealDisk.remove(self, path))


@pytest.fixture
def working(tmp_path):
    """A working file with one release, and changed since."""
    (tmp_path / "pathwaydsl.toml").write_text("")
    file = tmp_path / "example.pathway"
    file.write_text(TEXT)
    release(file, RealDisk())
    for name in (".gitattributes", ".gitignore"):
        (tmp_path / "releases" / "example" / name).unlink()
    file.write_text(file.read_text().replace('"Care"', '"Care at home"'))
    return file


MINOR = Wish("minor")


def release(file, disk, wish=MINOR):
    """What the command does: end what was begun, or release what is there."""
    folder = file.parent / "releases" / "example"
    with locked(folder, seconds=20):
        journal = begun(folder, disk)
        if journal is None:
            project = load_project([file])
            journal = prepare(project, project.asked[0], wish).journal
            begin(folder, journal, disk)
        return end(file, folder, journal, disk)


def state(folder):
    """Every file that is no hidden one."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and not p.name.startswith(".")
    }


def verified(folder):
    """The rules of what `verify` finds."""
    return [f.rule for f in verify(load_project([folder], checked=False)).findings]


@pytest.fixture
def wanted(working, tmp_path_factory):
    """What is there after a release that nothing stopped."""
    copy = tmp_path_factory.mktemp("whole") / "project"
    shutil.copytree(working.parent, copy)
    release(copy / working.name, RealDisk())
    return state(copy)


@pytest.mark.parametrize("how", ["before", "half", "after"])
def test_stopped_at_any_step_it_can_be_ended(working, wanted, how, tmp_path):
    """After a stop, `verify` passes or names what is left; running it again ends it."""
    before = state(tmp_path)
    stopped = 0
    for at in range(STEPS):
        copy = tmp_path.parent / f"{tmp_path.name}-{how}-{at}"
        shutil.copytree(tmp_path, copy)
        file = copy / working.name
        try:
            release(file, FailingDisk(at, how))
        except PowerCutError:
            stopped += 1
        else:
            assert state(copy) == wanted
            break
        found = verified(copy)
        assert found in ([], ["PW626"])
        if not found:
            assert state(copy) in (before, wanted)
        if found or state(copy) != wanted:
            release(file, RealDisk())
        assert state(copy) == wanted
        assert verified(copy) == []
        left = [p.name for p in copy.rglob(".*") if p.name.endswith(".new") or "journal" in p.name]
        assert left == []
    assert stopped > 10


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_an_error_of_the_disk_is_told_and_can_be_mended(working, wanted, code, tmp_path):
    """A full disk or a missing permission is one plain sentence, and the same command goes on."""
    before = state(tmp_path)
    for at in range(STEPS):
        copy = tmp_path.parent / f"{tmp_path.name}-{code}-{at}"
        shutil.copytree(tmp_path, copy)
        file = copy / working.name
        try:
            release(file, FailingDisk(at, code))
        except ReleaseError as error:
            said = str(error)
        else:
            break
        assert "cannot be written: No luck" in said
        if "Nothing was released" in said:
            assert state(copy) == before
        else:
            assert "run the same command again" in said
            assert verified(copy) == ["PW626"]
        release(file, RealDisk())
        assert state(copy) == wanted
    assert at > 5


def test_what_was_released_can_be_read_back(working):
    """The release is in the project, means what was released, and is sealed."""
    release(working, RealDisk())
    project = load_project([working])
    assert project.errors == ()
    first, second = releases_of(project)["example"]
    assert (str(first.version), str(second.version)) == ("1.0.0", "1.1.0")
    assert second.document.pathway.supersedes == first.version
    assert second.document.pathway.node["care"].label == "Care at home"
    assert all(one.sealed for one in (first, second))
    assert "# what we do" in second.source.text
    assert "version 1.1.1" in working.read_text()
    assert "# what we do" in working.read_text()


def test_sha256sum_agrees(working):
    """The seals are read by the program everybody has."""
    release(working, RealDisk())
    folder = working.parent / "releases" / "example"
    subprocess.run(["sha256sum", "--strict", "-c", "SEALS"], cwd=folder, check=True)


def test_nothing_is_written_over(working):
    """A file that lies under the name of the release stays as it is."""
    there = working.parent / "releases" / "example" / "1.1.0.pathway"
    there.write_text("mine")
    project = load_project([working])
    folder = there.parent
    with pytest.raises(RefusedError):
        prepare(project, "example.pathway", Wish("minor"))
    there.unlink()
    journal = prepare(load_project([working]), "example.pathway", Wish("minor")).journal
    there.write_text("mine")
    begin(folder, journal, RealDisk())
    with pytest.raises(ReleaseError, match="Nothing is written over it"):
        end(working, folder, journal, RealDisk())
    assert there.read_text() == "mine"
    there.unlink()
    end(working, folder, journal, RealDisk())
    assert verified(working.parent) == []


def test_a_working_file_edited_meanwhile_is_left_as_it_is(working):
    """Between a stop and its end an author may go on writing: nothing of it is lost."""
    folder = working.parent / "releases" / "example"
    journal = prepare(load_project([working]), "example.pathway", Wish("minor")).journal
    begin(folder, journal, RealDisk())
    edited = working.read_text().replace("at home", "in the clinic")
    working.write_text(edited)
    assert end(working, folder, journal, RealDisk()).working_left
    assert working.read_text() == edited
    assert verified(working.parent) == []


def test_a_foreign_journal_is_not_followed(working):
    """A journal that is none, or is another file's, moves nothing."""
    folder = working.parent / "releases" / "example"
    (folder / ".journal").write_text("{}")
    with pytest.raises(ReleaseError, match="is not the journal"):
        begun(folder, RealDisk())
    (folder / ".journal").unlink()
    journal = prepare(load_project([working]), "example.pathway", Wish("minor")).journal
    other = working.with_name("other.pathway")
    other.write_text("mine")
    with pytest.raises(ReleaseError, match=r"begun for example\.pathway"):
        end(other, folder, journal, RealDisk())
    assert other.read_text() == "mine"
    for name, wrong in (("version", "../1.0.0"), ("working", "../example.pathway")):
        assert read_journal(written(evolve(journal, **{name: wrong}))) is None
    renamed = working.rename(working.with_name("renamed.pathway"))
    assert end(renamed, folder, journal, RealDisk()).working_left
    assert verified(working.parent) == []


def test_an_earlier_date_is_refused(working):
    """A clock in the past, or a date that was mistyped, stops a release."""
    working.write_text(working.read_text().replace("2025-01-02", "2024-12-31"))
    with pytest.raises(RefusedError, match="is before 2025-01-02"):
        prepare(load_project([working]), "example.pathway", Wish("minor"))


def test_what_did_not_change_is_not_released(working):
    """The next working version alone is no release."""
    release(working, RealDisk())
    with pytest.raises(RefusedError, match=r"Nothing changed since version 1\.1\.0"):
        prepare(load_project([working]), "example.pathway", Wish())


def test_line_ends_of_git_are_recognised(working):
    """A release checked out with other line ends is told as such."""
    file = working.parent / "releases" / "example" / "1.0.0.pathway"
    sealed = digest_of(file.read_bytes())
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert digest_of(file.read_bytes()) != sealed
    (found,) = load_project([working], checked=False).errors
    assert found.rule == "PW615"
    assert "core.autocrlf" in found.help


def _release_in_a_process(file, start, results):
    start.wait()
    try:
        results.put(release(file, RealDisk()).version)
    except (RefusedError, BusyError) as error:
        results.put(f"{type(error).__name__}: {error}")


def test_two_people_releasing_at_once_make_one_release(working, wanted):
    """Two processes start together: one releases, the other finds that nothing is new."""
    context = multiprocessing.get_context("spawn")
    start, results = context.Barrier(2), context.Queue()
    workers = [
        context.Process(target=_release_in_a_process, args=(working, start, results))
        for _ in range(2)
    ]
    for worker in workers:
        worker.start()
    said = sorted(results.get(timeout=60) for _ in workers)
    for worker in workers:
        worker.join(timeout=60)
    assert said[0] == "1.1.0"
    assert said[1].startswith("RefusedError: Nothing changed")
    assert state(working.parent) == wanted


def _hold(folder, held, done):
    with locked(folder):
        held.set()
        done.wait(30)


def test_who_waits_too_long_is_told(working):
    """While another process holds the lock, nobody else begins."""
    folder = working.parent / "releases" / "example"
    context = multiprocessing.get_context("spawn")
    held, done = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(folder, held, done))
    other.start()
    assert held.wait(30)
    with pytest.raises(BusyError), locked(folder, seconds=0.2):
        pass
    done.set()
    other.join(timeout=30)
    with locked(folder, seconds=5):
        pass


WORDS = '[units]\nvials = ["vial"]\nboxes = ["box"]\n[gaps]\nkinds = ["implementation"]\n'


def test_a_release_needs_no_settings(working, tmp_path):
    """Units and kinds of gaps of the project that it uses stand at its top; others do not."""
    settings = tmp_path / "pathwaydsl.toml"
    settings.write_text(WORDS)
    counted = 'criterion stock "Stock" {\n  number 0..9 vials\n}\n\npathway '
    text = working.read_text().replace("pathway example", f"{counted}example", 1)
    text = text.replace("eligible everyone", "eligible when stock >= 1 vial")
    working.write_text(text)
    release(working, RealDisk(), Wish("auto"))
    released = max(tmp_path.glob("releases/example/*.pathway"))
    assert "\n# unit of the project: vials, vial\n" in released.read_text()
    assert "box" not in released.read_text()
    assert "implementation" not in released.read_text()
    for other in ("", '[units]\nvial = ["vials"]\n'):
        settings.write_text(other)
        assert verified(tmp_path) == []
        assert load_project([released]).errors == ()
    settings.write_text(WORDS)
    assert load_project([working]).errors == ()
