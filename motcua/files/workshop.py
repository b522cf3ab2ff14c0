"""What is done with bytes nobody vouches for: opened, counted, drawn. A process of its own.

Runs as `python -m motcua.files.workshop`, started by `bounded` with an empty environment; it takes its
limits before it loads a parser, so that a bomb or a fault of a parser ends this process and nothing else.
The task comes as JSON in the first argument, the answer goes as JSON to the standard output.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

MEMORY = 1536 * 1024 * 1024
"""Address space: a colour scan of A3 at 600 dpi (70 million pixels) is decoded and turned within it."""
PROCESSOR_SECONDS = 20
"""The same scan takes 4 s; whatever takes longer is not a paper."""
LARGEST_RESULT = 128 * 1024 * 1024
"""Bytes it may write to one file: the picture of a page, with room."""
OPEN_FILES = 64
MOST_PIXELS = 100_000_000
"""A3 at 600 dpi with room; what claims more is refused by its header, before a byte is decoded."""
MOST_MEMBERS = 20_000
"""Members of a DOCX or XLSX; a text with hundreds of pictures has a few hundred."""
MOST_UNPACKED = 500 * 1024 * 1024
"""What an archive may say it unpacks to: ten times the largest upload."""
MOST_LOOKED_AT = 64 * 1024 * 1024
"""So much of all members together is unpacked to look for the test string."""
FIRST = 1024 * 1024
"""The test string is looked for in the first so many bytes of a file and of each member."""
MOST_TEXT = 20_000
"""Letters of a text shown and searched; the file itself is there for who wants all."""
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The harmless string every scanner takes for a virus (EICAR 2003), written in two so that none does here."""
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch)(?![A-Za-z0-9])")
_RANGE = re.compile(rb"/ByteRange(?![A-Za-z0-9])")
"""What every signature of a PDF has in the plain: which bytes it signs (ISO 32000-1, 12.8.1)."""
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
FORMATS = {
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/webp": ("WEBP",),
    "image/tiff": ("TIFF",),
    "image/heic": ("HEIF",),
}
PLATE_DPI = 300
"""Pages of a PDF are drawn at this density for a digitised copy; the law asks for 200 (NĐ 30/2020 PL I)."""
LONGEST_SIDE = 8000
"""Pixels a drawn page may have along one side, whatever size its PDF claims."""

Task = dict[str, Any]
Answer = dict[str, Any]


class Refused(Exception):
    """The file is not taken: the code of the refusal, and what its sentence names."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def examine(task: Task) -> Answer:
    """What the file is: pages, and for pictures their size. Refuses what is hostile or broken."""
    path, media_type = Path(task["path"]), task["media_type"]
    if media_type == "application/pdf":
        return _examine_pdf(path, task["most_pages"])
    if media_type == "application/zip":
        return _examine_archive(path)
    return _examine_image(path, media_type, task["most_pages"])


def draw(task: Task) -> Answer:
    """One page as a picture of a width, turned, as WebP in the file `out`."""
    picture = _upright(_page(task, width=task["width"]), task["turn"])
    width = min(task["width"], picture.width)
    height = max(1, min(LONGEST_SIDE, round(picture.height * width / picture.width)))
    drawn = picture.resize((width, height), reducing_gap=2.0)
    drawn.save(task["out"], "WEBP", quality=82, method=2)
    return {"width": width, "height": height}


def plate(task: Task) -> Answer:
    """One page at full size for a digitised copy, turned, as JPEG without anything but its picture (no
    place, no camera) in the file `out`."""
    picture = _page(task, width=None)
    dpi = _dpi(picture)
    picture = _upright(picture, task["turn"])
    picture.save(task["out"], "JPEG", quality=90, subsampling=0)
    return {"width": picture.width, "height": picture.height, "dpi": dpi}


def words(task: Task) -> Answer:
    """The text a DOCX or a PDF has of its own, so much of it."""
    if task["media_type"] == "application/pdf":
        return {"text": _words_of_pdf(Path(task["path"]))[:MOST_TEXT]}
    import docx
    from docx.table import Table

    text: list[str] = []
    for block in docx.Document(task["path"]).iter_inner_content():
        if isinstance(block, Table):
            text += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            text.append(block.text)
        if sum(map(len, text)) > MOST_TEXT:
            break
    return {"text": "\n".join(text)[:MOST_TEXT]}


def judge(task: Task) -> Answer:
    """The facts of the signatures of a PDF (`judging`)."""
    from motcua.files import judging

    return judging.judge(task)


def make_ready(task: Task) -> Answer:
    """The PDF with its open fields and, on its last page, the code by which it is verified, in `out`."""
    import pypdfium2

    from motcua.files import fields, finding, places

    path = Path(task["path"])
    pdf = path.read_bytes()
    try:
        fields.check_unsigned(pdf)
        made = fields.made_ready(pdf, finding.places(path), Path(task["code"]).read_bytes())
    except finding.NotFound as missing:
        raise Refused("sign.no_place", place=places.TITLES[missing.args[0]]) from None
    except fields.NotSignable as why:
        raise Refused(why.args[0]) from None
    except pypdfium2.PdfiumError:
        raise Refused("sign.unreadable") from None
    Path(task["out"]).write_bytes(made)
    return {}


def _examine_pdf(path: Path, most_pages: int) -> Answer:
    import pypdfium2
    from pypdfium2 import raw

    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise Refused("file.encrypted" if locked else "file.broken") from None
    pages = len(pdf)
    if not pages:
        raise Refused("file.broken")
    if pages > most_pages:
        raise Refused("file.too_many_pages", pages=pages, most=most_pages)
    content = path.read_bytes()
    if _is_active(content) or _is_active(_plain(pdf)):
        raise Refused("file.active")
    signed = raw.FPDF_GetSignatureCount(pdf) > 0 or bears_signature(content)
    return {"pages": pages, "signed": signed}


def _plain(pdf: Any) -> bytes:
    """The document written anew: no object streams, no encryption, nothing hidden in names."""
    import io

    from pypdfium2 import raw

    out = io.BytesIO()
    pdf.save(out, flags=raw.FPDF_REMOVE_SECURITY)
    return out.getvalue()


def _is_active(content: bytes) -> bool:
    """Whether an action that runs something is named (ISO 32000-1, 12.6.4.5 and 12.6.4.16)."""
    return bool(_ACTIVE.search(_unescaped(content)))


def bears_signature(content: bytes) -> bool:
    """Whether a PDF names a range of signed bytes, wherever it stands."""
    return bool(_RANGE.search(_unescaped(content)))


def _unescaped(content: bytes) -> bytes:
    """The bytes with the names of PDF as they are meant (ISO 32000-1, 7.3.5)."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)


def _examine_archive(path: Path) -> Answer:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Refused("file.broken") from None
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_UNPACKED:
        raise Refused("file.unpacks_too_large")
    left = MOST_LOOKED_AT
    for one in members:
        start = _start_of(archive, one, min(FIRST, left))
        left -= len(start)
        if EICAR in start:
            raise Refused("file.infected", found="EICAR")
    names = {one.filename for one in members}
    return {
        "named": [n for n in ("word/document.xml", "xl/workbook.xml") if n in names]
        if "[Content_Types].xml" in names
        else [],
        "macros": any(name.lower().endswith("vbaproject.bin") for name in names),
    }


def _start_of(archive: zipfile.ZipFile, one: zipfile.ZipInfo, most: int) -> bytes:
    if one.flag_bits & 1:
        raise Refused("file.encrypted")
    try:
        with archive.open(one) as member:
            return member.read(most)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        raise Refused("file.broken") from None


def _examine_image(path: Path, media_type: str, most_pages: int) -> Answer:
    image = _opened(path, FORMATS[media_type])
    pages = getattr(image, "n_frames", 1) if media_type == "image/tiff" else 1
    if pages > most_pages:
        raise Refused("file.too_many_pages", pages=pages, most=most_pages)
    for page in range(pages - 1, -1, -1):
        _turned_to(image, page, pages)
    _loaded(image)
    return {"pages": pages, "width": image.width, "height": image.height, "dpi": _dpi(image)}


def _opened(path: Path, formats: tuple[str, ...]) -> Image:
    """The picture by its header; nothing is decoded yet."""
    import pillow_heif
    from PIL import Image

    pillow_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = None  # `_fits` refuses by the header, with a sentence
    try:
        image = Image.open(path)
    except (OSError, ValueError, SyntaxError):
        raise Refused("file.broken") from None
    if image.format not in formats:
        raise Refused("file.broken")
    _fits(image)
    return image


def _fits(image: Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise Refused("file.too_many_pixels", width=image.width, height=image.height)


def _turned_to(image: Image, page: int, pages: int) -> None:
    if pages > 1:
        try:
            image.seek(page)
        except (EOFError, OSError, ValueError, SyntaxError):
            raise Refused("file.broken") from None
        _fits(image)


def _loaded(image: Image) -> None:
    try:
        image.load()
    except (OSError, ValueError, SyntaxError, EOFError):
        raise Refused("file.broken") from None


def _page(task: Task, width: int | None) -> Image:
    """A page of a PDF or a picture, decoded, as RGB on white, as it was meant to be looked at."""
    from PIL import Image, ImageOps

    path, media_type, number = Path(task["path"]), task["media_type"], task["page"]
    if media_type == "application/pdf":
        return _page_of_pdf(path, number, width)
    image = _opened(path, FORMATS[media_type])
    pages = getattr(image, "n_frames", 1)
    if number >= pages:
        raise Refused("file.no_such_page")
    _turned_to(image, number, pages)
    _loaded(image)
    dpi = _dpi(image)
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        upright = upright.convert("RGBA")
        paper = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(paper, upright)
    made = upright.convert("RGB")
    made.info["dpi"] = (dpi, dpi)
    return made


def _page_of_pdf(path: Path, number: int, width: int | None) -> Image:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(path)
        if number >= len(pdf):
            raise Refused("file.no_such_page")
        page = pdf[number]
        across, down = page.get_size()
        wished = width / across if width else PLATE_DPI / 72
        scale = min(wished, LONGEST_SIDE / max(across, down, 1))
        image: Image = page.render(scale=scale).to_pil().convert("RGB")
    except pypdfium2.PdfiumError:
        raise Refused("file.broken") from None
    image.info["dpi"] = (round(scale * 72), round(scale * 72))
    return image


def _words_of_pdf(path: Path) -> str:
    import pypdfium2

    text = ""
    try:
        for page in pypdfium2.PdfDocument(path):
            text += page.get_textpage().get_text_bounded() + "\n"
            if len(text) > MOST_TEXT:
                break
    except pypdfium2.PdfiumError:
        raise Refused("file.broken") from None
    return text


def _upright(image: Image, turn: int) -> Image:
    """Turned clockwise by quarter turns."""
    from PIL import Image

    ways = {
        90: Image.Transpose.ROTATE_270,
        180: Image.Transpose.ROTATE_180,
        270: Image.Transpose.ROTATE_90,
    }
    return image.transpose(ways[turn]) if turn else image


def _dpi(image: Image) -> int | None:
    """The density written in the file; phones write 72 to say nothing, and what is absurd is not told."""
    try:
        dpi = round(float(image.info.get("dpi", (0, 0))[0]))
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return dpi if 100 <= dpi <= 2400 else None


TASKS: dict[str, Callable[[Task], Answer]] = {
    "examine": examine,
    "draw": draw,
    "plate": plate,
    "words": words,
    "judge": judge,
    "make_ready": make_ready,
}


def _limit() -> None:
    import resource

    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_RESULT),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> None:
    """Do the one task of this process."""
    _limit()
    task = json.loads(sys.argv[1])
    try:
        answer = TASKS[task["task"]](task)
    except Refused as refused:
        answer = {"refused": refused.code, "params": refused.params}
    except MemoryError:
        answer = {"refused": "file.too_hard", "params": {}}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
