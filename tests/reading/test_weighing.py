"""What calibrating sees of a scan: each written box of a form's page, as both models read it."""

from __future__ import annotations

import numpy as np

from processor.forms.form import FieldKind
from processor.reading.weighing import weighed
from tests.reading.made import FORM
from tests.reading.scans import Desk, blank, pen, plates, spot_of


def test_every_written_box_of_a_form_s_page_is_read_by_both_models_and_other_pages_by_none() -> None:
    page = blank(1).copy()
    pen(page, spot_of("legal_name"), "Prairie Ltd.")
    desk = Desk({1: page, 2: np.full_like(page, 255), 3: blank(2)}, quick=["Prairle Ltd."], careful=["Prairie Ltd."])
    (text,) = desk.answered(weighed(desk.pages(), (FORM,), plates()))
    assert (text.form, text.path, text.kind) == ("small", "legal_name", FieldKind.ORGANISATION)
    assert (text.weighed.quickly, text.weighed.carefully) == ("Prairle Ltd.", "Prairie Ltd.")
    assert text.weighed.quick.second is None
    assert text.weighed.cues.second is not None
