import json
from pathlib import Path

from click.testing import CliRunner

from processor.cli import main


def test_the_command_makes_papers_with_their_truth_beside_them(tmp_path: Path) -> None:
    told = ["forms", "twin", "csam-registration", "--out", str(tmp_path / "made"), "--count", "1", "--seed", "5"]
    told += ["--channel", "fax_standard", "--pen", "hand", "--family", "report"]
    result = CliRunner().invoke(main, told)
    assert result.exit_code == 0, result.output
    files = [Path(line) for line in result.stdout.splitlines()]
    assert [file.stem for file in files] == ["report-hand-fax_standard-00005"]
    assert all(file.stat().st_size > 10_000 for file in files)
    truths = [json.loads(file.with_name(f"{file.stem}.truth.json").read_text("utf-8")) for file in files]
    assert [truth["made"]["writing"] for truth in truths] == ["hand"]
    assert all(truth["readings"]["legal_name"]["value"] for truth in truths)
