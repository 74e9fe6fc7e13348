"""Little picture files for the tests of pages, and PDFs that hold one; nothing on them but rectangles."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from processor import pages
from processor.model import Scan
from tests.pages.papers import written

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from processor.model import Page, Picture

WHITE: dict[str, Any] = {"1": 1, "L": 255, "RGB": (255, 255, 255), "CMYK": (0, 0, 0, 0)}
BLACK: dict[str, Any] = {"1": 0, "L": 0, "RGB": (0, 0, 0), "CMYK": (0, 0, 0, 255)}


def sheet(size: tuple[int, int] = (425, 550), mode: str = "L") -> Image.Image:
    """White, with a black block in its upper left quarter."""
    image = Image.new(mode, size, WHITE[mode])
    image.paste(BLACK[mode], (0, 0, size[0] // 2, size[1] // 2))
    return image


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:  # noqa: ANN401 - as Pillow takes them
    """The bytes of a picture file."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def seen(data: bytes, number: int = 1) -> tuple[Page, Picture]:
    """A page as our reader opens it, and its scan."""
    with pages.open(data, max_pages=20) as opened:
        return opened.paper.pages[number - 1], opened.scan(Scan(number))


def quarters(pixels: NDArray[np.uint8]) -> str:
    """Which quarters are black: `x.../` as upper left, upper right, lower left, lower right."""
    high, wide = pixels.shape
    places = ((high // 4, wide // 4), (high // 4, -wide // 4), (-high // 4, wide // 4), (-high // 4, -wide // 4))
    return "".join("x" if pixels[place] < 60 else "." if pixels[place] > 195 else "?" for place in places)


def jpeg_stream(pdf: pikepdf.Pdf, image: Image.Image, **keys: Any) -> pikepdf.Object:  # noqa: ANN401 - whatever a PDF may hold
    """A picture of a PDF as JPEG."""
    space = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}[image.mode]
    return stream(pdf, saved(image, "JPEG", quality=90), image, Filter=Name.DCTDecode, **{"ColorSpace": space, **keys})


def stream(pdf: pikepdf.Pdf, data: bytes, image: Image.Image, **keys: Any) -> pikepdf.Object:  # noqa: ANN401 - whatever a PDF may hold
    """A picture of a PDF."""
    made = Stream(pdf, data)
    made.Type, made.Subtype, made.Width, made.Height = Name.XObject, Name.Image, *image.size
    made.BitsPerComponent = 1 if image.mode == "1" else 8
    for key, value in keys.items():
        made[f"/{key}"] = value
    return made


def page_of(
    pdf: pikepdf.Pdf,
    content: str,
    *pictures: pikepdf.Object,
    **keys: Any,  # noqa: ANN401 - whatever a PDF may hold
) -> bytes:
    """A PDF of one page that draws its pictures, which are called `/I0`, `/I1` and so on."""
    named = Dictionary({f"/I{n}": picture for n, picture in enumerate(pictures)})
    page = Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 612, 792]), Resources=Dictionary(XObject=named))
    page.Contents = pdf.make_stream(content.encode())
    for key, value in keys.items():
        page[f"/{key}"] = value
    pdf.pages.append(pikepdf.Page(page))
    return written(pdf)
