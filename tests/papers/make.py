"""Writes every sample's files for anybody to look at: `python -m tests.papers.make DIR`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.papers.making import made
from tests.papers.recipe import recipe, samples


def main(target: Path) -> None:
    """One folder a sample, its files numbered in the order in which they come."""
    for name in samples():
        folder = target / name
        folder.mkdir(parents=True, exist_ok=True)
        for number, sent in enumerate(made(recipe(name)), start=1):
            (folder / f"{number:02} {sent.name}").write_bytes(sent.data)
    print(f"{len(samples())} samples lie in {target}.")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.papers.make DIR")
    main(Path(sys.argv[1]))
