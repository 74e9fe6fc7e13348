"""The readings that each kind of document yields: their names, and what is written in them (`design.md` 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.forms.form import FieldKind as F
from processor.model import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS: Mapping[Kind, Mapping[str, F]] = {
    Kind.REGISTRATION: {
        "legal_name": F.ORGANISATION,
        "operating_name": F.ORGANISATION,
        "wcb_account": F.ACCOUNT,
        "industry_code": F.INDUSTRY_CODE,
        "business_number": F.BUSINESS_NUMBER,
        "mailing_address": F.TEXT,
        "city": F.TEXT,
        "province": F.PROVINCE,
        "postal_code": F.POSTAL_CODE,
        "phone": F.PHONE,
        "email": F.EMAIL,
        "contact_name": F.PERSON,
        "contact_title": F.TEXT,
        "owner_name": F.PERSON,
        "nature_of_work": F.TEXT,
        "employee_count": F.COUNT,
        "first_aid_hazard": F.CHOICE,
        "distance_to_medical_aid": F.CHOICE,
        "largest_crew": F.COUNT,
        "annual_wcb_premium": F.MONEY,
        "agreement_signed": F.SIGNATURE,
        "directory_consent": F.TICK,
        "email_consent": F.TICK,
        "letter_language": F.CHOICE,
        "signature_name": F.PERSON,
        "signature_date": F.DATE,
    },
    Kind.FIRST_AID: {
        "holder_name": F.PERSON,
        "course": F.TEXT,
        "level": F.TEXT,
        "cpr_level": F.TEXT,
        "issuer": F.ORGANISATION,
        "certificate_number": F.TEXT,
        "issue_date": F.DATE,
        "expiry_date": F.DATE,
    },
    Kind.COURSE: {
        "holder_name": F.PERSON,
        "course": F.TEXT,
        "issuer": F.ORGANISATION,
        "certificate_number": F.TEXT,
        "issue_date": F.DATE,
        "expiry_date": F.DATE,
    },
    Kind.AUDIT: {
        "legal_name": F.ORGANISATION,
        "wcb_account": F.ACCOUNT,
        "certificate_number": F.TEXT,
        "audit_type": F.CHOICE,
        "audit_date": F.DATE,
        "date_submitted": F.DATE,
        "auditor_name": F.PERSON,
        "auditor_company": F.ORGANISATION,
        "auditor_registration": F.TEXT,
        "instrument_version": F.TEXT,
        "total_possible": F.POINTS,
        "total_awarded": F.POINTS,
        "overall_percent": F.PERCENT,
        "auditor_signed": F.SIGNATURE,
        "officer_signed": F.SIGNATURE,
        "officer_name": F.PERSON,
        "signature_date": F.DATE,
    },
    Kind.GOOD_STANDING: {
        "legal_name": F.ORGANISATION,
        "wcb_account": F.ACCOUNT,
        "status": F.TEXT,
        "issue_date": F.DATE,
        "valid_to": F.DATE,
    },
    Kind.RETURN_SHEET: {"case_code": F.TEXT},
    Kind.OTHER: {},
}
"""Each reading that is no table, and the kind that it has unless the form says otherwise."""

TABLES: Mapping[Kind, Mapping[str, Mapping[str, F]]] = {
    Kind.REGISTRATION: {
        "workers": {"name": F.PERSON, "position": F.TEXT, "permanent_full_time": F.TICK, "owner_or_senior": F.TICK},
    },
    Kind.AUDIT: {
        "sites": {"location": F.TEXT, "personnel": F.COUNT, "interviewed": F.COUNT},
        "sections": {
            "number": F.COUNT,
            "name": F.TEXT,
            "available": F.POINTS,
            "not_applicable": F.POINTS,
            "possible": F.POINTS,
            "awarded": F.POINTS,
            "percent": F.PERCENT,
            "comment": F.TEXT,
        },
        "items": {"number": F.TEXT, "awarded": F.POINTS, "not_applicable": F.TICK, "comment": F.TEXT},
    },
    Kind.RETURN_SHEET: {"items": {"code": F.TEXT, "enclosed": F.TICK}},
}
"""Each table and its columns."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "first_aid_hazard": ("low", "moderate", "high", "other"),
    "distance_to_medical_aid": ("close", "distant", "isolated"),
    "letter_language": ("en", "fr"),
    "audit_type": ("self", "partner", "independent", "verification_review"),
}
"""What a choice may come to, whatever stands beside its boxes."""

SPARE: frozenset[str] = frozenset({
    "operating_name", "industry_code", "business_number", "email", "contact_title", "first_aid_hazard",
    "distance_to_medical_aid", "largest_crew", "annual_wcb_premium", "directory_consent", "email_consent",
    "letter_language", "certificate_number", "cpr_level", "expiry_date", "date_submitted", "auditor_company",
    "instrument_version", "sites", "items", "valid_to",
})  # fmt: skip
"""What a form of an office's own may leave out; without the others no case can be decided."""


def names(kind: Kind) -> frozenset[str]:
    """The names of everything that a document of that kind yields, tables included."""
    return frozenset(FIELDS.get(kind, {})) | frozenset(TABLES.get(kind, {}))
