"""The only place where a stranger's file, PDF or picture, is opened: pages of words and widgets come out.

Everything here runs in a limited child process (`processor.workers`): pdfium ends the whole process
when memory runs out, and a parser may loop. The parent never imports this room for a stranger's bytes.
"""

from __future__ import annotations

from processor.pages.open_paper import OpenPaper
from processor.pages.paper import open  # noqa: A004 - reads as pages.open
from processor.pages.pictures import dots

__all__ = ["OpenPaper", "dots", "open"]
