"""Our widget reader against pypdf's on forms made at random: two readers that share no code."""

from __future__ import annotations

import io

import pypdf
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Name, String

from tests.pages.papers import field, listed, paper, sources, states, text_field, widget, widgets, written

letters = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters=".\x1b"), min_size=1, max_size=12)
values = st.text(st.characters(exclude_categories=["C"]), max_size=40)
names = st.from_regex(r"[A-Za-z0-9_]{1,8}", fullmatch=True).filter(lambda n: n != "Off")


@settings(max_examples=60, deadline=None)
@given(
    texts=st.dictionaries(letters, values, max_size=4),
    ticks=st.lists(st.booleans(), max_size=3),
    buttons=st.lists(names, min_size=2, max_size=4, unique=True),
    chosen=st.lists(st.sampled_from(["Roofing", "Paving", "Ćwierć"]), unique=True),
)
def test_both_readers_see_the_same_values(
    texts: dict[str, str], ticks: list[bool], buttons: list[str], chosen: list[str]
) -> None:
    pdf = paper()
    for name, value in texts.items():
        text_field(pdf, f"text {name}", value)
    for number, on in enumerate(ticks):
        state = Name.On if on else Name.Off
        listed(
            pdf, widget(pdf, T=String(f"tick {number}"), FT=Name.Btn, V=state, AS=state, AP=states(pdf, "On", "Off"))
        )
    group = field(pdf, T=String("radio"), FT=Name.Btn, Ff=1 << 15, V=Name(f"/{buttons[0]}"))
    group.Kids = Array([widget(pdf, Parent=group, AP=states(pdf, b), AS=Name(f"/{b}")) for b in buttons])
    options = Array([String("Roofing"), String("Paving"), String("Ćwierć")])
    list_ = widget(pdf, T=String("list"), FT=Name.Ch, Opt=options, V=Array([String(c) for c in chosen]))
    listed(pdf, group, list_)
    data = written(pdf)
    ours = {w.name: sources(w)["V"] for w in widgets(data) if "V" in sources(w)}
    theirs = pypdf.PdfReader(io.BytesIO(data)).get_fields() or {}
    assert {n: v.get("/V") for n, v in theirs.items() if n.startswith("text ")} == {
        n: v for n, v in ours.items() if n.startswith("text ")
    }
    for number in range(len(ticks)):
        assert theirs[f"tick {number}"]["/V"] == "/" + ours[f"tick {number}"]
    assert theirs["radio"]["/V"] == "/" + ours["radio"]
    assert "\n".join(theirs["list"]["/V"]) == ours.get("list", "")
