"""What one reading process takes: `python -m tests.tools.scans.memory FILE…` reads them all, one after the other.

Prints the peak of its memory in MB before the first file and at the end. Taken from /proc: what `getrusage` tells of a
process counts who started it as well.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from processor.flows import reading
from tests.tools.scans.papers import FILE_MB, MAX_PAGES, prepare


def peak() -> int:
    """MB."""
    told = Path("/proc/self/status").read_text("utf-8")
    return int(told.partition("VmHWM:")[2].split()[0]) >> 10


def main() -> None:
    prepare()
    ready = peak()
    for name in sys.argv[1:]:
        reading.read_paper(name, Path(name).read_bytes(), FILE_MB, MAX_PAGES)
    print(json.dumps({"papers": len(sys.argv) - 1, "ready_mb": ready, "peak_mb": peak()}))


if __name__ == "__main__":
    main()
