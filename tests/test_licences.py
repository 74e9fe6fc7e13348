import re
from pathlib import Path

HOUSE = Path(__file__).parents[1]


def test_the_licence_of_every_locked_package_is_named() -> None:
    locked = set(re.findall(r"^([a-zA-Z0-9_.-]+)==", (HOUSE / "requirements.lock").read_text(), re.MULTILINE))
    named = set(re.findall(r"^\| ([a-z0-9_.-]+) \| \S", (HOUSE / "docs" / "licences.md").read_text(), re.MULTILINE))
    assert named - {"package"} == locked
