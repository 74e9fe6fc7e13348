"""When two spellings are one company, one person, one account: keys that are equal, and names that are near.

A key is for looking up: equal keys are probably equal names. Whether they are is asked of `same_company` and
`same_person`, which also see what the key leaves out.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import combinations

from rapidfuzz import fuzz

_FORMS = {
    "ltd": "ltd",
    "limited": "ltd",
    "ltee": "ltd",
    "limitee": "ltd",
    "inc": "inc",
    "incorporated": "inc",
    "incorporee": "inc",
    "corp": "corp",
    "corporation": "corp",
    "co": "co",
    "company": "co",
    "cie": "co",
    "llp": "llp",
    "lp": "lp",
    "ulc": "ulc",
}
_TRADING = re.compile(r"\b(?:o/a|d/?b/?a|t/a|operating as|doing business as|trading as)\b", re.IGNORECASE)
_AFTER = frozenset({"jr", "sr", "ii", "iii", "iv"})
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "mme", "mlle"})
_SIGNS = str.maketrans({"&": " and ", "+": " and ", "®": "", "™": "", "©": ""})
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d"})
_LONGEST = 200
"""Characters that are compared at most: no name is longer, and comparing takes the square of it."""


def folded(text: str) -> str:
    """Small letters and digits in words, without accents and punctuation; `&` and `+` are `and`.

    >>> folded("L'Équipe  Roofing & Sons (2010), Ltée.")
    'l equipe roofing and sons 2010 ltee'
    """
    plain = unicodedata.normalize("NFKD", text[:_LONGEST].translate(_SIGNS)).casefold()
    kept = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", kept.translate(_LETTERS)))


def account_key(account: str) -> str:
    """Letters and digits only, in capitals; how long an account is nobody knows (domain.md 1)."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", account)).upper()


# ---------------------------------------------------------------- companies


def company_key(name: str) -> str:
    """The name without its legal form at the end, for looking up.

    >>> company_key("The Prairie Roofing Company Limited") == company_key("prairie roofing co. ltd")
    True
    """
    return " ".join(_split(name)[0])


def company_keys(name: str) -> tuple[str, ...]:
    """The keys of a name and of both sides of an `o/a` or `dba` in it."""
    parts = _TRADING.split(name[:_LONGEST])
    keys = [company_key(part) for part in ([name, *parts] if len(parts) > 1 else parts)]
    return tuple(dict.fromkeys(key for key in keys if key))


def same_company(one: str, other: str) -> bool:
    """Whether two names are one company's: the same words, and no two different legal forms."""
    return any(
        a == b and (not set(x) or not set(y) or x == y)
        for a, x in map(_split, _sides(one))
        for b, y in map(_split, _sides(other))
        if a
    )


def near_company(one: str, other: str, *, at_least: float = 88.0) -> bool:
    """Whether one name may be a slip of the other; `at_least` is a likeness in percent."""
    a, b = company_key(one), company_key(other)
    return min(len(a), len(b)) >= 4 and fuzz.token_sort_ratio(a, b) >= at_least


def _sides(name: str) -> list[str]:
    parts = [part for part in _TRADING.split(name[:_LONGEST]) if part.strip()]
    return [name, *parts] if len(parts) > 1 else [name]


def _split(name: str) -> tuple[list[str], tuple[str, ...]]:
    """The words of a name, and its legal forms; a name of legal forms only keeps them as words."""
    words = folded(name).split()
    if words[:1] == ["the"]:
        words = words[1:]
    end = len(words)
    while end > 1 and words[end - 1] in _FORMS:
        end -= 1
    return words[:end], tuple(_FORMS[word] for word in words[end:])


# ---------------------------------------------------------------- people


def person_key(name: str) -> str:
    """First and last name in the order of the alphabet, for the roster's index: `Doe, Jane A.` is `doe jane`.

    An initial counts where there is no more of a name: `J. Doe` is `doe j`.
    """
    words = _telling(name)
    return " ".join(sorted({words[0], words[-1]})) if words else ""


def person_keys(name: str) -> tuple[str, ...]:
    """Every key under which a roster may list this person, whatever the order of the names on either side."""
    words = _telling(name)[:6]
    pairs = [" ".join(sorted({a, b})) for a, b in combinations(words, 2)]
    return tuple(dict.fromkeys(key for key in (person_key(name), *pairs) if key))


def same_person(one: str, other: str) -> bool:
    """Whether two spellings are one person's: any order, middle names left out or as initials.

    >>> same_person("DOE, Jane", "Jane A. Doe"), same_person("Jane B. Doe", "Jane A. Doe")
    (True, False)
    """
    a, b = _person(one), _person(other)
    if not a or not b:
        return False
    common = [word for word in a if word in b and len(word) > 1]
    rest_a, rest_b = _without(a, common), _without(b, common)
    if not rest_a and not rest_b:
        return True
    return len(common) >= 2 and (not rest_a or not rest_b or _agree(rest_a, rest_b))


def near_person(one: str, other: str, *, at_least: float = 85.0) -> bool:
    """Whether one name may be a slip of the other, or has its first name as an initial."""
    a, b = _person(one), _person(other)
    if not a or not b:
        return False
    likeness: float = fuzz.ratio(" ".join(sorted(a)), " ".join(sorted(b)))
    common = [word for word in a if word in b and len(word) > 1]
    initials = bool(common) and _agree(_without(a, common), _without(b, common))
    return likeness >= at_least or initials


def _telling(name: str) -> list[str]:
    """The words of a person's name without initials, as long as two are left."""
    words = _person(name)
    whole = [word for word in words if len(word) > 1]
    return whole if len(whole) > 1 else words


def _person(name: str) -> list[str]:
    last, comma, first = name[:_LONGEST].partition(",")
    words = folded(f"{first} {last}" if comma and folded(first) not in _AFTER else name).split()
    return [word for word in words if word not in _AFTER and word not in _TITLES]


def _without(words: list[str], common: list[str]) -> list[str]:
    return [word for word in words if word not in common]


def _agree(one: list[str], other: list[str]) -> bool:
    """Whether what is left of two names can be the same names, on one side as initials."""
    return len(one) == len(other) > 0 and all(
        a[0] == b[0] and 1 in (len(a), len(b)) for a, b in zip(one, other, strict=True)
    )
