"""The command line: one small file a command, and one place where everything that fails ends.

Commands import what they need when they run; `--help` imports nothing but click.
"""

import errno
import gc
import os
import sys
from collections.abc import Sequence

import click

from pathwaydsl.cli.group import program

_OUTPUT_LOST = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF}
"""What writing to standard output fails with when its file cannot take more."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns:
        0 when there is nothing to report, 1 for findings, 2 for wrong usage or for what could
        not be done.
    """
    if sys.stdout is None:  # the caller closed it
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    try:
        result = program.main(
            args=None if arguments is None else list(arguments),
            prog_name="pathwaydsl",
            standalone_mode=False,
        )
        sys.stdout.flush()
    except BrokenPipeError:
        return _reader_left()
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        return 130
    except OSError as error:
        if error.filename is None and error.errno in _OUTPUT_LOST:
            return _output_lost(error)
        return _our_mistake(error)
    except Exception as error:  # noqa: BLE001  the last resort: no author ever sees a traceback
        return _our_mistake(error)
    if arguments is None:
        # The process ends now: the collector need not look through all it holds once more.
        gc.freeze()
    return result if isinstance(result, int) else 0


def _reader_left() -> int:
    """Whoever read our output has seen enough: say nothing, now or while Python ends."""
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123  a device, not a path of ours
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    return 141


def _output_lost(error: OSError) -> int:
    """Our output has no room where it was sent: say so, and do not try again at the end."""
    click.echo(f"Error: The output could not be written: {error.strerror}", err=True)
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123  a device, not a path of ours
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    return 2


def _our_mistake(error: Exception) -> int:
    if os.environ.get("PATHWAYDSL_TRACEBACK"):
        raise error
    detail = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    click.echo(
        f"pathwaydsl failed, and that is a mistake of the program, not yours ({detail}); "
        "please report it with your file to the makers of pathwaydsl "
        "(PATHWAYDSL_TRACEBACK=1 shows where it happened)",
        err=True,
    )
    return 2
