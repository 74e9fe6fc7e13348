"""An office's folders on a real disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from processor.intake.folders import prepare
from processor.settings import Paths

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def office(tmp_path: Path) -> Paths:
    paths = Paths(inbox=tmp_path / "inbox", outbox=tmp_path / "outbox", state=tmp_path / "state")
    prepare(paths)
    return paths
