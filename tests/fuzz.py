"""`make fuzz`: texts that reach ever new code are tried on cleaning and extraction, as long as one likes.

Coverage-guided where atheris is installed (Linux), else the same pieces at random. What breaks a property is written to
fuzz/ and printed, for a case to be made of it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOUND = ROOT / "fuzz"

try:
    import atheris
except ImportError:
    atheris = None

sys.path.insert(0, str(Path(__file__).parent))
# Only where this is what runs: instrumented modules are slow, and other tests import this one.
GUIDED = atheris is not None and __name__ == "__main__"
with atheris.instrument_imports(include=["helpers"]) if GUIDED else nullcontext():
    from helpers.article import Article
    from helpers.clean import clean
    from helpers.extract import extract

from test_clean_properties import PIECES as DAMAGE  # noqa: E402
from test_extract_properties import PIECES as WORDS  # noqa: E402

LEXICONS = ROOT / "src" / "helpers" / "lexicons"
CUES = sorted(
    {
        line.split("\t")[0]
        for path in LEXICONS.glob("*.tsv")
        if path.stem not in ("divisions", "parks")
        for line in path.read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    }
)
PIECES = [*WORDS, *DAMAGE.split("|"), *CUES]


def text_of(data: bytes) -> str:
    """Return the text that bytes stand for: two name a piece, or a character where the first is 0xFF.

    >>> text_of(bytes([0, 1])) == PIECES[1]
    True
    """
    parts = []
    for first, second in zip(data[::2], data[1::2], strict=False):
        parts.append(
            chr(0x20 + second * 151) if first == 0xFF else PIECES[(first << 8 | second) % len(PIECES)]
        )
    return "".join(parts).encode("utf-8", "ignore").decode()


def check(text: str) -> None:
    """Fail where a text breaks what holds of any text."""
    cleaned = clean(text)
    assert clean(cleaned.text).text == cleaned.text, "cleaning twice is not cleaning once"
    found = extract(Article("x", text))
    for row in found.observations:
        assert cleaned.text[row.start : row.end] == row.text, "a span does not slice back"
        assert row.text in row.sentence, "a figure is not in its sentence"
        assert row.indicator, "a row has no indicator"


class Tally:
    """Counts executions, keeps what breaks, and goes on."""

    def __init__(self, executions: int) -> None:
        self.left, self.done, self.broken, self.since = executions, 0, 0, time.monotonic()

    def __call__(self, data: bytes) -> None:
        """Try one input."""
        text = text_of(data)
        self.done += 1
        try:
            check(text)
        except Exception as error:
            self.broken += 1
            FOUND.mkdir(exist_ok=True)
            name = f"{type(error).__name__}-{self.broken}.json"
            (FOUND / name).write_text(
                json.dumps({"text": text, "error": str(error)}, ensure_ascii=False), "utf-8"
            )
            print(f"{name}: {error}: {text[:200]!r}", file=sys.stderr)
        if self.done % 10_000 == 0 or self.done == self.left:
            self.tell()
        if self.done >= self.left:
            sys.stdout.flush()
            os._exit(min(self.broken, 1))  # libFuzzer takes any other end for a crash

    def tell(self) -> None:
        """Say how far it is."""
        seconds = time.monotonic() - self.since
        print(
            f"{self.done:,} executions, {self.broken} broken, {self.done / seconds:.0f} a second", flush=True
        )


def at_random(tally: Callable[[bytes], None], seed: int) -> None:
    """Try inputs at random, for machines without atheris."""
    draw = random.Random(seed)
    while True:
        tally(draw.randbytes(2 * draw.randint(1, 40)))


def main() -> None:
    """Try as many inputs as asked for."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--executions", type=int, default=1_000_000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    tally = Tally(asked.executions)
    if atheris is None:
        print("atheris is not installed: inputs are drawn at random", file=sys.stderr)
        at_random(tally, asked.seed)
    seeds = FOUND / "corpus"
    seeds.mkdir(parents=True, exist_ok=True)
    draw = random.Random(asked.seed)
    for n in range(100):
        (seeds / f"seed-{n}").write_bytes(draw.randbytes(80))
    limits = ["-max_len=120", "-len_control=0", "-rss_limit_mb=4000", "-timeout=60", "-verbosity=0"]
    atheris.Setup([sys.argv[0], f"-seed={asked.seed}", *limits, str(seeds)], tally)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
