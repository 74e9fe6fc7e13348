import re
from pathlib import Path

from processor.errors import Exit
from processor.findings import CODES

TEXT = (Path(__file__).parents[1] / "docs" / "messages.md").read_text()


def test_every_finding_has_its_heading_and_none_is_left_over() -> None:
    assert set(re.findall(r"^### `([a-z-]+)`$", TEXT, re.MULTILINE)) == set(CODES)


def test_the_remedy_of_a_finding_stands_under_it() -> None:
    for code, row in CODES.items():
        part = TEXT.split(f"### `{code}`\n")[1].split("\n### ")[0]
        assert row.do in part
        assert row.says in part


def test_every_exit_code_is_listed() -> None:
    assert {int(n) for n in re.findall(r"^\| (\d+) \|", TEXT, re.MULTILINE)} == {int(code) for code in Exit}
