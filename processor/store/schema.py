"""The tables, as migrations that are only ever added to.

Every look-up that a paper costs goes by an index, so that it costs the same after seven years.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

from processor.errors import SetupBroken
from processor.store.copying import copy_into
from processor.store.near import turns

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

migrations = Migrations("secor")

_FIRST = """
CREATE TABLE submissions (
    number INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    note TEXT NOT NULL,
    received TEXT NOT NULL,
    aside INTEGER NOT NULL,
    findings TEXT NOT NULL
) STRICT;

CREATE TABLE employers (
    number INTEGER PRIMARY KEY,
    legal_name TEXT NOT NULL,
    operating_name TEXT NOT NULL,
    account TEXT NOT NULL,
    province TEXT NOT NULL,
    mailing_address TEXT NOT NULL,
    city TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    phone TEXT NOT NULL,
    contact_name TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_account_a_province ON employers (account, province) WHERE account <> '';
CREATE INDEX employers_by_postal_code ON employers (postal_code) WHERE postal_code <> '';

CREATE TABLE employer_names (
    key TEXT NOT NULL,
    employer INTEGER NOT NULL REFERENCES employers,
    backwards TEXT NOT NULL,
    PRIMARY KEY (key, employer)
) STRICT, WITHOUT ROWID;
CREATE INDEX employer_names_backwards ON employer_names (backwards, employer);

CREATE TABLE workers (
    employer INTEGER NOT NULL REFERENCES employers,
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (employer, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX workers_by_key ON workers (key, employer);

CREATE TABLE cases (
    code TEXT PRIMARY KEY,
    employer INTEGER NOT NULL REFERENCES employers,
    program TEXT NOT NULL,
    opened TEXT NOT NULL,
    touched INTEGER NOT NULL,
    rounds INTEGER NOT NULL,
    judged TEXT,
    verdicts TEXT NOT NULL,
    UNIQUE (employer, program)
) STRICT;
CREATE INDEX cases_touched ON cases (code) WHERE touched = 1;

CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    submission INTEGER NOT NULL REFERENCES submissions,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL,
    form TEXT NOT NULL,
    program TEXT NOT NULL,
    content TEXT NOT NULL,
    filing TEXT NOT NULL,
    employer INTEGER REFERENCES employers,
    case_code TEXT REFERENCES cases,
    dismissed INTEGER NOT NULL,
    version INTEGER NOT NULL,
    UNIQUE (submission, place)
) STRICT;
CREATE INDEX documents_of_case ON documents (case_code, id);
CREATE INDEX documents_of_employer ON documents (employer, id);
CREATE INDEX documents_in_pool ON documents (id) WHERE employer IS NULL AND dismissed = 0;

CREATE TABLE document_keys (
    sort TEXT NOT NULL,
    key TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES documents,
    PRIMARY KEY (sort, key, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX keys_of_document ON document_keys (document);

CREATE TABLE corrections (
    seq INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents,
    path TEXT NOT NULL,
    reading TEXT NOT NULL,
    by TEXT NOT NULL,
    day TEXT NOT NULL
) STRICT;
CREATE INDEX corrections_of_document ON corrections (document, seq);

CREATE TABLE settlements (
    seq INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents,
    code TEXT NOT NULL,
    reading TEXT NOT NULL,
    decision TEXT NOT NULL,
    by TEXT NOT NULL,
    day TEXT NOT NULL
) STRICT;
CREATE INDEX settlements_of_document ON settlements (document, seq);

CREATE TABLE questions (
    id INTEGER PRIMARY KEY,
    case_code TEXT NOT NULL REFERENCES cases,
    document TEXT NOT NULL,
    code TEXT NOT NULL,
    reading TEXT NOT NULL,
    content TEXT NOT NULL,
    since TEXT NOT NULL,
    UNIQUE (case_code, document, code, reading)
) STRICT;
CREATE INDEX questions_by_age ON questions (since, id);
CREATE INDEX questions_by_document ON questions (document);

CREATE TABLE letters (
    number TEXT PRIMARY KEY,
    place INTEGER NOT NULL UNIQUE,
    case_code TEXT NOT NULL REFERENCES cases,
    round INTEGER NOT NULL,
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    certificate TEXT,
    fingerprint TEXT NOT NULL,
    content TEXT NOT NULL,
    post TEXT NOT NULL,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    UNIQUE (case_code, round, kind)
) STRICT;
CREATE UNIQUE INDEX one_letter_a_certificate ON letters (certificate) WHERE certificate IS NOT NULL;
CREATE INDEX letters_owed ON letters (place) WHERE post = 'owed';
CREATE INDEX letters_of_case ON letters (case_code, place);
CREATE INDEX letters_of_day ON letters (day, place);

CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE auditors (
    number TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (number, since)
) STRICT;
CREATE TABLE auditor_keys (
    key TEXT NOT NULL,
    number TEXT NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (key, number, since)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    case_code TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX events_of_case ON events (case_code, seq) WHERE case_code <> '';
CREATE INDEX events_of_subject ON events (subject, seq) WHERE subject <> '';
"""

_FOR_GOOD = """
CREATE TRIGGER events_stay BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'an event is for good'); END;
CREATE TRIGGER events_are_kept BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'an event is for good'); END;
CREATE TRIGGER letters_are_kept BEFORE DELETE ON letters
    BEGIN SELECT RAISE(ABORT, 'a letter is for good'); END;
CREATE TRIGGER letters_stay BEFORE UPDATE OF number, case_code, kind, day, certificate, fingerprint, content ON letters
    BEGIN SELECT RAISE(ABORT, 'a letter is for good'); END;
CREATE TRIGGER written_letters_stay BEFORE UPDATE OF path, sha256 ON letters WHEN OLD.post <> 'owed'
    BEGIN SELECT RAISE(ABORT, 'a written letter is for good'); END;
CREATE TRIGGER machine_readings_stay BEFORE UPDATE OF number, submission, place, content ON documents
    BEGIN SELECT RAISE(ABORT, 'what the machine read is for good'); END;
CREATE TRIGGER corrections_stay BEFORE UPDATE ON corrections
    BEGIN SELECT RAISE(ABORT, 'a correction is for good'); END;
"""

_NEAR = """
CREATE TABLE worker_names (
    key TEXT NOT NULL,
    employer INTEGER NOT NULL REFERENCES employers,
    backwards TEXT NOT NULL,
    PRIMARY KEY (key, employer)
) STRICT, WITHOUT ROWID;
CREATE INDEX worker_names_backwards ON worker_names (backwards, employer);
CREATE INDEX worker_names_of_employer ON worker_names (employer);

CREATE TABLE pool_names (
    key TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES documents,
    backwards TEXT NOT NULL,
    PRIMARY KEY (key, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX pool_names_backwards ON pool_names (backwards, document);
CREATE INDEX pool_names_of_document ON pool_names (document);

CREATE TABLE pool_candidates (
    employer INTEGER NOT NULL REFERENCES employers,
    document INTEGER NOT NULL REFERENCES documents,
    PRIMARY KEY (employer, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX pool_candidates_of_document ON pool_candidates (document);
"""

_FOLLOW = """
CREATE TRIGGER events_follow BEFORE INSERT ON events
    WHEN NEW.seq <> coalesce((SELECT max(seq) FROM events), 0) + 1
    OR NEW.previous <> coalesce((SELECT hash FROM events ORDER BY seq DESC LIMIT 1), '')
    BEGIN SELECT RAISE(ABORT, 'an event is for good'); END;
CREATE TRIGGER letters_are_new BEFORE INSERT ON letters
    WHEN EXISTS (SELECT 1 FROM letters WHERE number = NEW.number OR place = NEW.place)
    OR EXISTS (SELECT 1 FROM letters WHERE certificate = NEW.certificate)
    OR EXISTS (SELECT 1 FROM letters WHERE case_code = NEW.case_code AND round = NEW.round AND kind = NEW.kind)
    BEGIN SELECT RAISE(ABORT, 'a letter is for good'); END;
CREATE TRIGGER submissions_are_kept BEFORE DELETE ON submissions
    BEGIN SELECT RAISE(ABORT, 'what was received is for good'); END;
CREATE TRIGGER submissions_stay BEFORE UPDATE OF number, sha256, received, aside ON submissions
    BEGIN SELECT RAISE(ABORT, 'what was received is for good'); END;
CREATE TRIGGER documents_are_kept BEFORE DELETE ON documents
    BEGIN SELECT RAISE(ABORT, 'what was received is for good'); END;
"""
"""A replacing insert deletes without asking the triggers against deleting: these ask before it does."""
_INSIDE = """
CREATE TABLE mails (
    submission INTEGER NOT NULL REFERENCES submissions,
    place INTEGER NOT NULL,
    path TEXT NOT NULL,
    sender TEXT NOT NULL,
    subject TEXT NOT NULL,
    sent TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (submission, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE parts (
    submission INTEGER NOT NULL REFERENCES submissions,
    path TEXT NOT NULL,
    place INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    came TEXT NOT NULL,
    findings TEXT NOT NULL,
    PRIMARY KEY (submission, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX parts_by_hash ON parts (sha256);

ALTER TABLE documents ADD COLUMN part TEXT NOT NULL DEFAULT '';
"""


_COUNTED = """
ALTER TABLE submissions ADD COLUMN pages INTEGER NOT NULL DEFAULT 0;

CREATE TABLE arrivals (
    claim INTEGER PRIMARY KEY,
    submission INTEGER NOT NULL REFERENCES submissions,
    day TEXT NOT NULL
) STRICT;
CREATE INDEX arrivals_of_submission ON arrivals (submission);
INSERT INTO arrivals (claim, submission, day) SELECT -number, number, received FROM submissions;

CREATE TABLE salts (
    letter TEXT PRIMARY KEY REFERENCES letters,
    salt TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""
"""What came before the book of arrivals was kept has numbers below 0."""

_GIVEN = """
CREATE TABLE given_out (
    number TEXT PRIMARY KEY,
    case_code TEXT NOT NULL,
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    certificate TEXT UNIQUE,
    employer TEXT NOT NULL,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX given_out_of_case ON given_out (case_code, number);
CREATE INDEX given_out_of_day ON given_out (day, number);
CREATE INDEX given_out_to ON given_out (employer);
CREATE TABLE free_codes (
    prefix TEXT NOT NULL,
    code TEXT NOT NULL UNIQUE,
    PRIMARY KEY (prefix, code)
) STRICT, WITHOUT ROWID;
"""
"""Letters that lay in the outbox and no row told of, after a restore; and codes of cases that lie between."""

_ERASED = """
CREATE TABLE erased (
    submission INTEGER PRIMARY KEY REFERENCES submissions,
    day TEXT NOT NULL
) STRICT;
"""

_LIVES = """
CREATE TABLE said_once (
    case_code TEXT NOT NULL REFERENCES cases,
    key TEXT NOT NULL,
    letter TEXT NOT NULL REFERENCES letters,
    PRIMARY KEY (case_code, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX said_once_in_letter ON said_once (letter);

CREATE TABLE standings (
    case_code TEXT PRIMARY KEY REFERENCES cases,
    looks TEXT NOT NULL,
    consents INTEGER,
    in_force INTEGER NOT NULL,
    to_decide INTEGER NOT NULL,
    certificate TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX standings_by_looks ON standings (looks) WHERE looks <> '';
CREATE INDEX standings_to_decide ON standings (case_code) WHERE to_decide = 1;
CREATE INDEX standings_listed ON standings (case_code) WHERE in_force = 1 AND consents = 1;
"""

_LIVES_FOR_GOOD = """
CREATE TRIGGER said_once_stays BEFORE UPDATE ON said_once
    BEGIN SELECT RAISE(ABORT, 'what was said was said'); END;
CREATE TRIGGER said_once_is_kept BEFORE DELETE ON said_once
    BEGIN SELECT RAISE(ABORT, 'what was said was said'); END;
"""


def bring_up_to_date(database: Database, path: Path) -> None:
    """Add what is missing, a copy of what was put beside it first; refuse a file that knows more than we do.

    Raises:
        SetupBroken: it was written by a newer version.
    """
    ours = {m.name for m in migrations._migrations}  # noqa: SLF001 - there is no public list of them
    theirs = {m.name for m in migrations.applied(database)}
    if theirs - ours:
        raise SetupBroken(
            "The store was written by a newer version of this program.",
            do="Install that version, or restore a backup made by this one.",
        )
    if ours - theirs:
        if theirs:
            copy_into(database.conn, path.with_name(f"{path.stem}-before-{_first(ours - theirs)}{path.suffix}"))
        # two processes may start at once: the second waits here, and then finds the work done
        database.conn.execute("BEGIN IMMEDIATE")
        try:
            migrations.apply(database)
            database.conn.execute("COMMIT")
        except BaseException:
            database.conn.execute("ROLLBACK")
            raise


@migrations()
def the_first_tables(database: Database) -> None:
    """Submissions, papers, the register, cases, letters, events."""
    for statement in _statements(_FIRST):
        database.conn.execute(statement)


@migrations()
def what_is_for_good(database: Database) -> None:
    """Events, letters and what the machine read cannot be changed, whoever tries."""
    for statement in _statements(_FOR_GOOD, end="END;"):
        database.conn.execute(statement)


@migrations()
def who_is_nearly_meant(database: Database) -> None:
    """People of the rosters by both their names; what the papers in the pool are called, and whose they may be."""
    for statement in _statements(_NEAR):
        database.conn.execute(statement)
    roster = database.conn.execute("SELECT DISTINCT employer, key FROM workers WHERE key <> ''").fetchall()
    database.conn.executemany(
        "INSERT OR IGNORE INTO worker_names (key, employer, backwards) VALUES (?, ?, ?)",
        [(turn, employer, turn[::-1]) for employer, key in roster for turn in turns(key)],
    )


@migrations()
def what_follows(database: Database) -> None:
    """An event only follows the last one, and no row of what is for good is taken away or replaced."""
    for statement in _statements(_FOLLOW, end="END;"):
        database.conn.execute(statement)


@migrations()
def what_is_counted(database: Database) -> None:
    """Every arrival, also of what is known already; how many pages a file has; the salt of what a letter says."""
    for statement in _statements(_COUNTED):
        database.conn.execute(statement)


@migrations()
def what_was_given_out(database: Database) -> None:
    """What a rebuild finds in the outbox beyond the last backup, so that no number is given twice."""
    for statement in _statements(_GIVEN):
        database.conn.execute(statement)


@migrations()
def what_was_erased(database: Database) -> None:
    """Files whose bytes the retention rule removed."""
    for statement in _statements(_ERASED):
        database.conn.execute(statement)


@migrations()
def what_lies_in_a_mail(database: Database) -> None:
    """Covering mails, and the files in mails and archives, each with what came of it."""
    for statement in _statements(_INSIDE):
        database.conn.execute(statement)


@migrations()
def the_lives_of_certifications(database: Database) -> None:
    """What is said once for ever; where each case stood when it was last looked at, and when it is looked at again."""
    for statement in (*_statements(_LIVES), *_statements(_LIVES_FOR_GOOD, end="END;")):
        database.conn.execute(statement)
    database.conn.execute(
        "INSERT INTO standings (case_code, looks, in_force, to_decide, certificate, since, until)"
        " SELECT code, '0001-01-01', 0, 0, '', '', '' FROM cases"
    )


def _first(missing: set[str]) -> str:
    return next(m.name for m in migrations._migrations if m.name in missing)  # noqa: SLF001


def _statements(script: str, end: str = ";") -> list[str]:
    # executescript would commit the transaction that a migration runs in
    parts = (part.strip() for part in script.split(f"{end}\n"))
    return [part + (" END;" if end == "END;" else "") for part in parts if part]
