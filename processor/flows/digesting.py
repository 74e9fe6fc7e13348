"""The digest of a day: what came then, and what waits for a person now."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from processor.outbox.digest import Digest, digest_path, text
from processor.outbox.publish import replace_whole

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from processor.store.store import Store


def digest_of(store: Store, day: date, today: date) -> Digest:
    """What came and was written on `day`, and what waits `today`."""
    came, waits = store.queue.came(day), store.queue.waits()
    letters = Counter(listed.kind for listed in store.letters.listed(day))
    oldest = waits.oldest
    return Digest(
        day=day,
        new=came.new,
        aside=came.aside,
        again=came.again,
        letters=dict(letters.most_common()),
        owed=len(store.letters.owed()),
        questions=store.queue.asked(),
        pool=waits.pool,
        undecided=store.lives.undecided(),
        oldest=oldest.sha256[:12] if oldest else "",
        received=oldest.received if oldest else None,
        waited=max((today - oldest.received).days, 0) if oldest else 0,
    )


def write_digest(store: Store, outbox: Path, day: date, today: date) -> str:
    """Put a day's digest into the outbox, in place of one before; its path there.

    Raises:
        TryLater: the outbox cannot be written.
    """
    path = digest_path(day)
    replace_whole(outbox, path, text(digest_of(store, day, today)).encode())
    return path.as_posix()


def digested(outbox: Path, day: date) -> bool:
    """Whether a day's digest lies in the outbox."""
    return (outbox / digest_path(day)).is_file()
