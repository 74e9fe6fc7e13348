from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from processor.cli import main
from processor.flows.forms import load_all
from processor.flows.house import templates_folder
from tests.papers.filling import fill

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

DAY = "2026-11-24"
FORM = "csam-registration"
CLEAN: dict[str, object] = {
    "legal_name": "Tallgrass Roofing Ltd.",
    "wcb_account": "9000017",
    "industry_code": "40403",
    "nature_of_work": "Residential roofing",
    "mailing_address": "12 Example Street",
    "city": "Winnipeg",
    "province": "MB",
    "postal_code": "R3B 2E4",
    "phone": "204-555-0142",
    "owner_name": "Ana Kowal",
    "contact_name": "Ana Kowal",
    "employee_count": "2",
    "largest_crew": "2",
    "first_aid_hazard": "other",
    "distance_to_medical_aid": "close",
    "agreement_signed": "Ana Kowal",
    "signature_name": "Ana Kowal",
    "signature_date": "2026-10-01",
    "workers": [
        {"name": "Ana Kowal", "position": "Owner", "permanent_full_time": True, "owner_or_senior": True},
        {"name": "Ben Okafor", "position": "Roofer", "permanent_full_time": True},
    ],
}


class Desk:
    """An office in a temporary folder, and what an operator types in it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.secor("init", str(home), office=False)

    def secor(self, *words: str, office: bool = True, typed: str = "") -> Result:
        place = ["--office", str(self.home)] if office else []
        return CliRunner().invoke(main, [words[0], *place, *words[1:]], input=typed)

    def run(self) -> Result:
        return self.secor("run", "--day", DAY)

    def shown(self, *words: str) -> Any:  # noqa: ANN401 - JSON
        return json.loads(self.secor(*words, "--json").stdout)

    def drop(self, name: str, **changed: object) -> None:
        values = {k: v for k, v in {**CLEAN, **changed}.items() if v is not None}
        form = next(f for f in load_all((templates_folder(),)) if f.name == FORM)
        blank = (templates_folder() / "forms" / FORM / "blank.pdf").read_bytes()
        (self.home / "inbox" / name).write_bytes(fill(blank, form, values))

    def letters(self) -> list[str]:
        return sorted(p.name for p in self.home.glob("outbox/*/*.pdf"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "office")
