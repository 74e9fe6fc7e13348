"""What happens to a paper on its way: printed to PDF, cut apart, written over, locked, broken, signed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, String

from processor.twin.chance import Family
from processor.twin.channels import Channel, send
from processor.twin.files import Pack, packed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from processor.forms.form import Form
    from processor.model import Box


def printed(data: bytes) -> bytes:
    """The same paper flattened by pdfium, as a browser prints it: no boxes are left, the page shows what they did."""
    document = pdfium.PdfDocument(data)
    document.init_forms()
    for place in range(len(document)):
        page = document[place]
        if page.formenv:  # a card has no boxes
            page.flatten()
        page.close()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return _saved(out.getvalue())


def scanned(data: bytes, channel: str, family: Family = Family.TUNE, seed: int = 7) -> bytes:
    """The same paper printed and sent in by that channel of the twin, as a PDF of pictures."""
    document = pdfium.PdfDocument(data)
    document.init_forms()
    chance = np.random.Generator(np.random.PCG64(seed))
    sent = []
    for page in document:
        drawn = np.array(page.render(scale=300 / 72, grayscale=True, may_draw_forms=True).to_numpy()).squeeze()
        sent.append(send(drawn, Channel(channel), family, chance))
        page.close()
    document.close()
    return packed(sent, Pack.PDF)


def pages(data: bytes, numbers: Sequence[int]) -> bytes:
    """These pages, in this order."""
    with pikepdf.open(io.BytesIO(data)) as pdf, Pdf.new() as made:
        made.pages.extend([pdf.pages[n - 1] for n in numbers])
        return _written(made)


def together(several: Iterable[bytes]) -> bytes:
    """Several papers as one file."""
    with Pdf.new() as made:
        for data in several:
            with pikepdf.open(io.BytesIO(data)) as pdf:
                made.pages.extend(pdf.pages)
        return _written(made)


def written_on(data: bytes, notes: Sequence[dict[str, Any]]) -> bytes:
    """Text typed onto pages (`page`, `x`, `y` from the bottom left, `text`), as a note or as part of the page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for note in notes:
            page = pdf.pages[note["page"] - 1]
            font = Dictionary(
                Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
            )
            shown = note["text"].encode("cp1252").hex()
            if note.get("note"):
                _note(pdf, page, note, font, shown)
            else:
                name = page.add_resource(font, Name.Font)
                content = f"q BT {name} 10 Tf {note['x']} {note['y']} Td <{shown}> Tj ET Q"
                page.contents_add(pdf.make_stream(content.encode()))
        return _written(pdf)


def _note(pdf: Pdf, page: pikepdf.Page, note: dict[str, Any], font: pikepdf.Object, shown: str) -> None:
    wide = 7 * len(note["text"])
    stream = pdf.make_stream(f"BT /F 10 Tf 2 4 Td <{shown}> Tj ET".encode())
    stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, wide, 16])
    stream.Resources = Dictionary(Font=Dictionary(F=font))
    typewriter = Dictionary(
        Type=Name.Annot, Subtype=Name.FreeText, Contents=String(note["text"]), DA=String("/F 10 Tf 0 g"), F=4,
        Rect=Array([note["x"], note["y"], note["x"] + wide, note["y"] + 16]), AP=Dictionary(N=stream),
    )  # fmt: skip
    _annotate(page, pdf.make_indirect(typewriter))


def smudged(data: bytes, form: Form, names: Sequence[str]) -> bytes:
    """A short stroke in the box of each of these readings."""
    spots = {f.name: f.spots[0] for f in form.fields if f.spots}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for name in names:
            page = pdf.pages[spots[name].page - 1]
            page.contents_add(pdf.make_stream(_stroke(spots[name].box, float(page.MediaBox[3])).encode()))
        return _written(pdf)


def _stroke(box: Box, top: float) -> str:
    x, y = box.centre
    return f"q 0.2 G 1 w {x - 3:.1f} {top - y:.1f} m {x + 3:.1f} {top - y + 2:.1f} l S Q"


def askew(data: bytes) -> bytes:
    """Each page turned a little and shrunk to half, as when a sheet lay crooked in a copier that reduces."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.contents_add(pdf.make_stream(b"q 0.4 0.22 -0.22 0.4 220 120 cm"), prepend=True)
            page.contents_add(pdf.make_stream(b"Q"))
        return _written(pdf)


# ---------------------------------------------------------------- the file itself


def _locked(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        out = io.BytesIO()
        lock = Encryption(owner="made up", user="made up", R=3, aes=False, metadata=False)
        pdf.save(out, encryption=lock, static_id=True)
    return out.getvalue()


def _broken(data: bytes) -> bytes:
    return data[:300] + b"\x00" * 300


def _cut_off(data: bytes) -> bytes:
    """The last lines are lost, as in a transfer that ended early; a viewer opens it all the same."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        whole = _written(pdf, packed=False)
    return whole[: whole.rindex(b"startxref")]


def _scripted(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('Thank you');"))
        return _written(pdf)


def _signed(data: bytes) -> bytes:
    """With a field that holds a signature over the whole file; the signature itself is made up."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        value = pdf.make_indirect(
            Dictionary(
                Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), SubFilter=Name("/adbe.pkcs7.detached"),
                Contents=b"\0" * 8, ByteRange=Array([0, 1_111_111_111, 1_222_222_222, 1_333_333_333]),
            )
        )  # fmt: skip
        place = Dictionary(Type=Name.Annot, Subtype=Name.Widget, F=4, Rect=Array([0, 0, 0, 0]))
        field = pdf.make_indirect(Dictionary(**place, FT=Name.Sig, T=String("sealed"), V=value))
        form = pdf.Root.get("/AcroForm")
        if form is None:
            form = pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array()))
        form.Fields.append(field)
        _annotate(pdf.pages[0], field)
        made = _written(pdf, packed=False)
    start = made.index(b"/Contents <0000000000000000>") + len(b"/Contents ")
    end = start + len(b"<0000000000000000>")
    for old, new in ((1_111_111_111, start), (1_222_222_222, end), (1_333_333_333, len(made) - end)):
        made = made.replace(str(old).encode(), f"{new:010}".encode())
    return made


def _xfa(data: bytes) -> bytes:
    """A form of which only one viewer shows the values: everybody else is asked to wait."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        data_of_it = b"<xfa:datasets xmlns:xfa='http://www.xfa.org/schema/xfa-data/1.0/'><xfa:data/></xfa:datasets>"
        packet = pdf.make_stream(data_of_it)
        pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=Array([String("datasets"), packet]))
        pdf.Root.NeedsRendering = True
        return _written(pdf)


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "locked": _locked,
    "broken": _broken,
    "cut off": _cut_off,
    "scripted": _scripted,
    "signed": _signed,
    "signed, then changed": lambda data: _signed(data) + b"\n5 0 obj null endobj\n",
    "xfa": _xfa,
    "a letter": lambda _: b"Hello, here are our papers. See you on Monday!\n",
    "empty": lambda _: b"",
    "201 pages": lambda data: together([data] * 201),
}
"""What is done to the bytes of a file."""


def _annotate(page: pikepdf.Page, annotation: pikepdf.Object) -> None:
    if "/Annots" not in page:
        page.Annots = Array()
    page.Annots.append(annotation)


def _saved(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return _written(pdf)


def _written(pdf: Pdf, *, packed: bool = True) -> bytes:
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=mode)
    return out.getvalue()
