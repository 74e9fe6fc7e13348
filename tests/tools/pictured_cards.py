"""How well cards are read from pictures: `python -m tests.tools.pictured_cards [--family report] [--count 2] [--show]`.

The layouts of `tests/reading/cards` are drawn at 300 dots an inch in a typeface of the family, sent through the twin's
channels and read as a file. Layouts are split by a seed into those that were tuned on and those that are reported.
Wallet cards lie on a letter sheet where they are scanned; a telephone takes them alone.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from processor.casework.names import folded
from processor.flows import reading
from processor.flows.house import templates_folder
from processor.model import Document, Kind, Word
from processor.reading import cards
from processor.twin.chance import Family, between, draws, one_of
from processor.twin.channels import Channel, send
from processor.twin.files import packed, packs
from processor.twin.hands import fonts, sized
from processor.twin.ink import DPI
from tests.reading.cards.canvas import Sample
from tests.reading.cards.fresh import FRESH
from tests.reading.cards.held_out import HELD_OUT
from tests.reading.cards.layouts import TUNED
from tests.tools.cards_bench import VOCABULARY, judged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from processor.model import Page
    from processor.twin.hands import Font
    from processor.twin.ink import Grey
    from tests.reading.cards.canvas import Made
    from tests.reading.cards.layouts import Layout

LAYOUTS: dict[str, Layout] = {**TUNED, **HELD_OUT, **FRESH}
CHANNELS = (Channel.SCAN300, Channel.SCAN200, Channel.SCAN150, Channel.FAX_FINE, Channel.PHOTO)
LETTER = (612, 792)
SPARE = {Family.TUNE: "NotoSans-Regular.ttf", Family.REPORT: "Lato-Regular.ttf"}
"""What writes the words of which a typeface lacks a letter."""
_SMALL = 300
"""Points of the longer side up to which a page is a wallet card."""


def split(family: Family) -> dict[str, Layout]:
    """The layouts of a family: half of them are reported, and were not looked at before."""
    reported = {name for name in LAYOUTS if draws("pictured-cards", name).random() < 0.5}
    return {name: layout for name, layout in LAYOUTS.items() if (name in reported) is (family is Family.REPORT)}


# ---------------------------------------------------------------- drawing


def drawn(page: Page, face: Font) -> Grey:
    """A page as a printer leaves it, uint8 (rows, columns): each word as wide as its box."""
    paper = np.full((round(page.height * DPI / 72), round(page.width * DPI / 72)), 255, np.uint8)
    for word in (*page.words, *page.notes, *_typed(page)):
        _word(paper, word, face)
    return paper


def _typed(page: Page) -> Iterator[Word]:
    """What widgets show, each as a word with blanks in it."""
    for widget in page.widgets:
        if widget.sources and not widget.hidden:
            left, top, right, _ = widget.box
            text = widget.sources[-1].value
            yield Word(text, widget.box._replace(right=min(right, left + 6.2 * len(text)), bottom=top + 12.8))


def _word(paper: Grey, word: Word, face: Font) -> None:
    size = word.box.height / 1.16 * DPI / 72
    path = face.path if face.writes(word.text) else templates_folder() / "fonts" / SPARE[face.family]
    font = sized(path, max(round(2 * size), 4))
    mask = font.getmask(word.text, mode="L", anchor="ls")
    wide, high = mask.size
    if not wide:
        return
    ink = np.array(mask, np.uint8).reshape(high, wide)
    (x, y) = font.getbbox(word.text, anchor="ls")[:2]
    across = min(max(word.box.width * DPI / 72 / max(font.getlength(word.text), 1.0), 0.35), 0.62)
    shown = cv2.resize(ink, (max(round(wide * across), 1), max(round(high / 2), 1)), interpolation=cv2.INTER_AREA)
    foot = word.box.top * DPI / 72 + 0.92 * size
    left, top = round(word.box.left * DPI / 72 + x * across), round(foot + y / 2)
    into = paper[max(top, 0) : top + shown.shape[0], max(left, 0) : left + shown.shape[1]]
    part = shown[max(-top, 0) :, max(-left, 0) :][: into.shape[0], : into.shape[1]]
    np.minimum(into, (255 - 0.88 * part).astype(np.uint8), out=into)


def laid(papers: Sequence[Grey], rng: np.random.Generator, *, up: int = 1) -> Grey:
    """Small papers on a letter sheet with their edges, each a little askew; the first one near the top."""
    sheet = np.full((round(LETTER[1] * DPI / 72), round(LETTER[0] * DPI / 72)), 255, np.uint8)
    space = sheet.shape[0] // max(len(papers), up)
    for n, paper in enumerate(papers):
        high, wide = paper.shape
        card = cv2.rectangle(paper.copy(), (0, 0), (wide - 1, high - 1), (120,), 3)
        angle = between(-1.5, 1.5, rng)
        x = between(60, sheet.shape[1] - wide - 60, rng)
        y = n * space + between(60, max(space - high - 60, 61), rng)
        turn = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0) + np.array([[0, 0, x], [0, 0, y]])
        cv2.warpAffine(card, turn, sheet.shape[::-1], dst=sheet, borderMode=cv2.BORDER_TRANSPARENT)
    return sheet


# ---------------------------------------------------------------- one card


def pictured(pages: Sequence[Page], family: Family, channel: Channel, seed: str, turned: int = 0) -> bytes:
    """The file of pictures that an office would receive; `turned` quarters clockwise."""
    rng = draws(seed, channel)
    face = one_of([font for font in fonts() if font.family is family and not font.hand], rng)
    papers = []
    for page in pages:
        paper = drawn(page, face)
        small = max(page.width, page.height) <= _SMALL
        if small and channel is not Channel.PHOTO:
            paper = laid([paper], rng)
        if channel is not Channel.PHOTO and paper.shape[1] > paper.shape[0]:
            paper = np.rot90(paper)  # on the glass as it fits
        papers.append(np.ascontiguousarray(np.rot90(paper, -turned)))
    sent = [send(paper, channel, family, rng) for paper in papers]
    return packed(sent, packs(sent)[0])


def best(documents: Sequence[Document], truth: dict[str, object]) -> Document:
    """The document that is meant, among those that were found."""
    of_kind = [one for one in documents if one.kind.value == truth["kind"]]
    return next(iter(of_kind), documents[0] if documents else Document(kind=Kind.OTHER, pages=()))


@cache
def _prepared() -> bool:
    reading.prepare((templates_folder(),))
    return True


def read(data: bytes) -> tuple[Document, ...]:
    """The documents of a file, as the office reads it."""
    _prepared()
    return reading.read_paper("card", data, 64, 20).documents


def outcome(made: Made, documents: Sequence[Document]) -> list[tuple[str, str, str]]:
    """What became of each value; `asked as of text` where the reader asks of the same words in a PDF as well."""
    pages, truth = made
    plain = {(name, what) for name, what, _ in judged(cards.read_card(pages, VOCABULARY), truth)}
    found = best(documents, truth)
    if found.kind is Kind.OTHER and truth["kind"] != found.kind.value:
        return [(name, "asked", "unknown paper") for name in truth if name not in ("kind", "findings")]
    return [
        (name, _became(name, what, found, made, asks=(name, "asked") in plain), said)
        for name, what, said in judged(found, truth)
    ]


def _became(name: str, what: str, found: Document, made: Made, *, asks: bool) -> str:
    if what == "asked" and asks:
        return "asked as of text"
    if what == "wrong" and name == "holder_name" and folded(str(found[name].value)) == folded(str(made[1][name])):
        return "right but for accents"
    return what


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--family", type=Family, default=Family.TUNE)
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--channels", type=lambda text: [Channel(one) for one in text.split(",")], default=CHANNELS)
    parser.add_argument("--layouts", type=lambda text: text.split(","), default=())
    parser.add_argument("--turned", type=int, default=0)
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    layouts = split(arguments.family)
    wrong = 0
    for channel in arguments.channels:
        total: Counter[str] = Counter()
        spent = 0.0
        for name, layout in layouts.items():
            if arguments.layouts and name not in arguments.layouts:
                continue
            for count in range(arguments.count):
                made = layout(Sample(f"{name}-{count}"))
                data = pictured(made[0], arguments.family, channel, f"{name}-{count}", arguments.turned)
                start = time.process_time()
                documents = read(data)
                spent += time.process_time() - start
                total["pages"] += len(made[0])
                for value, what, said in outcome(made, documents):
                    total[what] += 1
                    if what == "wrong" or (arguments.show and what == "asked"):
                        print(f"    {what} {name}-{count} {value}: {said}")
        values = total.total() - total["pages"]
        asked = total["asked"] + total["asked as of text"]
        wrong += total["wrong"]
        print(
            f"{channel:12} pages {total['pages']:4} values {values:5} right {total['right']:5}"
            f" wrong and sure {total['wrong']:3} asked {asked:4} ({asked / max(values, 1):.1%};"
            f" of text as well {total['asked as of text']}) accents {total['right but for accents']}"
            f" {spent / max(total['pages'], 1):.2f} CPU s a page",
            flush=True,
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
