"""A store on a real file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from processor.store.store import Store
from tests.store.made_up import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "secor.db", now=lambda: NOW) as opened:
        yield opened
