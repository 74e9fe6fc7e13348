"""Every sentence that a letter says of its own accord, in one catalogue a language.

Grade-eight English: short, about one thing, ordered by what matters to the employer. `{names}` are filled in with
data. A second language is a second `Words`; mypy tells which sentence it lacks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from processor.model import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The catalogue of one language. A field that ends in `_one` is for exactly one thing."""

    language: str
    months: tuple[str, ...]
    date: str
    papers: Mapping[Kind, str]
    """How we call a paper inside a sentence."""
    audits: Mapping[str, str]
    """How we call an audit, by its `audit_type`."""
    labels: Mapping[str, str]
    """Headings of boxes and columns: words, not sentences."""

    dear: str
    dear_nobody: str
    thanks: str
    thanks_new: str
    replaces: str
    subject_deficiency: str
    subject_deficiency_one: str
    deficiency: str
    deficiency_one: str
    how_items_read: str
    how_items_read_one: str
    by: str
    call_us: str
    outstanding: str
    outstanding_too: str
    when_you_have_them: str
    accepted: str
    received: str
    in_order: str
    what_next: str
    send: str
    send_email: str
    code: str
    fee: str
    subject_acknowledgement: str
    acknowledgement: str
    acknowledgement_all: str
    subject_too_large: str
    too_large: str
    too_large_cor: str
    too_large_kept: str
    too_large_next: str
    too_large_wrong: str
    questions: str
    questions_phone: str
    sincerely: str
    title_certificate: str
    certificate_name: str
    certificate_operating: str
    certificate_replaces: str
    certificate_trading: str
    certificate_small: str

    paper: str
    paper_of: str
    paper_about: str
    paper_received: str
    place: str
    place_value: str
    quoted: str
    more_places: str
    more_places_one: str
    advisor: str
    office: str
    item: str
    certificate_stands: str

    subject_good_standing: str
    good_standing: str
    good_standing_confirms: str
    good_standing_until: str
    maintained: str
    rebate: str
    rebate_may: str
    rebate_comes_to: str
    rebate_decides: str
    subject_reminder: str
    subject_reminder_recertification: str
    reminder: str
    reminder_recertification: str
    left: str
    left_one: str
    needed: str
    needed_yours: str
    needed_ours: str
    runs_out: str
    runs_out_why: str
    runs_out_one: str
    counted: str
    counted_why: str
    subject_overdue: str
    overdue: str
    overdue_recertification: str
    overdue_lapses: str
    overdue_decided: str
    overdue_crossed: str
    subject_lapse: str
    lapse: str
    lapse_directory: str
    lapse_again: str
    subject_withdrawal: str
    withdrawal: str
    ended_reason: str
    withdrawal_wrong: str
    subject_reinstatement: str
    reinstatement: str
    reinstatement_until: str
    reinstatement_due: str


def long_date(day: date, words: Words) -> str:
    """A day as a letter writes it: `November 24, 2026` (domain.md 8)."""
    return words.date.format(month=words.months[day.month - 1], day=day.day, year=day.year)


ENGLISH = Words(
    language="en",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    date="{month} {day}, {year}",
    papers={
        Kind.REGISTRATION: "registration form",
        Kind.FIRST_AID: "first aid certificate",
        Kind.COURSE: "course certificate",
        Kind.AUDIT: "audit",
        Kind.GOOD_STANDING: "letter of good standing",
        Kind.RETURN_SHEET: "return sheet",
        Kind.OTHER: "paper",
    },
    audits={
        "self": "self-audit",
        "partner": "audit by our association",
        "independent": "independent audit",
        "verification_review": "verification review",
    },
    labels={
        "date": "Date",
        "letter": "Letter",
        "case": "Case",
        "account": "WCB account",
        "certificate": "Certificate",
        "looked_for": "We looked for",
        "found": "We found",
        "why": "Why it matters",
        "to_do": "What to do",
        "page": "Page {page} of {pages}",
        "phone": "Phone",
        "done": "Done:",
    },
    dear="Dear {name},",
    dear_nobody="Hello,",
    thanks="Thank you for your papers for the SECOR® program.",
    thanks_new="Thank you for the new {paper} of {received}; it replaces the one we received on {before}. "
    "We used the new one for this letter.",
    replaces="This letter replaces our letter {number} of {day}.",
    subject_deficiency="{count} points to put right in your SECOR® papers",
    subject_deficiency_one="One point to put right in your SECOR® papers",
    deficiency="We checked the papers that {name} sent us. {count} points need your help before we can go on to your "
    "certificate.",
    deficiency_one="We checked the papers that {name} sent us. One point needs your help before we can go on to your "
    "certificate.",
    how_items_read="Below, each point says what we looked for, what we found, and what to do. The most important comes "
    "first. Please send us what is asked by {deadline}.",
    how_items_read_one="Below you can read what we looked for, what we found, and what to do. "
    "Please send us what is asked by {deadline}.",
    by="By {deadline}",
    call_us="Please call us, and we will look at it together.",
    outstanding="Still to come",
    outstanding_too="We have not received these yet. Send them along with your answer if you can.",
    when_you_have_them="We have not received these yet. Please send them as soon as you have them.",
    accepted="Accepted",
    received="Received",
    in_order="Already in order",
    what_next="What happens next",
    send="Please send your papers to our {office} at the address above.",
    send_email="Please send your papers to our {office} at the address above, or to {email}.",
    code="Write the case code {case} on each paper, so that it reaches your file at once. "
    "We check what you send when it arrives, and then we write to you again.",
    fee="About fees",
    subject_acknowledgement="We received your SECOR® papers",
    acknowledgement="We checked the papers that {name} sent us. What we have checked so far is in order. This letter "
    "lists what we received, what we accepted, and what is still to come.",
    acknowledgement_all="We checked the papers that {name} sent us. Everything is in order. There is "
    "nothing for you to do.",
    subject_too_large="Your company and the COR® program",
    too_large="We are glad that {name} wants to work safely, and to show it.",
    too_large_cor="The good news: there is a program made for companies of your size. It is called the Certificate of "
    "Recognition, or COR®. SECOR® is modelled after it, so its steps will look familiar: training, a safety "
    "program, and an audit.",
    too_large_kept="Please keep your training certificates and your safety program. We will go through them with you "
    "and tell you what counts toward COR®.",
    too_large_next="To begin, just talk to us. We will explain the steps, the training and the times that suit you.",
    too_large_wrong="Is the number of people not right? Then send us a new registration form with the right number, "
    "and we will gladly look again.",
    questions="Do you have a question? Call {advisor} at our {office}. We are glad to help.",
    questions_phone="Do you have a question? Call {advisor} at our {office}: {phone}. We are glad to help.",
    sincerely="Sincerely,",
    title_certificate="Certificate {number}",
    certificate_name="{name} is certified.",
    certificate_operating="{name} is the name under which the company works.",
    certificate_replaces="It replaces certificate {number}.",
    certificate_trading="operating as {name}",
    certificate_small="Case {case} · {number}",
    paper="{kind}",
    paper_of="{kind} of {holder}",
    paper_about="{paper}: {course}",
    paper_received="{paper}, received {received} ({file})",
    place="{paper}, page {page}",
    place_value="{paper}, page {page}: {value}",
    quoted="“{text}”",
    more_places="and {count} more places",
    more_places_one="and one more place",
    advisor="your safety advisor",
    office="office",
    item="{title}: {because}",
    certificate_stands="Your certificate {number} stands as it is, and is valid until {until}.",
    subject_good_standing="Letter of good standing: year {year} of your SECOR® certification",
    good_standing="{name} is in good standing in the {title} program.",
    good_standing_confirms="The company has been certified since {since}, under certificate {number}. For year {year} "
    "of this certification, its training and its audits meet the standards of the program.",
    good_standing_until="This letter is valid until {until}, together with the certificate.",
    maintained="What was looked at",
    rebate="Prevention Rebate",
    rebate_may="As a certified employer you may be eligible for the Prevention Rebate of SAFE Work Manitoba: {percent} "
    "% of your WCB premium, or {least} if that is more, but at most {most} % of the premium.",
    rebate_comes_to="Your registration says a yearly premium of {premium}. On that the rebate would come to {rebate}.",
    rebate_decides="SAFE Work Manitoba decides. It also looks at your whole year since the anniversary, your payroll "
    "and hours, and whether there were penalties.",
    subject_reminder="Your papers for year {year} are due by {due}",
    subject_reminder_recertification="Your papers for a new SECOR® certificate are due by {due}",
    reminder="{name} is certified in the SECOR® program. To stay in good standing, please send us the papers for "
    "year {year} of your certification by {due}.",
    reminder_recertification="{name} is certified in the SECOR® program until {until}. To stay certified after that, "
    "please send us the papers for a new certificate by {due}.",
    left="That is {count} days from today.",
    left_one="That is tomorrow.",
    needed="What we need",
    needed_yours="The {paper}, from you.",
    needed_ours="The {paper}. We make it ourselves: please call us to plan it.",
    runs_out="Certificates that expire",
    runs_out_why="These certificates expire soon. Please have them renewed in time, and send us the new ones.",
    runs_out_one="{course} of {holder}, valid until {day}",
    counted="How we found the day",
    counted_why="{because}.",
    subject_overdue="Your papers for year {year} are overdue",
    overdue="We asked {name} to send us the papers for year {year} of its certification by {due}. "
    "Not all of them have come.",
    overdue_recertification="We asked {name} to send us the papers for a new certificate by {due}. "
    "Not all of them have come.",
    overdue_lapses="Please send them now. If they do not come by {ends}, your certification lapses.",
    overdue_decided="Please send them now, or call us. If they do not come by {ends}, we will have to decide whether "
    "your certification lapses.",
    overdue_crossed="Did you send them in the last few days? Then there is nothing more for you to do.",
    subject_lapse="Your SECOR® certification has lapsed",
    lapse="The SECOR® certification of {name}, certificate {number}, has lapsed. It has not been valid since {ended}.",
    lapse_directory="Please do not use the certificate any more. The company does not stand in our directory of "
    "certified companies now.",
    lapse_again="You are welcome to become certified again: send us a new registration form. What you sent before "
    "stays with us.",
    subject_withdrawal="Your SECOR® certification is withdrawn",
    withdrawal="On {ended} we withdrew the SECOR® certification of {name}, certificate {number}.",
    ended_reason="The reason: {reason}",
    withdrawal_wrong="Do you think that this is not right? Please call us, and we will look at it together.",
    subject_reinstatement="Your SECOR® certification is in force again",
    reinstatement="We have put the SECOR® certification of {name}, certificate {number}, in force again.",
    reinstatement_until="The certificate is valid until {until}.",
    reinstatement_due="The next papers are due by {due}.",
)
