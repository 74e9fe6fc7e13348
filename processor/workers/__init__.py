"""Where work runs: in this process, or in child processes that may die without harm.

A stranger's bytes are only ever parsed in a child (`Isolated`): a paper that loops, crashes or eats memory
costs that paper, never a neighbour and never the parent.
"""

from __future__ import annotations

from processor.workers.crew import Crew, Inline, Job, Result
from processor.workers.isolated import Isolated, once
from processor.workers.limits import Limits

__all__ = ["Crew", "Inline", "Isolated", "Job", "Limits", "Result", "once"]
