"""Families share nothing, and every font and figure is what its table says."""

import hashlib
import tomllib
from collections.abc import Iterable
from itertools import combinations

import pytest

from processor.errors import Wrong
from processor.twin import writers
from processor.twin.chance import Family, draws
from processor.twin.channels import WEAR
from processor.twin.hands import FOLDER, Writing, fonts, pen
from processor.twin.names import POOLS
from processor.twin.people import values
from processor.twin.twin import known

PAIRS = list(combinations(Family, 2))
TABLE = tomllib.loads((FOLDER / "hands.toml").read_text("utf-8"))["fonts"]


def parted(left: Iterable[object], right: Iterable[object]) -> bool:
    return not set(left) & set(right)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_no_name_font_writer_or_wear_is_in_two_families(one: Family, other: Family) -> None:
    for what in ("given", "last", "firms", "trades", "streets", "towns"):
        assert parted(getattr(POOLS[one], what), getattr(POOLS[other], what)), what
    for what in ("quality", "noise", "blur", "skew", "threshold"):
        assert parted(getattr(WEAR[one], what), getattr(WEAR[other], what)), what
    files = [[hashlib.sha256(f.path.read_bytes()).digest() for f in fonts() if f.family is x] for x in (one, other)]
    assert parted(*files)
    seen = [{writers.writer(x, draws("w", n)) for n in range(60)} for x in (one, other)]
    assert parted({w.letters for w in seen[0]}, {w.letters for w in seen[1]})
    assert parted({w.figures for w in seen[0]}, {w.figures for w in seen[1]})


@pytest.mark.parametrize("entry", TABLE, ids=lambda entry: entry["file"])
def test_a_font_is_the_file_that_its_table_tells(entry: dict[str, str]) -> None:
    data = (FOLDER / entry["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == entry["sha256"]
    assert len(data) < 60_000
    assert entry["licence"] in ("OFL-1.1", "Apache-2.0")
    assert entry["copyright"]
    assert entry["source"].startswith("npm @fontsource/")


def test_no_font_lies_there_without_its_entry() -> None:
    assert {path.name for path in FOLDER.glob("*.ttf")} == {entry["file"] for entry in TABLE}


def test_no_font_writes_a_letter_that_it_lacks() -> None:
    assert not any(font.writes("Ł") for font in fonts())
    with pytest.raises(Wrong):
        pen(Writing.TYPED, Family.TUNE, "漢", draws("pen"))
    with pytest.raises(Wrong):
        pen(Writing.PRINT, Family.TUNE, "漢", draws("pen"))


@pytest.mark.parametrize("family", list(Family))
@pytest.mark.parametrize("writing", list(Writing))
def test_each_family_can_write_all_its_names(family: Family, writing: Writing) -> None:
    pool = POOLS[family]
    letters = "".join((*pool.given, *pool.last, *pool.firms, *pool.streets, *(town for town, _, _ in pool.towns)))
    assert pen(writing, family, letters, draws("pen", family)).name


def test_every_figure_and_letter_of_a_writer_can_be_drawn() -> None:
    rng = draws("all")
    for family in Family:
        by = writers.writer(family, rng)
        for letter in "abcdefghijklmnopqrstuvwxyz0123456789éèêëàâçôùûîïü-.,'’:/#$%&@":
            glyph = writers.glyph(letter, by, rng)
            assert glyph.width >= 0
            assert all(len(path) for path in glyph.paths)


def test_the_points_of_an_audit_add_up_but_where_somebody_added_wrong() -> None:
    form, _ = known("csam-audit")
    wrong = 0
    for seed in range(60):
        said = values(form, Family.REPORT, draws("scores", seed))
        items = dict(zip((i.number for s in form.sections for i in s.items), said["items"], strict=True))
        for section, row in zip(form.sections, said["sections"], strict=True):
            scored = [items[i.number] for i in section.items]
            assert int(row["possible"]) == section.points - int(row.get("not_applicable", 0))
            wrong += int(row["awarded"]) != sum(int(item.get("awarded", 0)) for item in scored)
            assert all(i.get("comment") for i in scored if i.get("not_applicable") or i.get("awarded") == "0")
        assert said["total_awarded"] == str(sum(int(row["awarded"]) for row in said["sections"]))
    assert 2 <= wrong <= 20
