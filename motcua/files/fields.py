"""The form fields of a document that is to be issued, by pyHanko; loaded only where a PDF is changed.

Number and day stay open until the registry assigns them, and both signatures have their fields from the
beginning: what comes later only fills what was foreseen, so every signature made before stays valid.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from pyhanko.pdf_utils import generic as half_typed
from pyhanko.pdf_utils.generic import NameObject as Name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields
from pyhanko.sign.validation import read_certification_data

from motcua.files import appearances
from motcua.files.appearances import Size
from motcua.files.places import DAY, ORDER, PERSON, SEAL, TITLES, Place

Update = Any
"""IncrementalPdfFileWriter; half of pyHanko's types are missing."""
generic: Any = half_typed
PRINTED = 4
"""The flag of an annotation that is printed (ISO 32000-1, 12.5.3)."""
POINTS = 13
"""Of number and day (NĐ 30/2020 PL I)."""


class NotSignable(Exception):
    """A PDF that cannot be signed; `args[0]` is the code of the refusal."""


def update_of(pdf: bytes) -> Update:
    """An update of the PDF; raises NotSignable for what cannot be updated and stay whole."""
    with _whole():
        writer: Update = IncrementalPdfFileWriter(io.BytesIO(pdf))
        reader = writer.prev
        if reader.encrypted:
            raise NotSignable("sign.encrypted")
        if reader.xrefs.hybrid_xrefs_present or not int(writer.root["/Pages"]["/Count"]):
            raise NotSignable("sign.unreadable")
        if reader.embedded_signatures and _is_closed(reader):
            raise NotSignable("sign.certified")
        return writer


def check_unsigned(pdf: bytes) -> None:
    """Raises NotSignable for a PDF whose signatures would lose their worth, or one that forbids changes."""
    with _whole():
        if update_of(pdf).prev.embedded_signatures:
            raise NotSignable("sign.signed_before")


def _is_closed(reader: Any) -> bool:
    """Whether who certified it allows no change at all (DocMDP, ISO 32000-1, 12.8.2.2)."""
    said = read_certification_data(reader)
    return said is not None and said.permission is fields.MDPPerm.NO_CHANGES


def made_ready(pdf: bytes, places: Sequence[Place], code: bytes) -> bytes:
    """A PDF from outside with its fields and the code stamped in the lower left margin of its last page.

    Raises NotSignable.
    """
    with _whole():
        writer = update_of(pdf)
        _stamp(writer, max(place.page for place in places), code)
        add_fields(writer, places)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()


@contextmanager
def _whole() -> Iterator[None]:
    """A parser of what nobody vouches for fails in many ways; each means the same to who asked."""
    try:
        yield
    except NotSignable:
        raise
    except Exception:
        raise NotSignable("sign.unreadable") from None


def _stamp(writer: Update, page: int, code: bytes) -> None:
    """Draw the code over the page, which keeps what it has."""
    drawn = imported(writer, code)
    shown = _dictionary({"/XObject": _dictionary({"/MaXacMinh": drawn})})
    before = generic.StreamObject(stream_data=b"q")
    after = generic.StreamObject(stream_data=b"Q q 1 0 0 1 85 6 cm /MaXacMinh Do Q")
    writer.add_stream_to_page(page, writer.add_object(before), prepend=True)
    writer.add_stream_to_page(page, writer.add_object(after), shown)


def opened(pdf: bytes, places: Sequence[Place]) -> bytes:
    """The PDF with an empty field at each place, as an update of what is there."""
    with _whole():
        writer = update_of(pdf)
        add_fields(writer, places)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()


def add_fields(writer: Update, places: Sequence[Place]) -> None:
    """An empty field at each place; what the document's form has already stays."""
    for place in sorted(places, key=lambda one: ORDER.index(one.name)):
        if place.name in (PERSON, SEAL):
            locked = fields.FieldMDPSpec(fields.FieldMDPAction.ALL) if place.name == SEAL else None
            box = tuple(round(n) for n in place.box)
            spec = fields.SigFieldSpec(
                place.name,
                on_page=place.page,
                box=box,  # type: ignore[arg-type]
                field_mdp_spec=locked,
                readable_field_name=TITLES[place.name],
                empty_field_appearance=True,
            )
            fields.append_signature_field(writer, spec)
        else:
            _add_text(writer, place)


def fill(writer: Update, name: str, text: str) -> bool:
    """Put the text into the open field of that name; False where there is none, or it is filled already."""
    found = field(writer.root, name)
    if found is None or "/V" in found:
        return False
    left, low, right, high = (float(n) for n in found["/Rect"])
    slanted = name == DAY
    page = appearances.words(Size(right - left, high - low), text, slanted=slanted, points=POINTS)
    found["/V"] = generic.TextStringObject(text)
    found["/AP"] = _dictionary({"/N": imported(writer, page)})
    writer.update_container(found)
    return True


def field(root: Any, name: str) -> Any:
    """The field of a form by its name; None where there is none."""
    for one in _inner(_inner(root, "/AcroForm", {}), "/Fields", ()):
        found = one.get_object()
        if "/T" in found and found["/T"] == name:
            return found
    return None


def _inner(holder: Any, key: str, otherwise: Any) -> Any:
    """What lies under the key itself, not a reference to it as `get` would give."""
    return holder[key] if key in holder else otherwise  # noqa: SIM401


def imported(writer: Update, page: bytes) -> Any:
    """The first page of a PDF as a form of this one, with its fonts."""
    return writer.import_page_as_xobject(PdfFileReader(io.BytesIO(page)))


def _add_text(writer: Update, place: Place) -> None:
    page, resources = writer.find_page_for_modification(place.page)
    empty = generic.StreamObject(
        {
            Name("/Type"): Name("/XObject"),
            Name("/Subtype"): Name("/Form"),
            Name("/BBox"): _numbers((0, 0, place.size.width, place.size.height)),
        },
        stream_data=b"",
    )
    added = _dictionary(
        {
            "/Type": Name("/Annot"),
            "/Subtype": Name("/Widget"),
            "/FT": Name("/Tx"),
            "/T": generic.TextStringObject(place.name),
            "/TU": generic.TextStringObject(TITLES[place.name]),
            "/F": generic.NumberObject(PRINTED),
            "/DA": generic.TextStringObject(f"/Chu {POINTS} Tf 0 g"),
            "/Rect": _numbers(place.box),
            "/P": page,
            "/AP": _dictionary({"/N": writer.add_object(empty)}),
        }
    )
    reference = writer.add_object(added)
    writer.register_annotation(page, reference)
    form = _form(writer)
    _lend_font(form, resources)
    listed = form.setdefault(Name("/Fields"), generic.ArrayObject()).get_object()
    listed.append(reference)
    writer.update_container(listed)


def _form(writer: Update) -> Any:
    root = writer.root
    if "/AcroForm" not in root:
        root["/AcroForm"] = writer.add_object(_dictionary({"/Fields": generic.ArrayObject()}))
        writer.update_root()
    form = root["/AcroForm"]
    writer.update_container(form)
    return form


def _lend_font(form: Any, resources: Any) -> None:
    """A program that fills the field by hand sets it in a font the page has: no font is left unembedded."""
    fonts = _inner(resources.get_object(), "/Font", {})
    if fonts and "/DR" not in form:
        font = _dictionary({"/Chu": fonts.raw_get(next(iter(fonts)))})
        form["/DR"] = _dictionary({"/Font": font})


def _dictionary(values: Mapping[str, Any]) -> Any:
    return generic.DictionaryObject({Name(key): value for key, value in values.items()})


def _numbers(values: Iterable[float]) -> Any:
    return generic.ArrayObject(generic.FloatObject(round(n, 2)) for n in values)
