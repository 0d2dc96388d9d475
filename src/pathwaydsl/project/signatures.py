"""Signatures of seals, made and looked at by `ssh-keygen`.

What is signed is the line of the seal: it names the release and its sum.
"""

import subprocess
from pathlib import Path

from attrs import frozen

NAMESPACE = "pathwaydsl-release"
"""What the signature is for; a signature made for something else is none here."""

SUFFIX = ".sig"
"""Suffix of a signature, beside the release of the same version."""

SIGNERS = "allowed_signers"
"""The file at the project's root that says whose signatures count, as ssh writes it."""

SECONDS = 300
"""How long a person has to unlock a key."""


class SigningError(Exception):
    """There is no signature; the text says why."""


@frozen
class Signed:
    """What became of looking at a signature.

    Attributes:
        good: Whether it fits the seal and, where signers are given, is one of theirs.
        by: Who signed, or None where no signers are given.
        why: What is wrong, or None.
    """

    good: bool
    by: str | None = None
    why: str | None = None


def sign(line: str, key: Path) -> str:
    """The signature of a seal's line.

    Raises:
        SigningError: If the key cannot be used or `ssh-keygen` is not there.
    """
    if not key.is_file():
        message = f"There is no key {key}"
        raise SigningError(message)
    done = _run(["-Y", "sign", "-q", "-f", str(key), "-n", NAMESPACE], line)
    if done.returncode or "BEGIN SSH SIGNATURE" not in done.stdout:
        message = f"{key} could not sign: {_last(done.stderr)}"
        raise SigningError(message)
    return done.stdout


def look_at(line: str, signature: Path, signers: Path | None) -> Signed:
    """Whether a signature fits the line of a seal.

    Raises:
        SigningError: If `ssh-keygen` is not there.
    """
    given = ["-n", NAMESPACE, "-s", str(signature)]
    if signers is None:
        done = _run(["-Y", "check-novalidate", *given], line)
        return Signed(not done.returncode, None, _last(done.stderr) if done.returncode else None)
    found = _run(["-Y", "find-principals", "-s", str(signature), "-f", str(signers)], "")
    names = found.stdout.split("\n")[0].strip()
    if found.returncode or not names:
        return Signed(good=False, why=f"nobody in {signers.name} made it")
    name = names.split(",")[0]
    done = _run(["-Y", "verify", "-f", str(signers), "-I", name, *given], line)
    if done.returncode:
        return Signed(good=False, why=_last(done.stderr + done.stdout))
    return Signed(good=True, by=name)


def _run(arguments: list[str], line: str) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(
            ["ssh-keygen", *arguments],
            input=f"{line}\n" if line else "",
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
        )
    except FileNotFoundError:
        message = "Signatures need `ssh-keygen`, which is not installed here"
        raise SigningError(message) from None
    except (OSError, subprocess.TimeoutExpired) as error:
        message = f"`ssh-keygen` could not be run: {error}"
        raise SigningError(message) from None


def _last(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return " ".join(lines[-1].split())[:200] if lines else "it does not fit"
