"""The rules that a requirement can name: each a small function with what it asks of a rulebook."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from processor.rulebook.rules import (
    asked_of_staff,
    audits,
    courses,
    first_aid,
    in_time,
    industry,
    milestone,
    pass_mark,
    registration,
    size,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from processor.rulebook.shapes import Rule

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "size": size.RULE,
        "registration": registration.RULE,
        "held_by_owner": courses.OWNER,
        "held_by_every_worker": courses.EVERY_WORKER,
        "modules": courses.MODULES,
        "first_aid": first_aid.RULE,
        "industry": industry.RULE,
        "safety_program": audits.PROGRAM,
        "audits": audits.RULE,
        "pass_mark": pass_mark.RULE,
        "auditor": audits.AUDITOR,
        "in_time": in_time.RULE,
        "milestone": milestone.RULE,
        "asked_of_staff": asked_of_staff.RULE,
    }
)
