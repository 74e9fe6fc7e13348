"""What the validators at hand say of everything we issue; the set of findings may shrink and never grow."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

import outloud
import pikepdf
import pytest

from tests.letters.cases import MET, letter, named
from tests.printing.pressed import press
from tests.printing.test_letters import ARABIC, HEBREW, KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from processor.model import Verdict

ALL = {**KINDS, "certificate": MET}

WRITTEN = {
    # the validator knows 2b only: level A, PDF/UA's mark, and extension schemas are foreign to it
    ("ISO_19005_2:6.6.4-3", "violation"),
    ("ISO_19005_2:6.6.2.3.1-1", "violation"),
    ("ISO_19005_2:6.6.2.3.1-2", "unsupported"),
    # it wants the bookmark's destination in line
    ("pikepdf:schema-OutlineItem", "violation"),
    # it does not look into CIDSet, which Typst writes
    ("ISO_19005_2:6.2.11.4.2-2", "unsupported"),
}


@pytest.mark.parametrize("kind", ALL)
def test_everything_issued_can_be_read_aloud(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(press().print(letter(*ALL[kind])))
    assert [f.rule for f in outloud.check(str(path)).sorted_findings()] == []


@pytest.mark.parametrize("name", [HEBREW, ARABIC, "Łukasz"], ids=["hebrew", "arabic", "polish"])
@pytest.mark.parametrize("kind", ["deficiency", "certificate"])
def test_everything_issued_can_be_kept(kind: str, name: str) -> None:
    assert kept(ALL[kind], name) <= WRITTEN


def kept(verdicts: tuple[Verdict, ...], name: str) -> set[tuple[str, str]]:
    pdfa = pytest.importorskip("pikepdf.pdfa", reason="needs jsonschema", exc_type=ImportError)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    with pikepdf.open(io.BytesIO(press().print(letter(*verdicts, case=named(name))))) as pdf:
        return {(finding.rule, str(finding.kind)) for finding in pdfa.check(pdf, "2b").findings}
