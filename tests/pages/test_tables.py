"""Ruled tables are found with their places; a page that has none, or that no reader takes, has no tables."""

from __future__ import annotations

import io

import pikepdf
import pytest
import typst
from pikepdf import Array

from processor import pages
from processor.model import Box, FindTables, Grid
from processor.pages import tables
from tests.pages.papers import paper, says, written


def found(data: bytes, page: int = 1) -> tuple[Grid, ...]:
    with pages.open(data, max_pages=20) as opened:
        return opened.tables(FindTables(page))


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def typeset(body: str) -> bytes:
    return typst.compile(f'#set page("us-letter", margin: 50pt)\n{body}'.encode())


RULED = "#table(columns: 3, [Name], [Course], [Date], [Ada Stone], [SCOT], [2024-03-05])"


def test_a_ruled_table_comes_with_its_rows_and_places() -> None:
    (grid,) = found(typeset(RULED))
    assert texts(grid) == [["Name", "Course", "Date"], ["Ada Stone", "SCOT", "2024-03-05"]]
    first, second = grid.rows[0][0].box, grid.rows[0][1].box
    assert first[:2] == (50, 50)
    assert first.right == second.left
    assert grid.rows[1][0].box.top == first.bottom


def test_the_words_of_a_page_lie_in_the_cells() -> None:
    with pages.open(typeset(RULED), max_pages=1) as opened:
        (grid,) = opened.tables(FindTables(1))
        words = opened.paper.pages[0].words
    for cell in (cell for row in grid.rows for cell in row):
        assert " ".join(word.text for word in words if cell.box.holds(word.box)) == cell.text


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_cropped_and_turned_page_has_its_cells_where_its_words_are(turned: int) -> None:
    file = pikepdf.open(io.BytesIO(typeset(RULED)))
    file.pages[0].obj["/CropBox"] = Array([30, 20, 600, 780])
    file.pages[0].obj["/Rotate"] = turned
    data = written(file)
    with pages.open(data, max_pages=1) as opened:
        grids = opened.tables(FindTables(1))
        words = opened.paper.pages[0].words
    cells = [cell for grid in grids for row in grid.rows for cell in row]
    assert len(cells) == len(words) - 1 == 6
    for word in words:
        (cell,) = [cell for cell in cells if cell.box.holds(word.box)]
        assert set(word.text) <= set(cell.text)


def test_a_cell_that_spans_several_stands_in_each_place() -> None:
    body = "#table(columns: 2, table.cell(rowspan: 2)[Ada Stone], [SCOT], [SESM], table.cell(colspan: 2)[all])"
    (grid,) = found(typeset(body))
    assert texts(grid) == [["Ada Stone", "SCOT"], ["Ada Stone", "SESM"], ["all", "all"]]
    assert grid.rows[0][0] == grid.rows[1][0]


def test_a_table_without_rules_is_none() -> None:
    assert found(typeset("#table(columns: 2, stroke: none, [Name], [Course], [Ada Stone], [SCOT])")) == ()


def test_two_tables_come_from_the_top() -> None:
    grids = found(typeset(f"{RULED}\n#v(40pt)\n{RULED.replace('Ada', 'Bo')}"))
    assert [texts(grid)[1][0] for grid in grids] == ["Ada Stone", "Bo Stone"]


def test_a_hole_in_the_rules_is_an_empty_place() -> None:
    content = b"0 0 0 RG " + b" ".join(
        b"%d %d %d %d re S" % box for box in ((100, 600, 100, 20), (200, 600, 100, 20), (100, 580, 100, 20))
    )
    (grid,) = found(written(paper(content + b" " + says("here", x=105, y=605))))
    assert texts(grid) == [["here", ""], ["", ""]]
    assert grid.rows[1][1].box.width == 0


def test_only_the_page_that_is_asked_for_is_opened() -> None:
    data = typeset(f"{RULED}\n#pagebreak()\nplain words")
    assert len(found(data, 1)) == 1
    assert found(data, 2) == ()
    assert found(data, 3) == ()


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer <</Root 1 0 R>>", b"\0" * 99]
)
def test_what_no_reader_takes_has_no_tables(data: bytes) -> None:
    assert tables.tables(data, 1) == ()


@pytest.mark.parametrize("limit", ["MAX_RULES", "MAX_CELLS"])
def test_a_page_of_too_many_rules_or_cells_has_no_tables(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, limit, 3)
    assert found(typeset(RULED)) == ()


def test_a_lack_of_memory_is_no_lack_of_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(tables, "_grids", full)
    with pytest.raises(MemoryError):
        found(typeset(RULED))


@pytest.mark.parametrize("cut", [200, 900, 2000])
def test_a_damaged_file_never_raises(cut: int) -> None:
    data = typeset(RULED)
    assert isinstance(tables.tables(data[:cut] + data[cut + 40 :], 1), tuple)


def test_a_cell_keeps_the_text_that_it_shows() -> None:
    (grid,) = found(typeset("#table(columns: 2, [Łukasz Żak], [SCOT])"))
    assert grid.rows[0][0].text == "Łukasz Żak"
    assert isinstance(grid.rows[0][0].box, Box)
