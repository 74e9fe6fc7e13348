"""The arrows of `docs/why.md` 1: words <- core <- flows <- faces, and words <- edges <- flows."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1] / "processor"
WORDS = {"model", "errors", "findings", "contract", "settings"}
CORE = {"reading", "imaging", "decoding", "forms", "casework", "rulebook", "letters"}
EDGES = {"intake", "unpacking", "pages", "ocr", "printing", "store", "outbox", "workers", "vault"}
ORDER = {"flows", "twin"}
FACES = {"cli", "__main__"}
MAY = {
    "words": WORDS,
    "core": WORDS | CORE,
    "edge": WORDS,
    "order": WORDS | CORE | EDGES | ORDER,
    "face": WORDS | CORE | EDGES | ORDER | FACES,
}
FORBIDDEN_IN_CORE = {"pikepdf", "pypdf", "pypdfium2", "pdfplumber", "sqlite3", "sqlite_utils", "typst", "os", "pathlib",
                     "socket", "subprocess", "time", "random", "fillpdf", "PIL"}  # fmt: skip


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def side_of(room: str) -> str:
    sides = {"words": WORDS, "core": CORE, "edge": EDGES, "order": ORDER, "face": FACES}
    return next(side for side, rooms in sides.items() if room in rooms)


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


MODULES = {
    ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(HOUSE.rglob("*.py"))
}


@pytest.mark.parametrize("module", [m for m in MODULES if m != "processor"])
def test_a_module_only_knows_the_rooms_it_may_know(module: str) -> None:
    room = room_of(module)
    side = side_of(room)
    known = {room_of(name) for name in imports(MODULES[module]) if name.startswith("processor.")}
    assert known <= MAY[side] | {room}


@pytest.mark.parametrize("module", [m for m in MODULES if room_of(m) in CORE])
def test_the_core_touches_nothing(module: str) -> None:
    assert not {name.split(".")[0] for name in imports(MODULES[module])} & FORBIDDEN_IN_CORE


def test_no_module_leads_back_to_itself() -> None:
    graph = {module: {n for n in imports(path) if n in MODULES and n != module} for module, path in MODULES.items()}
    assert set(TopologicalSorter(graph).static_order()) >= set(MODULES)
