"""The words of a mail's text, out of HTML where there is nothing plainer."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from processor.unpacking.limits import MAX_TEXT

_BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote"})
_UNSEEN = frozenset({"style", "script", "head", "title"})


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._unseen += tag in _UNSEEN
        if tag in _BREAKS:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN and self._unseen:
            self._unseen -= 1

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.said.append(re.sub(r"\s+", " ", data))


def of_html(text: str) -> str:
    """What a reader of the page would see, more or less; nothing in it is followed or run."""
    words = _Words()
    words.feed(text[: 20 * MAX_TEXT])
    words.close()
    return kept("".join(words.said))


def kept(text: str) -> str:
    """The text as it is kept: no control characters, no runs of empty lines, so many characters at most."""
    plain = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(c for c in plain if c in "\n\t" or c.isprintable())
    lines = (line.rstrip() for line in plain.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:MAX_TEXT]
