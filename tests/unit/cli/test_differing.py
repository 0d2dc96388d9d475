"""`pathwaydsl diff` and `pathwaydsl log`, with what a reader may give them."""

import json
import subprocess

import pytest

ANOTHER = ("version 1.0.0", "version 1.1.0\n  supersedes 1.0.0")


@pytest.fixture
def longer(project, example):
    """A second file, in which the treatment lasts longer between two gifts."""
    text = example.replace("every 3 weeks", "every 4 weeks").replace(*ANOTHER)
    (project / "later.pathway").write_text(text)
    return text


def git(project, *arguments):
    settings = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *settings, *arguments], cwd=project, check=True, capture_output=True)


@pytest.fixture
def repository(project, example):
    """The project in a repository, with two commits."""
    git(project, "init", "-q", "-b", "main")
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "first")
    changed = example.replace("every 3 weeks", "every 4 weeks")
    (project / "example.pathway").write_text(changed)
    git(project, "commit", "-q", "-a", "-m", "second")
    return project


@pytest.mark.usefixtures("longer")
def test_two_files_are_compared(call):
    """A schedule that changed is told, with the step it needs."""
    result = call("diff", "example.pathway", "later.pathway")
    assert result.code == 1
    assert "every 3 weeks" in result.out
    assert "a major step" in result.out
    assert "PW603" in result.out


def test_a_file_and_itself_do_not_differ(call):
    """Nothing changed: exit code 0 and no changes."""
    result = call("diff", "example.pathway", "example.pathway")
    assert (result.code, result.err) == (0, "")
    assert "No changes." in result.out


def test_standard_input_is_compared(run, example):
    """`-` stands for what comes in."""
    later = example.replace("3 weeks", "4 weeks").encode()
    result = run("diff", "example.pathway", "-", stdin=later)
    assert result.returncode == 1
    assert "every 4 weeks" in result.stdout.decode()


def test_standard_input_cannot_be_both(call):
    """Two times `-` is a slip."""
    assert call("diff", "-", "-").code == 2


def test_a_revision_is_compared_with_its_own_imports(call, repository, example):
    """`REV:path` takes the libraries of the same revision."""
    library, own = example.removeprefix("pathwaydsl 1\n").split("pathway example", 1)
    head = "pathwaydsl 1\n\n"
    (repository / "library.pathway").write_text("pathwaydsl 1\n\n" + library)
    own = head + 'use "library.pathway"\n\npathway example' + own
    (repository / "example.pathway").write_text(own)
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "third")
    (repository / "library.pathway").write_text(
        "pathwaydsl 1\n\n" + library.replace("every 3 weeks", "every 9 weeks")
    )
    result = call("diff", "HEAD:example.pathway", "example.pathway")
    assert result.code == 1
    assert "every 3 weeks" in result.out
    assert "every 9 weeks" in result.out


@pytest.mark.usefixtures("repository")
def test_a_revision_before_is_compared(call):
    """`HEAD~1:path` is the file as it was a commit ago."""
    result = call("diff", "HEAD~1:example.pathway", "HEAD:example.pathway", "--fail-on", "none")
    assert result.code == 0
    assert "every 4 weeks" in result.out


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("HEAD~9:example.pathway", "git fetch --all --tags"),
        ("HEAD:exampel.pathway", "Did you mean HEAD:example.pathway?"),
        ("--upload-pack=x:example.pathway", "no such option"),
        ("nowhere:example.pathway", "There is no revision nowhere"),
        ("HEAD:../../etc/passwd", "There is no file"),
        (":", "Write it as REV:path"),
    ],
)
@pytest.mark.usefixtures("repository")
def test_what_git_does_not_have_is_said(call, given, said):
    """A revision or a file that is not there is exit code 2, with what to do."""
    result = call("diff", given, "example.pathway")
    assert result.code == 2
    assert said.lower() in result.err.lower()
    assert result.out == ""


def test_a_shallow_history_names_the_command_that_fetches_more(call, repository):
    """Where the history ends, the exact command stands."""
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=repository, check=True, capture_output=True, text=True
    ).stdout
    (repository / ".git" / "shallow").write_text(head)
    result = call("diff", "HEAD~1:example.pathway", "example.pathway")
    assert result.code == 2
    assert "shallow" in result.err
    assert "`git fetch --deepen=1`" in result.err


def test_outside_a_repository_there_is_no_revision(call):
    """It is said, and no guess is made."""
    result = call("diff", "HEAD:example.pathway", "example.pathway")
    assert result.code == 2
    assert "git" in result.err


def test_without_git_a_revision_cannot_be_read(call, monkeypatch, tmp_path):
    """It is said that git is missing."""
    monkeypatch.setenv("PATH", str(tmp_path))
    result = call("diff", "HEAD:example.pathway", "example.pathway")
    assert result.code == 2
    assert "Git is not installed" in result.err


def test_marks_of_a_merge_are_not_compared(call, project, example):
    """A file with conflict markers is exit code 2, with the line."""
    (project / "later.pathway").write_text(example + "<<<<<<< HEAD\n=======\n>>>>>>> other\n")
    result = call("diff", "example.pathway", "later.pathway")
    assert result.code == 2
    assert "merge-marks" in result.err


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("measures fitt", "fitt"),
        ("measures {", "error"),
    ],
)
def test_a_file_that_cannot_be_read_whole_is_not_compared(call, project, example, wrong, said):
    """Nothing is guessed: exit code 2 and the finding."""
    (project / "later.pathway").write_text(example.replace("measures fit", wrong))
    result = call("diff", "example.pathway", "later.pathway")
    assert result.code == 2
    assert said in result.err
    assert result.out == ""


def test_another_edition_is_not_compared(call, project, example):
    """A file in an edition this program does not know is said to be that."""
    (project / "later.pathway").write_text(example.replace("pathwaydsl 1", "pathwaydsl 99"))
    result = call("diff", "example.pathway", "later.pathway")
    assert result.code == 2
    assert "99" in result.err


def test_a_folder_or_nothing_is_no_version(call, project):
    """A folder and a name of nothing are said."""
    (project / "folder").mkdir()
    assert "is a folder" in call("diff", "folder", "example.pathway").err
    result = call("diff", "nothing.pathway", "example.pathway")
    assert result.code == 2
    assert "ID@VERSION" in result.err


def test_a_release_is_compared_and_an_unknown_one_lists_those_there_are(call, project):
    """`ID@VERSION` is a release; one that is not there names those that are."""
    assert call("release", "example.pathway", "--note", "First").code == 0
    text = (project / "example.pathway").read_text()
    (project / "example.pathway").write_text(text.replace("every 3 weeks", "every 4 weeks"))
    assert "every 4 weeks" in call("diff", "example@1.0.0", "example.pathway").out
    result = call("diff", "example@7.0.0", "example.pathway")
    assert result.code == 2
    assert "There are: 1.0.0" in result.err
    assert "Did you mean example@1.0.0?" in call("diff", "exampel@1.0.0", "example.pathway").err


@pytest.mark.parametrize(
    ("threshold", "code"),
    [("major", 1), ("minor", 1), ("error", 1), ("any", 1), ("none", 0)],
)
@pytest.mark.usefixtures("longer")
def test_the_exit_code_keeps_to_the_threshold(call, threshold, code):
    """1 at or above it, 0 below."""
    assert call("diff", "example.pathway", "later.pathway", "--fail-on", threshold).code == code


def test_a_small_change_is_below_a_large_threshold(call, project, example):
    """A new title reaches `patch` and not `minor`."""
    text = example.replace('"Treat"', '"Treat now"').replace("1.0.0", "1.0.1")
    (project / "later.pathway").write_text(text)
    codes = [
        call("diff", "example.pathway", "later.pathway", "--fail-on", threshold).code
        for threshold in ("patch", "minor", "major", "error", "warning")
    ]
    assert codes == [1, 0, 0, 0, 0]


@pytest.mark.usefixtures("longer")
def test_the_step_alone_is_one_word(call):
    """`--format bump` says the step and nothing else, with exit code 0."""
    result = call("diff", "example.pathway", "later.pathway", "--format", "bump")
    assert (result.code, result.out) == (0, "major\n")


def test_what_was_accepted_asks_for_no_step(call, project, example):
    """Entries written by `--format accept`, filled in, let the change pass."""
    text = example.replace('"Treat"', '"Treat now"')
    (project / "later.pathway").write_text(text)
    pasted = call("diff", "example.pathway", "later.pathway", "--format", "accept").out
    filled = (
        pasted.replace('reason = ""', 'reason = "Agreed"')
        .replace('author = ""', 'author = "A. Author"')
        .replace("# expires = YYYY-MM-DD", "expires = 2030-01-01")
    )
    (project / "accepted.toml").write_text(filled)
    result = call(
        "diff", "example.pathway", "later.pathway", "--accepted", "accepted.toml",
        "--as-of", "2025-06-01",
    )  # fmt: skip
    assert result.code == 0
    assert "Agreed (A. Author)" in result.out
    late = call(
        "diff", "example.pathway", "later.pathway", "--accepted", "accepted.toml",
        "--as-of", "2031-06-01",
    )  # fmt: skip
    assert late.code == 1
    assert "PW607" in late.out


@pytest.mark.parametrize("form", ["json", "markdown", "html", "sarif", "github"])
@pytest.mark.usefixtures("longer")
def test_a_report_goes_where_it_is_told(call, project, form):
    """`-o` writes the file and nothing to standard output."""
    result = call("diff", "example.pathway", "later.pathway", "--format", form, "-o", "report.out")
    assert result.code == 1
    assert result.out == ""
    assert (project / "report.out").stat().st_size > 100


@pytest.mark.usefixtures("longer")
def test_the_picture_is_one_drawing(call):
    """`--format svg` draws both versions as one."""
    result = call("diff", "example.pathway", "later.pathway", "--format", "svg")
    assert result.code == 1
    assert result.out.startswith("<?xml")


def test_two_other_pathways_are_not_compared(call, project):
    """Two that have nothing in common are said to be that: exit code 2."""
    boxes = "\n".join(f'  end e{number} "Other end {number}"' for number in range(9))
    (project / "other.pathway").write_text(
        'pathwaydsl 1\n\npathway other "Another"\n{\n  version 1.0.0\n  date 2025-01-02\n'
        '  status draft\n  population "Children"\n  eligible everyone\n  start at e0\n'
        f"{boxes}\n}}\n"
    )
    result = call("diff", "example.pathway", "other.pathway")
    assert result.code == 2
    assert "too little in common" in result.out


def test_the_history_is_told(call, project):
    """`log` shows each release and the life of what is advised."""
    assert call("release", "example.pathway", "--note", "First").code == 0
    text = (project / "example.pathway").read_text()
    (project / "example.pathway").write_text(text.replace("for strong", "for conditional"))
    result = call("log", "example")
    assert result.code == 0
    assert "since 1.0.0, weakened on unchanged evidence in" in result.out
    told = json.loads(call("log", "example", "--format", "json").out)
    assert told["versions"][0]["version"] == "1.0.0"
    assert "### History" in call("log", "example", "--format", "markdown").out


def test_the_history_of_nothing_is_said(call):
    """A name that is not there names what might be meant."""
    result = call("log", "exampel")
    assert result.code == 2
    assert "Did you mean example?" in result.err
