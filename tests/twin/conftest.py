from functools import cache

import cv2
import pytest

from processor.forms.form import Form
from processor.twin.twin import known


@cache
def _known(name: str) -> tuple[Form, bytes]:
    return known(name)


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    cv2.setNumThreads(1)


@pytest.fixture
def registration() -> tuple[Form, bytes]:
    return _known("csam-registration")


@pytest.fixture
def audit() -> tuple[Form, bytes]:
    return _known("scsa-audit")
