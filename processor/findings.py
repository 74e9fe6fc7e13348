"""Every finding there is: its code, how it looks to staff, what it says, what to do.

`docs/messages.md` has a heading for each, and a test compares the two. What a finding does to a case
(block, fail, inform) stands in the rulebook, not here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from processor.errors import UnreadablePaper
from processor.model import Finding, Severity

if TYPE_CHECKING:
    from processor.model import Box

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


class Code(NamedTuple):
    """One row of the catalogue."""

    code: str
    severity: Severity
    says: str
    """With `{names}` filled in by `finding`."""
    do: str
    """The remedy, for the clerk."""


_ALL = (
    # the file
    Code("locked-file", ERROR, "The file is locked by a password.", "Ask the sender for an open copy."),
    Code("broken-file", ERROR, "The file is damaged and cannot be opened.", "Ask the sender for it again."),
    Code(
        "not-a-paper",
        ERROR,
        "The file is no PDF or picture of a page ({what}).",
        "Ask the sender for a PDF, TIFF or JPEG.",
    ),
    Code("mail-alone", ERROR, "The mail brings no paper.", "Read what it says; answer it, or reject it."),
    Code(
        "nothing-inside",
        ERROR,
        "No paper that can be read lies in this file.",
        "Ask the sender for the papers as PDF.",
    ),
    Code("empty-file", ERROR, "The file is empty.", "Ask the sender for it again."),
    Code("too-big", ERROR, "The file is too big to read safely ({what}).", "Split it, or scan it at 200 dpi."),
    Code(
        "too-slow",
        ERROR,
        "The file could not be read within its limits ({what}).",
        "Print it to PDF again; scan a long one in parts.",
    ),
    Code("active-content", NOTE, "The file carries {what}; it was not run.", "Nothing, unless unexpected."),
    Code("mended-file", NOTE, "The file was damaged and could be mended.", "Look whether pages are missing."),
    Code("digitally-signed", NOTE, "The file carries a digital signature.", "Nothing."),
    Code("changed-after-signing", WARNING, "The file was changed after it was signed.", "Ask what changed."),
    Code("xfa-form", ERROR, "The form shows its values in one viewer only (XFA).", "Ask for a printed PDF."),
    Code("no-text", ERROR, "Page {page} is a picture without text.", "Read it and type what it says."),
    # which paper
    Code("unknown-paper", WARNING, "This is no form or certificate that we know.", "Say what it is."),
    Code("several-forms", ERROR, "Page {page} fits several forms: {what}.", "Say which form it is."),
    Code("page-missing", ERROR, "Page {page} of the form is missing.", "Ask the employer for it."),
    Code("page-twice", WARNING, "Page {page} of the form is there twice.", "Choose the right one."),
    Code("page-order", NOTE, "The pages of the form are out of order.", "Nothing; they were put in order."),
    Code("not-aligned", ERROR, "Page {page} does not lie as the form does.", "Read it, or ask for the original file."),
    Code("poor-page", WARNING, "Page {page} is {what}.", "Ask for a better scan if it cannot be read."),
    # values
    Code("stored-differs", ERROR, "{field}: stored “{stored}”, drawn “{drawn}”.", "Choose what was meant."),
    Code("field-twice", ERROR, "{field} is there twice, with different values.", "Choose what was meant."),
    Code("ambiguous-date", ERROR, "{field}: “{raw}” can be two days.", "Choose the day, or ask."),
    Code("impossible-date", ERROR, "{field}: “{raw}” is no day.", "Correct it, or ask."),
    Code("future-date", ERROR, "{field}: {value} is in the future.", "Correct it, or ask."),
    Code("unclear-value", ERROR, "{field}: “{raw}” is not {expected}.", "Correct it, or ask."),
    Code("postal-province", WARNING, "{raw} is not a postal code of {province}.", "Check the address."),
    Code("two-ticks", ERROR, "{field}: more than one box is ticked.", "Choose what was meant, or ask."),
    Code("faint-mark", ERROR, "{field}: there is a faint mark in the box.", "Say whether it is a tick."),
    Code("stray-writing", WARNING, "“{raw}” is written outside the boxes.", "Read it."),
    # registration
    Code("unsigned", ERROR, "{who} did not sign.", "Ask for a signed copy."),
    Code("undated", ERROR, "The signature has no date.", "Ask for a dated copy."),
    Code("field-blank", ERROR, "{field} is blank.", "Ask the employer."),
    Code("roster-short", WARNING, "{count} people are stated, {rows} stand on the roster.", "Ask who is missing."),
    # cards
    Code("interim-card", ERROR, "This is an interim card, not a certificate.", "Ask for the certificate."),
    Code("participation-letter", ERROR, "This confirms attendance only.", "Ask for the certificate."),
    Code("online-only", ERROR, "This shows the online part of a course only.", "Ask for the full certificate."),
    Code("holder-unclear", ERROR, "It is not clear whose certificate this is.", "Choose the holder."),
    Code("course-unknown", WARNING, "The course “{raw}” is not in our tables.", "Say which course it is."),
    Code("issuer-unknown", NOTE, "The issuer is not in our tables.", "Add it to the rulebook if it is approved."),
    Code("expiry-computed", NOTE, "No expiry is printed; {value} was computed.", "Nothing."),
    Code("dates-reversed", ERROR, "The certificate expires before it was issued.", "Correct it, or ask."),
    Code(
        "own-record",
        ERROR,
        "This is a list, not a certificate; nobody who trains stands behind it.",
        "Ask for the certificates.",
    ),
    Code("number-two-holders", ERROR, "Certificate {number} stands under two names.", "Ask the issuer."),
    # audit
    Code("audit-type-unmarked", ERROR, "The type of audit is not marked.", "Ask the auditor."),
    Code("audit-blank", ERROR, "{field} is blank on the audit.", "Ask the auditor."),
    Code("score-blank", ERROR, "{place} has no score.", "Ask the auditor."),
    Code("awarded-over-possible", ERROR, "{place}: {awarded} points of {possible} possible.", "Ask the auditor."),
    Code(
        "sums-differ", ERROR, "{place}: the sheet says {stated}, the scores add up to {computed}.", "Ask the auditor."
    ),
    Code("not-applicable-unexplained", ERROR, "{place} is marked N/A without a comment.", "Ask the auditor."),
    Code("zero-unexplained", ERROR, "{place} has no points and no comment.", "Ask the auditor."),
    Code("audit-unscored", ERROR, "The audit has no points at all.", "Ask for the scored audit."),
    Code("officer-unsigned", ERROR, "The senior officer did not sign the audit.", "Ask for a signed copy."),
    Code("auditor-unsigned", ERROR, "The auditor did not sign the audit.", "Ask for a signed copy."),
    # whose paper
    Code("no-employer", ERROR, "No employer fits this paper.", "Choose the employer; it waits in the pool."),
    Code("several-employers", ERROR, "{count} employers fit this paper.", "Choose the employer."),
    Code("near-name", ERROR, "“{name}” is nearly, not quite, the name of {employer}.", "Say whether it is theirs."),
    Code("name-differs", ERROR, "The paper says “{name}”, the register “{employer}”.", "Say whether it changed."),
    Code("account-differs", ERROR, "The account differs from the register's.", "Say whose paper it is."),
    # the case
    Code("unsure-reading", ERROR, "{field}: the reading is not sure.", "Read the box."),
    Code("needs-judgement", ERROR, "{what}", "Decide it by hand."),
)

CODES = {row.code: row for row in _ALL}


def finding(
    code: str, *, page: int | None = None, box: Box | None = None, reading: str = "", **values: object
) -> Finding:
    """The finding of that code, its sentence filled in. An unknown code or a missing value is a fault of ours."""
    row = CODES[code]
    says = row.says.format_map({"page": page, "field": named(reading), **values})
    return Finding(code=code, severity=row.severity, says=says, page=page, box=box, reading=reading)


def refusal(code: str, *, what: str = "") -> UnreadablePaper:
    """The refusal of a whole file that goes with a code: its sentence, and that finding's remedy."""
    return UnreadablePaper(finding(code, what=what).says, do=CODES[code].do, code=code)


def named(reading: str) -> str:
    """A reading's name as a person says it: `workers[2].name` is `Workers, row 2, name`."""
    table, _, rest = reading.partition("[")
    words = table.replace("_", " ").capitalize()
    if not rest:
        return words
    row, _, cell = rest.partition("].")
    return f"{words}, row {row}, {cell.replace('_', ' ')}"
