"""A made paper: the same bytes for the same seed, and a truth that is what was drawn."""

import io
import json
from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image, ImageSequence

from processor.contract import document_of
from processor.forms.form import FieldKind, Form
from processor.model import Reading, Row, State
from processor.pages.picture import Drawer
from processor.twin.chance import Family, draws
from processor.twin.channels import Channel
from processor.twin.extras import Extra
from processor.twin.files import Pack
from processor.twin.filling import blanks, filled
from processor.twin.hands import Writing
from processor.twin.ink import POINT
from processor.twin.people import values
from processor.twin.truth import told
from processor.twin.twin import Made, Twin, known

Known = tuple[Form, bytes]


def twin(known: Known, channel: Channel = Channel.SCAN150, seed: int = 7, **more: object) -> Twin:
    rest: dict[str, object] = {"pages": (1,), "extras": (), **more}
    return Twin(form=known[0], blank=known[1], seed=seed, channel=channel, **rest)  # type: ignore[arg-type]


def pictured(made: Made) -> np.ndarray:
    if made.suffix == ".pdf":
        drawer = Drawer(made.data)
        pixels = drawer.grey(1, 150).pixels
        drawer.close()
        return np.asarray(pixels)
    return np.asarray(Image.open(io.BytesIO(made.data)).convert("L"))


@pytest.mark.parametrize("writing", list(Writing))
def test_the_same_seed_makes_the_same_bytes(registration: Known, writing: Writing) -> None:
    first, again = (twin(registration, Channel.FAX_STANDARD, writing=writing).made() for _ in range(2))
    assert first == again


def test_what_a_choice_means_is_no_text_that_a_pen_must_be_able_to_write() -> None:
    form, blank = known("scsa-audit")
    audit = Twin(form=form, blank=blank, seed=5000, family=Family.CALIBRATE, writing=Writing.PRINT)
    written, by = audit.written()
    assert written.pages
    assert by.name


def test_another_seed_makes_another_employer(registration: Known) -> None:
    papers = [twin(registration, Channel.FAX_STANDARD, seed).made() for seed in (7, 8)]
    assert papers[0].data != papers[1].data
    assert papers[0].truth.document != papers[1].truth.document


@pytest.mark.parametrize("channel", list(Channel))
def test_a_page_of_each_channel_shows_the_form_in_the_size_that_its_truth_tells(
    registration: Known, channel: Channel
) -> None:
    made = twin(registration, channel).made()
    [sheet] = made.truth.sheets
    if made.suffix != ".pdf":
        assert pictured(made).shape == (sheet.high, sheet.wide)
    dark = pictured(made) < 100
    assert 0.005 < dark.mean() < 0.6


def test_the_way_changes_nothing_of_what_is_written(registration: Known) -> None:
    papers = [twin(registration, channel).made() for channel in (Channel.FAX_STANDARD, Channel.SCAN150)]
    assert papers[0].truth.document == papers[1].truth.document


@pytest.mark.parametrize(
    ("channel", "turn"),
    [
        (Channel.SCAN150, ()),
        (Channel.FAX_STANDARD, ()),
        (Channel.FAX_STANDARD, (Extra.TURNED90,)),
        (Channel.FAX_STANDARD, (Extra.TURNED180,)),
        (Channel.FAX_STANDARD, (Extra.TURNED270,)),
    ],
    ids=str,
)
def test_the_matrix_leads_from_the_blank_to_the_page(
    registration: Known, channel: Channel, turn: tuple[Extra, ...]
) -> None:
    given: dict[str, object] = {}
    made = twin(registration, channel, extras=turn, given=given, pack=Pack.TIFF).made()
    [sheet] = made.truth.sheets
    assert sheet.matrix is not None
    matrix = np.array(sheet.matrix).reshape(3, 3)
    blank = blanks(registration[1], 2)[0]
    soft = cv2.GaussianBlur(blank, (0, 0), 2.5)
    laid = cv2.warpPerspective(soft, matrix, (sheet.wide, sheet.high), borderValue=255)
    seen = cv2.GaussianBlur(pictured(made), (0, 0), 0.8)
    assert np.corrcoef(laid.ravel().astype(float), seen.ravel().astype(float))[0, 1] > 0.85


def _boxes(reading: Reading) -> list[Reading]:
    if isinstance(reading.value, tuple):
        return [cell for row in reading.value for cell in row.cells]
    return [reading]


@pytest.mark.parametrize("writing", list(Writing))
def test_there_is_ink_where_the_truth_says_something_and_none_where_it_is_blank(
    registration: Known, writing: Writing
) -> None:
    written, _ = twin(registration, writing=writing, seed=3).written()
    empty = blanks(registration[1], 2)
    checked = {True: 0, False: 0}
    for reading in (cell for one in written.readings for cell in _boxes(one)):
        assert reading.box is not None
        assert reading.page is not None
        left, top, right, bottom = (round(v * POINT) for v in reading.box)
        page, before = written.pages[reading.page - 1], empty[reading.page - 1]
        said = reading.value not in (None, False)
        rim = -24 if reading.value is True else 6  # a box may be marked by a ring around it
        inner = np.s_[top + rim : bottom - rim, left + rim : right - rim]
        changed = int(np.count_nonzero(page[inner] != before[inner]))
        assert changed > 20 if said else changed < 100, reading
        checked[said] += 1
    assert min(checked.values()) > 3


def test_the_truth_is_the_documents_json_and_more(registration: Known) -> None:
    made = twin(registration, writing=Writing.HAND).made()
    shown = json.loads(made.truth.text())
    assert document_of(shown) == made.truth.document
    assert shown["sheets"][0]["page"] == 1
    assert shown["made"]["seed"] == 7


@pytest.mark.parametrize("family", list(Family))
@pytest.mark.parametrize("name", ["registration", "audit"])
def test_everything_that_is_written_can_be_understood(
    family: Family, name: str, request: pytest.FixtureRequest
) -> None:
    known: Known = request.getfixturevalue(name)
    form = known[0]
    for seed in range(15):
        said = values(form, family, draws("test", seed))
        for one in form.fields:
            if said.get(one.name) not in (None, False):
                assert told(one, said[one.name]).value is not None, (one.name, said[one.name])


def test_what_is_not_there_stays_blank(registration: Known) -> None:
    form, blank = registration
    given = {"legal_name": "Nobody & Sons Ltd.", "workers": [{}, {"name": "Anne Smith"}]}
    read = {r.name: r for r in twin((form, blank), given=given).written()[0].readings}
    assert read["legal_name"].value == "Nobody & Sons Ltd."
    assert read["city"].state is State.BLANK
    assert read["letter_language"] == Reading(name="letter_language", state=State.BLANK)
    assert read["agreement_signed"] == Reading(name="agreement_signed", value=False, state=State.BLANK)
    assert read["directory_consent"] == Reading(name="directory_consent", value=False)
    rows = read["workers"].value
    assert isinstance(rows, tuple)
    assert [row["name"].value for row in rows if isinstance(row, Row)] == [None, "Anne Smith"]


def test_what_a_choice_means_needs_no_pen_that_can_write_it(audit: Known) -> None:
    choice = next(one for one in audit[0].fields if one.kind is FieldKind.CHOICE)
    meant = next(spot.means for spot in choice.spots if "_" in spot.means)
    read = twin(audit, writing=Writing.PRINT, given={choice.name: meant}).written()[0].readings
    assert {r.name: r.value for r in read}[choice.name] == meant


def test_pages_come_in_the_order_that_is_asked_for(registration: Known) -> None:
    made = twin(registration, Channel.FAX_STANDARD, pages=(2, 1, 2), pack=Pack.TIFF).made()
    assert [sheet.page for sheet in made.truth.sheets] == [2, 1, 2]
    frames = list(ImageSequence.Iterator(Image.open(io.BytesIO(made.data))))
    assert len(frames) == 3
    assert [round(float(v)) for v in frames[1].info["dpi"]] == [204, 98]
    assert frames[1].info["compression"] == "group3"


@pytest.mark.parametrize("extra", [e for e in Extra if not e.startswith("turned")])
def test_whatever_happens_to_a_page_is_seen_on_it_and_told(registration: Known, extra: Extra) -> None:
    fax = Channel.FAX_STANDARD if extra is Extra.HEADER else Channel.SCAN150
    plain, other = (twin(registration, fax, extras=extras, pack=Pack.TIFF).made() for extras in ((), (extra,)))
    assert other.truth.sheets[0].extras == (extra.value,)
    assert np.abs(pictured(plain).astype(int) - pictured(other)).max() > 60


def test_a_mistake_is_crossed_out_written_again_and_told(registration: Known) -> None:
    form, blank = registration
    _, pen = twin(registration, writing=Writing.HAND).written()
    said = {"city": "Ayr", "first_aid_hazard": "low"}
    written = filled(form, blank, said, replace(pen, mistakes=1.0, case=""), draws("mistakes"))
    assert written.special["city"] == "rewritten"
    assert "first_aid_hazard" in written.special
    assert {r.name: r.value for r in written.readings}["city"] == "Ayr"
