"""The model files: where they lie, what their bytes must be, and how a session is opened on one.

Made by `tests/tools/prepare_models.py` from weights under Apache-2.0; `models/NOTICE` says whose they are.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import onnxruntime

from processor.errors import SetupBroken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

MODELS = Path(__file__).parent / "models"
TINY, SMALL, FINDER = "reader-tiny.onnx", "reader-small.onnx", "finder-tiny.onnx"
FILES = {
    TINY: "01150736c8a496154a92788e2c1507ac3ca2550586d3bdc3eb74cac58b0a70f0",
    SMALL: "9163f16bbafbf16077e63f3eceb1543c5125159b55bb01e33d447fa20b7790e5",
    FINDER: "193bab7a04fca699a6c82e6abb5b81bdb28177f0abd4062552b04908dafb19f8",
}
"""The SHA-256 of each: other weights would read otherwise, and no test would have seen how."""


class Session(Protocol):
    """What we use of onnxruntime's session."""

    def run(
        self, outputs: Sequence[str] | None, inputs: Mapping[str, NDArray[np.float32]]
    ) -> list[NDArray[np.float32]]:
        """The outputs of the model."""


def session(name: str, folder: Path = MODELS) -> Session:
    """The model of that name, ready to run on one thread.

    Raises:
        SetupBroken: the file is not there, or not the one we know.
    """
    try:
        content = (folder / name).read_bytes()
    except OSError as fault:
        raise SetupBroken(f"The model {name} cannot be read.", do=_REMEDY) from fault
    if hashlib.sha256(content).hexdigest() != FILES[name]:
        raise SetupBroken(f"The model {name} is not the one that came with the program.", do=_REMEDY)
    return cast(Session, onnxruntime.InferenceSession(content, _options(), providers=["CPUExecutionProvider"]))


_REMEDY = "Install the program again."


def _options() -> onnxruntime.SessionOptions:
    """One thread that sleeps when idle, and no memory kept between runs: workers share a small machine (10, trap 2)."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    options.log_severity_level = 3
    return options
