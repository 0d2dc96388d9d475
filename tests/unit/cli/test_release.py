"""`release` and `verify` as they are typed."""

import errno
import shutil
import subprocess

import pytest

from pathwaydsl.project.disk import RealDisk

SIGNS = shutil.which("ssh-keygen")


@pytest.fixture
def released(call, project):
    """The example with its first release."""
    assert call("release", "example.pathway").code == 0
    return project / "releases" / "example"


def change(project, old, new):
    """Write something else into the working file."""
    file = project / "example.pathway"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_release_freezes_the_file_and_begins_the_next(call, project, released, example):
    """The release is the file in canonical form; the working file is a draft of the next."""
    assert (released / "1.0.0.pathway").read_text() == example
    after = (project / "example.pathway").read_text()
    wanted = example.replace("version 1.0.0", "version 1.0.1")
    assert after == wanted.replace("status draft\n", "status draft\n  supersedes 1.0.0\n")
    assert call("check").code == 0
    result = call("verify")
    assert (result.code, result.out) == (0, "1 release of 1 pathway, each as it was sealed.\n")
    subprocess.run(["sha256sum", "--strict", "-c", "SEALS"], cwd=released, check=True)


def test_a_dry_run_writes_nothing(call, project):
    """It says which version would be released, and the fingerprint of its review sheet."""
    result = call("release", "example.pathway", "--dry-run")
    assert result.code == 0
    assert result.out.splitlines()[0] == "Would release 1.0.0: releases/example/1.0.0.pathway"
    assert result.out.splitlines()[1].startswith("Fingerprint of the review sheet: ")
    assert not (project / "releases").exists()


def test_a_file_with_errors_is_not_released(call, project):
    """Checks come first; nothing is left behind."""
    change(project, "when not fit -> done\n", "")
    result = call("release", "example.pathway")
    assert result.code == 1
    assert "PW301" in result.err
    assert "was not released, because of the errors above" in result.err
    assert not (project / "releases").exists()


def test_a_failing_case_stops_a_release(call, project):
    """A case that fails is an error."""
    file = project / "example.pathway"
    file.write_text(file.read_text() + '\ncase "Fit" {\n  given fit\n  expect never treatment\n}\n')
    result = call("release", "example.pathway")
    assert result.code == 1
    assert "PW7" in result.err
    assert not (project / "releases").exists()


def test_too_small_a_number_is_refused(call, project, released):
    """Who gets what has changed, so a patch is too small; `auto` takes the number needed."""
    change(project, "regimen antibody\n", "regimen other\n")
    change(
        project,
        "pathway example",
        'regimen other "Other" {\n  give trastuzumab 8 mg/kg IV once\n}\n\npathway example',
    )
    refused = call("release", "example.pathway", "--bump", "patch")
    assert refused.code == 1
    assert "Version 1.0.1 is too small a step from 1.0.0" in refused.err
    assert "PW603" in refused.err
    assert "PW603" not in call("check").out
    change(project, "status draft", "status in-review")
    checked = call("check")
    assert checked.code == 1
    assert "PW603" in checked.out
    assert "went from version 1.0.0 to 1.0.1, but its changes need a major step" in checked.out
    change(project, "  version 1.0.1\n", "  version 2.0.0\n")
    assert "PW603" not in call("check").out
    change(project, "  version 2.0.0\n", "  version 1.0.1\n")
    assert sorted(p.name for p in released.glob("*.pathway")) == ["1.0.0.pathway"]
    done = call("release", "example.pathway", "--bump", "auto", "--note", "Another dose")
    assert done.code == 0
    version = done.out.split()[1].rstrip(":")
    assert version in {"1.1.0", "2.0.0"}
    text = (released / f"{version}.pathway").read_text()
    assert '  change-note "Another dose"\n' in text
    assert "  supersedes 1.0.0\n" in text
    assert "change-note" not in (project / "example.pathway").read_text()
    assert call("verify").code == 0


def test_a_release_that_changed_is_found_everywhere(call, released):
    """A broken seal is an error of `check`, `verify` and `release`, and cannot be allowed."""
    file = released / "1.0.0.pathway"
    file.write_text("# allow PW615: it was me\n" + file.read_text())
    for command in (["check"], ["verify"], ["release", "example.pathway"]):
        result = call(*command)
        assert result.code == 1
        assert "PW615" in result.out + result.err


def test_an_interrupted_release_is_named_and_ended(call, project, released, monkeypatch):
    """`check` and `verify` say what is left over and how to end it."""
    change(project, '"Look"', '"Look twice"')

    def stop(self, source, target):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(RealDisk, "place", stop)
        assert call("release", "example.pathway", "--bump", "minor").code == 130
    for command in ("check", "verify"):
        result = call(command)
        assert result.code == 1
        assert result.out.count("error:") == 1
        assert "begun and not ended" in result.out
    ended = call("release", "example.pathway")
    assert (ended.code, ended.out) == (0, "Released 1.1.0: releases/example/1.1.0.pathway\n")
    assert call("verify").code == 0
    assert call("check").code == 0


def test_without_permission_nothing_is_released(call, project, monkeypatch):
    """A folder that may not be written is one plain sentence, whoever asks."""

    def refuse(_disk, path, *_content):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    for name in ("make_folder", "write", "replace", "place"):
        with monkeypatch.context() as patched:
            patched.setattr(RealDisk, name, refuse)
            result = call("release", "example.pathway")
        assert result.code == 2
        assert "cannot be written: Permission denied" in result.err
    assert call("release", "example.pathway").code == 0
    assert (project / "releases" / "example" / "1.0.0.pathway").exists()


def test_a_folder_in_the_way_is_told(call, project):
    """Where the releases should lie stands a file: one plain sentence."""
    (project / "releases").write_text("a list of releases")
    result = call("release", "example.pathway")
    assert result.code == 2
    assert "cannot be written" in result.err


@pytest.mark.parametrize("name", ["my pathway.pathway", 'a"b.pathway', "ωμέγα.pathway"])
def test_any_name_of_a_file_will_do(call, project, name):
    """Blanks, quotes and Greek letters in a path change nothing."""
    folder = project / "Ελλάδα 'x'"
    folder.mkdir()
    (project / "example.pathway").rename(folder / name)
    assert call("release", folder / name).code == 0
    assert call("verify", folder / name).code == 0
    assert (folder / "releases" / "example" / "1.0.0.pathway").exists()


def test_what_is_no_pathway_is_refused(call, project):
    """A folder, a library and a missing file are told apart."""
    (project / "library.pathway").write_text("pathwaydsl 1\n")
    assert call("release", ".").code == 2
    for name in ("library.pathway", "missing.pathway"):
        result = call("release", name)
        assert result.code == 1
        assert "no pathway in" in result.err


def test_what_was_signed_is_what_is_released(call, project):
    """An approval with a fingerprint holds for that text alone; it travels into the release."""
    shown = call("release", "example.pathway", "--dry-run").out.splitlines()[1].split()[-1]
    change(
        project,
        "status draft\n",
        f'status published\n  approved by "The board" on 2025-01-01 # sheet {shown}\n',
    )
    assert call("check").code == 0
    change(project, '"Treat"', '"Treat later"')
    checked = call("check")
    assert checked.code == 1
    assert "PW627" in checked.out
    assert call("release", "example.pathway").code == 1
    assert not (project / "releases" / "example" / "1.0.0.pathway").exists()
    change(project, '"Treat later"', '"Treat"')
    assert call("release", "example.pathway").code == 0
    text = (project / "releases" / "example" / "1.0.0.pathway").read_text()
    assert f'approved by "The board" on 2025-01-01 # sheet {shown}\n' in text
    assert "approved" not in (project / "example.pathway").read_text()
    assert call("verify").code == 0


def test_an_approval_without_a_fingerprint_gets_one(call, project):
    """The release records what it was approved as, beside other comments."""
    shown = call("release", "example.pathway", "--dry-run").out.splitlines()[1].split()[-1]
    approvals = '  approved by "One" on 2025-01-01 # by letter\n  approved by "Two" on 2025-01-01\n'
    change(project, "status draft\n", f"status published\n{approvals}")
    assert call("release", "example.pathway").code == 0
    text = (project / "releases" / "example" / "1.0.0.pathway").read_text()
    assert f'"One" on 2025-01-01 # by letter; sheet {shown}\n' in text
    assert f'"Two" on 2025-01-01 # sheet {shown}\n' in text


def test_a_published_release_without_approval_is_told(call, project):
    """It is released, and every later look at it says so."""
    change(project, "status draft", "status published")
    result = call("release", "example.pathway")
    assert result.code == 0
    assert "nobody has approved it" in result.err
    assert "PW614" in call("verify").out


@pytest.mark.skipif(SIGNS is None, reason="ssh-keygen is not there")
def test_a_seal_can_be_signed(call, project, tmp_path_factory):
    """`verify` looks at the signature; one by somebody else, or of another file, is wrong."""
    keys = tmp_path_factory.mktemp("keys")
    for name in ("ours", "theirs"):
        command = [SIGNS, "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(keys / name)]
        subprocess.run(command, check=True)
    assert call("release", "example.pathway", "--sign", keys / "nobody").code == 2
    assert not (project / "releases" / "example" / "1.0.0.pathway").exists()
    assert call("release", "example.pathway", "--sign", keys / "ours").code == 0
    assert "signed; nothing says whose signatures count" in call("verify").out
    public = (keys / "ours.pub").read_text()
    (project / "allowed_signers").write_text(f"board@example.org {public}")
    result = call("verify")
    assert result.code == 0
    assert "1.0.0.pathway: signed by board@example.org" in result.out
    other = keys / "others"
    other.write_text(f"eve@example.org {(keys / 'theirs.pub').read_text()}")
    result = call("verify", "--signers", other)
    assert result.code == 1
    assert "PW628" in result.out
    signature = project / "releases" / "example" / "1.0.0.sig"
    signature.write_text("no signature\n")
    assert "PW628" in call("verify").out
    (signature.parent / "9.0.0.sig").write_text("no signature\n")
    assert "signs no release" in call("verify").out


@pytest.fixture
def signed(call, project, tmp_path_factory):
    """The example with a signed release, and who may sign."""
    key = tmp_path_factory.mktemp("keys") / "ours"
    subprocess.run([SIGNS, "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    assert call("release", "example.pathway", "--sign", key).code == 0
    public = key.with_suffix(".pub").read_text()
    (project / "allowed_signers").write_text(f"board@example.org {public}")
    return key


@pytest.mark.skipif(SIGNS is None, reason="ssh-keygen is not there")
def test_a_signature_that_was_taken_away_is_told(call, project, signed):
    """What is not signed is named; after a release that is, it is a finding."""
    change(project, '"Look"', '"Look twice"')
    done = call("release", "example.pathway", "--bump", "auto", "--sign", signed)
    assert done.code == 0, done.err
    version = done.out.split()[1].rstrip(":")
    assert "not signed" not in call("verify").out
    (project / "releases" / "example" / f"{version}.sig").unlink()
    result = call("verify")
    assert f"{version}.pathway: not signed" in result.out
    assert f"{version}.pathway has no signature, but 1.0.0 before it has one" in result.out
    assert "1.0.0.pathway: signed by board@example.org" in result.out


@pytest.mark.skipif(SIGNS is None, reason="ssh-keygen is not there")
def test_without_ssh_keygen_nothing_is_taken_for_signed(call, project, signed, monkeypatch):
    """A signature that could not be looked at is an error where somebody's signature counts."""
    change(project, '"Look"', '"Look twice"')
    monkeypatch.setenv("PATH", str(project))
    result = call("verify")
    assert result.code == 1
    assert "was not looked at: Signatures need `ssh-keygen`" in result.out
    assert "signed by" not in result.out
    refused = call("release", "example.pathway", "--bump", "auto", "--sign", signed)
    assert refused.code == 2
    assert "ssh-keygen" in refused.err
    assert [p.name for p in (project / "releases" / "example").glob("*.pathway")] == [
        "1.0.0.pathway"
    ]
    (project / "allowed_signers").unlink()
    assert call("verify").code == 0


def test_releases_need_no_library(call, project):
    """A library that changed or went away changes nothing about a release."""
    text = (project / "example.pathway").read_text()
    head, _, rest = text.partition("\ncriterion")
    criterion, _, pathway = rest.partition("\ndrug")
    (project / "library.pathway").write_text(f"{head}\ncriterion{criterion}")
    (project / "example.pathway").write_text(f'{head}\nuse "library.pathway"\n\ndrug{pathway}')
    assert call("release", "example.pathway").code == 0
    (project / "example.pathway").unlink()
    (project / "library.pathway").unlink()
    result = call("verify")
    assert (result.code, result.out) == (0, "1 release of 1 pathway, each as it was sealed.\n")
    assert call("check", "releases/example/1.0.0.pathway").code == 0


def test_line_ends_of_git_leave_releases_alone(
    call, project, released, tmp_path_factory, monkeypatch
):
    """A clone with other line ends everywhere else still has every release as it was sealed."""
    clone = tmp_path_factory.mktemp("elsewhere") / "clone"
    ours = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (
        ["git", "init", "-q"],
        ["git", "add", "."],
        ["git", *ours, "commit", "-q", "-m", "First release"],
        ["git", "clone", "-q", "-c", "core.autocrlf=true", str(project), str(clone)],
    ):
        subprocess.run(command, cwd=project, check=True, capture_output=True)
    assert b"\r\n" in (clone / "example.pathway").read_bytes()
    tracked = {p.name for p in (clone / "releases" / "example").iterdir()}
    assert tracked == {".gitattributes", ".gitignore", "1.0.0.pathway", "SEALS"}
    monkeypatch.chdir(clone)
    assert call("verify", clone).code == 0
    file = clone / "example.pathway"
    file.write_bytes(file.read_bytes().replace(b"Look", b"Look again"))
    assert call("release", file, "--bump", "major").code == 0
    assert b"\r" not in (clone / "releases" / "example" / "2.0.0.pathway").read_bytes()
    assert b"version 2.0.1\r\n" in file.read_bytes()
    assert call("verify", clone).code == 0


def test_in_a_project_without_releases_nothing_is_wrong(call):
    """`verify` says that there is nothing to look at."""
    result = call("verify")
    assert (result.code, result.out) == (0, "There are no releases.\n")


def test_a_broken_release_leaves_the_rest_of_the_site(call, project, released):
    """The site is built without it, the finding is told at every build until it is mended."""
    file = released / "1.0.0.pathway"
    text = file.read_text()
    file.write_text(text.replace("Look", "Leap"))
    for _ in range(2):
        result = call("build", ".", "-o", "site")
        assert result.code == 1
        assert "PW615" in result.err
    assert (project / "site" / "index.html").exists()
    assert not [p for p in (project / "site").rglob("*.html") if "Leap" in p.read_text()]
    file.write_text(text)
    result = call("build", ".", "-o", "site")
    assert (result.code, "PW615" in result.err) == (0, False), result.err
