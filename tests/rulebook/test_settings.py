"""What an office can change in a rulebook without a line of Python."""

from typing import Any

import pytest

from processor.model import Answer, Kind
from processor.rulebook import book
from processor.rulebook.verdicts import verdicts
from tests.rulebook.cases import DAY, HOME, Papers, change, clean, registration, section, unsure, words
from tests.rulebook.test_audits import only

MB = "csam-secor"
MET, NOT_MET, CANNOT_TELL = Answer.MET, Answer.NOT_MET, Answer.CANNOT_TELL
SHORT = """
[words.roster-short]
looked_for = "Everybody on the roster."
found = "{says}"
why = "We must know who works for you."
to_do = "Please complete the roster."
"""


def judged(papers: Papers, old: str, new: str, *, more: str = "") -> dict[str, Any]:
    text = (HOME / f"{papers.program}.toml").read_text("utf-8")
    assert old in text
    edition = book.load(text.replace(old, new) + more).on(DAY)
    return {v.requirement: v for v in verdicts(papers.case(), edition, words(), DAY)}


@pytest.mark.parametrize(
    ("effect", "size", "form"), [("fails", MET, NOT_MET), ("informs", MET, MET), ("blocks", CANNOT_TELL, CANNOT_TELL)]
)
def test_what_a_short_roster_does(effect: str, size: Answer, form: Answer) -> None:
    papers = clean(MB)
    papers.documents[0] = registration(MB, employee_count=4)
    found = judged(papers, 'roster-short = "blocks"', f'roster-short = "{effect}"', more=SHORT)
    assert (found["size"].answer, found["registration"].answer) == (size, form)
    if effect == "informs":
        assert "4 people are stated, 3 stand on the roster." in found["registration"].notes


@pytest.mark.parametrize(("effect", "answer"), [("blocks", CANNOT_TELL), ("informs", MET)])
def test_what_a_missing_signature_does(effect: str, answer: Answer) -> None:
    papers = change(clean(MB), Kind.REGISTRATION, agreement_signed=False)
    found = judged(papers, '\nunsigned = "fails"', f'\nunsigned = "{effect}"')["registration"]
    assert found.answer is answer
    assert "The employer did not sign." in [*found.notes, *(q.says for q in found.questions)]


@pytest.mark.parametrize(
    ("code", "answer", "asks"), [("score-blank", CANNOT_TELL, "needs-judgement"), ("audit-unscored", NOT_MET, "")]
)
def test_points_that_are_missing_never_pass_by_informing(code: str, answer: Answer, asks: str) -> None:
    score = None if code == "score-blank" else 0
    few = [section(n, 100, 100) for n in range(2, 16)] if code == "score-blank" else []
    papers = only([section(1, score, 20), *few, *(section(n, 0, 20) for n in range(2, 16 - len(few)))])
    found = judged(papers, f'{code} = "fails"', f'{code} = "informs"')["pass_mark"]
    assert found.answer is answer
    assert [q.code for q in found.questions] == ([asks] if asks else [])


@pytest.mark.parametrize(
    ("code", "answer"), [("40403", MET), ("50101", NOT_MET), (unsure("40403"), CANNOT_TELL), (None, NOT_MET)]
)
def test_another_industry_can_bar(code: Any, answer: Answer) -> None:  # noqa: ANN401
    text = (HOME / f"{MB}.toml").read_text("utf-8")
    start = text.index("[[requirement.industry.values.bar]]")
    old = text[start : text.index("value = false", start) + 13]
    papers = change(clean(MB), Kind.REGISTRATION, industry_code=code)
    assert judged(papers, old, old.replace("false", "true"))["industry"].answer is answer
