"""A first `form.toml` for a blank that an office brings: a line a box, for a person to complete.

Nothing is decided by guessing: a line is in force only when its box is named exactly as a reading. All others
are comments that say where the box is, what stands beside it and what it might be.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from processor.forms.form import FieldKind
from processor.forms.load import plain
from processor.forms.readings import CHOICES, FIELDS
from processor.model import Kind
from processor.model import WidgetKind as W

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from processor.model import Box, Page, Widget, Word

HINTS: Mapping[str, tuple[str, ...]] = {
    "legal_name": ("legal name", "company name", "registered name", "business name", "employer name"),
    "operating_name": ("operating name", "operating as", "trade name", "doing business as"),
    "wcb_account": ("wcb account", "account number", "account no", "firm number"),
    "industry_code": ("industry code", "rate code", "classification"),
    "business_number": ("business number",),
    "mailing_address": ("mailing address", "address", "street"),
    "city": ("city", "town"),
    "province": ("province",),
    "postal_code": ("postal code", "post code"),
    "phone": ("telephone", "phone"),
    "email": ("email", "e-mail"),
    "contact_name": ("contact name", "company contact", "contact person"),
    "contact_title": ("title", "position"),
    "owner_name": ("owner", "senior representative"),
    "nature_of_work": ("nature of work", "type of work", "description of operations"),
    "employee_count": ("number of employees", "employees", "number of workers"),
    "first_aid_hazard": ("hazard", "risk level"),
    "distance_to_medical_aid": ("distance",),
    "largest_crew": ("crew",),
    "annual_wcb_premium": ("premium",),
    "agreement_signed": ("signature", "signed"),
    "directory_consent": ("directory",),
    "email_consent": ("consent",),
    "letter_language": ("language",),
    "signature_name": ("print name", "name of signatory"),
    "signature_date": ("date signed", "signature date", "date of signature"),
    "certificate_number": ("certificate number", "certificate no"),
    "audit_type": ("type of audit", "audit type"),
    "audit_date": ("date of audit", "audit date", "completion date"),
    "date_submitted": ("date submitted",),
    "auditor_name": ("auditor name", "name of auditor", "auditor"),
    "auditor_company": ("auditor company",),
    "auditor_registration": ("registration number", "registration no"),
    "total_possible": ("total possible",),
    "total_awarded": ("total awarded", "total score"),
    "overall_percent": ("overall", "percent"),
    "auditor_signed": ("auditor signature",),
    "officer_signed": ("officer signature",),
    "officer_name": ("senior officer", "officer name"),
}
"""Words that may stand beside the box of a reading."""

_HEAD = """\
# A draft for {name}, made from its blank. Each line below is a box of it; what the box might hold is only a guess.
# Complete the line that fits a reading and take its # away. `secor forms check {name}` says what is missing.
form = {quoted}
title = {quoted}
version = "1"
kind = "registration"   # or {kinds}
program = ""            # a program's name, such as csam-secor; empty where it counts in any
unread = []             # boxes that no reading needs

"""
_PAGE = """\
[[pages]]               # page {number}
words = []              # phrases that only this page prints{example}

"""


def draft_toml(name: str, pages: Sequence[Page]) -> str:
    """A `form.toml` with a line for each box of the blank. It loads, and `check_form` says what it lacks."""
    kinds = ", ".join(kind for kind in Kind if kind is not Kind.REGISTRATION)
    parts = [_HEAD.format(name=name, quoted=quoted(name), kinds=kinds)]
    parts += [_PAGE.format(number=page.number, example=_example(page)) for page in pages]
    parts.append("[fields]\n")
    for page in pages:
        parts.append(f"# page {page.number}\n")
        parts += [line + "\n" for line in _lines(page)]
    return "".join(parts)


def _lines(page: Page) -> Iterator[str]:
    """A line a box; a group of radio buttons is one."""
    seen = set()
    for widget in page.widgets:
        if widget.name in seen or widget.hidden or widget.kind is W.BUTTON:
            continue
        seen.add(widget.name)
        group = [w for w in page.widgets if w.name == widget.name]
        beside = _beside(page, widget)
        reading = _guess(widget, beside)
        kind = _kind(widget, reading)
        exact = widget.name == reading and kind is FIELDS[Kind.REGISTRATION].get(reading)
        entry = f"{reading or 'reading'} = {{ {_entry(widget, group, reading, kind)} }}"
        says = "; ".join(part for part in (f"{_called(widget)} box", _comment(widget.label), _comment(beside)) if part)
        yield f"{'' if exact else '# '}{entry}   # {says}"


def _entry(widget: Widget, group: Sequence[Widget], reading: str, kind: FieldKind) -> str:
    parts = [f'kind = "{kind}"', f"widget = {quoted(widget.name)}"]
    stored = widget.options if widget.kind is W.CHOICE else tuple(w.on for w in group)
    if kind is FieldKind.CHOICE:
        allowed = CHOICES.get(reading, ())
        pairs = (f"{quoted(v)} = {quoted(v if v in allowed else '?')}" for v in dict.fromkeys(stored))
        parts.append(f"choices = {{ {', '.join(pairs)} }}")
    return ", ".join(parts)


def _kind(widget: Widget, reading: str) -> FieldKind:
    """What can be written in a box: its own nature first, then that of the reading it may hold."""
    own = {
        W.RADIO: FieldKind.CHOICE,
        W.CHOICE: FieldKind.CHOICE,
        W.TICK: FieldKind.TICK,
        W.SIGNATURE: FieldKind.SIGNATURE,
    }
    if widget.kind in own:
        return own[widget.kind]
    known = [fields[reading] for fields in FIELDS.values() if reading in fields]
    return next((kind for kind in known if kind not in (FieldKind.TICK, FieldKind.CHOICE)), FieldKind.TEXT)


def _guess(widget: Widget, beside: str) -> str:
    """The reading that the box may hold: by its name, its tooltip, or what stands beside it; empty for none."""
    if widget.name in HINTS:
        return widget.name
    text = plain(" ".join((widget.name.replace("_", " "), widget.label, beside)))
    found = [(len(hint), reading) for reading, hints in HINTS.items() for hint in hints if hint in text]
    return max(found)[1] if found else ""


def _beside(page: Page, widget: Widget) -> str:
    """The printed words left of a box, or right of a tick, or else above it; at most eight."""
    box = widget.box
    line = [w for w in page.words if w.box.top < box.centre[1] < w.box.bottom]
    left = _run([w for w in line if w.box.right <= box.left + 2][::-1], box.left)[::-1]
    right = _run([w for w in line if w.box.left >= box.right - 2], box.right)
    above = [w for w in page.words if _above(w, box)]
    ticks = widget.kind in (W.TICK, W.RADIO)
    chosen = (right or left or above) if ticks else (left or above or right)
    return " ".join(word.text for word in chosen[:8])


def _run(words: Sequence[Word], start: float) -> list[Word]:
    """The words that follow one another from an edge with no more than 20 points between them."""
    run = []
    for word in words:
        gap = min(abs(word.box.left - start), abs(word.box.right - start))
        if gap > 20:
            break
        run.append(word)
        start = word.box.left if abs(word.box.right - start) == gap else word.box.right
    return run


def _above(word: Word, box: Box) -> bool:
    return -2 <= box.top - word.box.bottom < 12 and box.left - 4 <= word.box.left < box.right


def _called(widget: Widget) -> str:
    comb = f", {widget.comb} cells" if widget.comb else ""
    return f"{widget.kind}{comb}"


def _example(page: Page) -> str:
    """The first words of the page, as an example of a phrase."""
    said = _comment(" ".join(word.text for word in page.words[:6]))
    return f", such as {said}" if said else ""


def _comment(text: str) -> str:
    """A stranger's text as it may stand in a comment of one line."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f"“{clean}”" if clean else ""


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
