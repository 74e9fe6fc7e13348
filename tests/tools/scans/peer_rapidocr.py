"""RapidOCR over whole pages, in its own environment: `python peer_rapidocr.py OUT PAGE…`; knows nothing of ours.

Writes, a line a page, its words with their boxes in pixels, and its seconds of the processor. One thread, like ours.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from rapidocr import RapidOCR  # type: ignore[import-not-found]

_OPTIONS = {
    "Global.log_level": "error",
    "Global.return_word_box": True,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


def main() -> None:
    out, *pages = sys.argv[1:]
    engine = RapidOCR(params=_OPTIONS)
    engine(pages[0])  # opens its models
    with Path(out).open("w", encoding="utf-8") as lines:
        for page in pages:
            before = time.process_time()
            found = engine(page)
            seconds = time.process_time() - before
            words = []
            for line in found.word_results or ():
                for text, _, corners in line:
                    if corners:
                        across, down = [float(x) for x, _ in corners], [float(y) for _, y in corners]
                        words.append([text, min(across), min(down), max(across), max(down)])
            lines.write(json.dumps({"page": page, "seconds": seconds, "words": words}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
