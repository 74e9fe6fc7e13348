"""`python -m tests.tools.pictures`: the pictures of the README, made from a sample's own letters."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pypdfium2

from tests.papers.office import run_sample, staff
from tests.papers.recipe import recipe

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
OF = {
    "deficiency.png": "falls-short/pass_mark/csam-section",
    "certificate.png": "passes/csam-names",
}


def main() -> None:
    """One letter a picture: the first page of the last letter that the sample's office wrote."""
    with staff() as team:
        for name, sample in OF.items():
            with tempfile.TemporaryDirectory() as folder:
                came = run_sample(recipe(sample), Path(folder), team)
                with pypdfium2.PdfDocument(came.outbox / came.letters[-1].path) as pdf:
                    pdf[0].render(scale=1.3).to_pil().quantize(48, dither=0).save(PICTURES / name, optimize=True)
            print(PICTURES / name)


if __name__ == "__main__":
    main()
