"""What a file would do if it were let: scripts, programs, attachments, sending. Looked for, never run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.findings import finding
from processor.pages.fields import array, is_dictionary
from processor.pages.text import plain

if TYPE_CHECKING:
    import pikepdf

    from processor.model import Finding

_ACTIONS = {
    "JavaScript": "a script",
    "Launch": "a command to start a program",
    "SubmitForm": "a command to send its data away",
    "ImportData": "a command to fetch data",
    "Rendition": "a film or sound",
}
_ANNOTATIONS = {"FileAttachment": "an attached file", "RichMedia": "a film or sound", "Movie": "a film or sound"}


class Acts:
    """Collects what the parts of one file would do."""

    def __init__(self) -> None:
        self._found: dict[str, None] = {}

    def file(self, root: pikepdf.Object) -> None:
        """Look at the file's own actions, named scripts and attachments."""
        self._action(root.get("/OpenAction"))
        self._events(root.get("/AA"))
        names = root.get("/Names")
        if is_dictionary(names):
            if "/JavaScript" in names:
                self._found[_ACTIONS["JavaScript"]] = None
            if "/EmbeddedFiles" in names:
                self._found[_ANNOTATIONS["FileAttachment"]] = None

    def part(self, node: pikepdf.Object) -> None:
        """Look at a page, an annotation or a field."""
        keys = node.keys()
        if "/A" in keys:
            self._action(node["/A"])
        if "/AA" in keys:
            self._events(node["/AA"])
        if "/Subtype" in keys and (kind := _ANNOTATIONS.get(plain(node["/Subtype"]))):
            self._found[kind] = None

    def finding(self) -> Finding | None:
        """One finding for all of it, or None."""
        return finding("active-content", what=", ".join(sorted(self._found))) if self._found else None

    def _events(self, events: object) -> None:
        if is_dictionary(events):
            for action in events.values():
                self._action(action)

    def _action(self, action: object) -> None:
        """An action and those chained to it, one level deep: enough to say that there is one."""
        if not is_dictionary(action):
            return
        chained = action.get("/Next")
        for one in (action, chained, *array(chained)):
            if is_dictionary(one) and (kind := _ACTIONS.get(plain(one.get("/S")))):
                self._found[kind] = None
