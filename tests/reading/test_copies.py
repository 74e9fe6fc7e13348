"""Our own blanks, filled as in Chrome, flattened by pdfium and read back: every value right, none wrong and sure."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pytest

from processor.flows.forms import load_all
from processor.flows.house import templates_folder
from tests.reading.made import VOCABULARY
from tests.tools.flattened import Filled, by_chrome, by_pdfium, count, documents, made_up

if TYPE_CHECKING:
    from processor.forms.form import Form

BLANKS = sorted(path.parent.name for path in (templates_folder() / "forms").glob("*/blank.pdf"))


@cache
def forms() -> tuple[Form, ...]:
    return load_all((templates_folder(),))


@pytest.mark.parametrize("flat", [False, True], ids=["fillable", "flattened"])
@pytest.mark.parametrize("name", BLANKS)
def test_a_filled_blank_reads_as_it_was_filled(name: str, *, flat: bool) -> None:
    form = next(form for form in forms() if form.name == name)
    values = made_up(form, random.Random(name), wraps=True)  # noqa: S311 - made-up values, to be had again
    blank = (templates_folder() / "forms" / name / "blank.pdf").read_bytes()
    filled = Filled(form, by_chrome(blank, values), values)
    copy = by_pdfium(filled.data) if flat else filled.data
    found = documents(copy, forms(), VOCABULARY)
    assert [(d.form, len(d.pages)) for d in found] == [(name, len(form.pages))]
    counts: Counter[str] = Counter()
    original = documents(filled.data, forms(), VOCABULARY)
    assert list(count(filled, copy, found, counts, original)) == []
    assert counts["right"] == counts["drawn"] > 0
    assert [f.code for f in found[0].findings] == []


@pytest.mark.parametrize("name", BLANKS)
def test_an_empty_blank_has_no_value_and_no_doubt(name: str) -> None:
    blank = (templates_folder() / "forms" / name / "blank.pdf").read_bytes()
    (found,) = documents(by_pdfium(blank), forms(), VOCABULARY)
    assert found.form == name
    assert [f.code for f in found.findings] == []
    assert not [r.name for r in found.readings if r.raw and r.box is not None]
