"""1 MB of text to a resolved model, and `fmt` of it, beside the bare parse by Lark."""

from __future__ import annotations

from corpus import of_size
from timing import functions, peak_megabytes, row

from pathwaydsl.formatting.safe import formatted
from pathwaydsl.resolve import ResolveOptions, resolve
from pathwaydsl.syntax.grammar import new_parser
from pathwaydsl.syntax.reader import read
from pathwaydsl.text.source import Source


def main() -> None:
    """Measure and print."""
    text = of_size(1_000_000)
    crooked = text.replace("\n    ", "\n      ")
    bare = new_parser(propagate_positions=True)

    def to_model() -> object:
        outcome = read(Source("a.pathway", text))
        if outcome.findings:
            raise SystemExit(str(outcome.findings[:3]))
        return resolve({"a.pathway": outcome.value}, {}, ResolveOptions())

    times = functions(
        {
            "bare": lambda: bare.parse(text),
            "read": lambda: read(Source("a.pathway", text)),
            "model": to_model,
            "fmt": lambda: formatted(Source("a.pathway", crooked)),
        }
    )
    peer = "bare Lark parse, positions on"
    row("1 MB to a syntax tree", times["read"], peer, times["bare"], None)
    row("1 MB to a resolved model", times["model"], peer, times["bare"], 2.5)
    row("fmt of 1 MB, its checks on", times["fmt"], peer, times["bare"], 6)

    lark, model = peak_megabytes(lambda: bare.parse(text)), peak_megabytes(to_model)
    ratio = model / lark
    print(
        f"{'memory for 1 MB to a resolved model':<44} {model:9.0f} MB   {peer:<32} "
        f"{lark:9.0f} MB   x {ratio:5.2f}   at most 3: {'yes' if ratio <= 3 else 'NO'}"
    )


if __name__ == "__main__":
    main()
