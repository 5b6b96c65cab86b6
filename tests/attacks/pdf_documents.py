"""PDF documents: broken ones, decompression bombs, and documents of kepu-docs with a changed record."""

import io
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import pikepdf

from kepu_docs.plugin import RECORD_NAMESPACE
from tests.attacks.frame import Attack, Expected
from tests.attacks.material import attack

DOORS: Final = ("render", "check", "batch", "rollup", "load()")
REFUSED: Final = Expected.REFUSED
RECORD: Final = b'{"community": {"name": "\xe7\x94\xb2"}, "period": 2025, "opening": "\xe7\x94\xb2"}'
_GIGABYTE: Final = 1 << 30


def attacks() -> Iterator[Attack]:
    """Yield all attacks by PDF documents."""
    for told, data in (
        ("nothing", b""),
        ("a signature alone", b"%PDF-1.7\n"),
        ("noise", b"%PDF-1.7\n" + bytes(range(256)) * 4_000),
        ("no PDF", b"PK\x03\x04" + b"\0" * 2_000),
        ("cut off", lambda: attached(RECORD)[:-200]),
        ("brackets", b"%PDF-1.7\n1 0 obj\n" + b"[" * 1_000_000 + b"\nendobj\nstartxref\n9\n%%EOF"),
        ("encrypted", partial(saved, encryption=pikepdf.Encryption(owner="a", user="b"))),
        ("no attachment", saved),
        ("an attachment of another", partial(attached, RECORD, "urn:other")),
        ("attachments without end", partial(_changed, _endless)),
        ("attachments in a circle", partial(_changed, _circle)),
        ("an attachment without a file", partial(_changed, _without_file)),
        ("names that are none", partial(_changed, _wrong_names)),
        ("an attachment of a gigabyte", bomb),
        ("an attachment packed many times", partial(bomb, 4)),
        ("50,000 attachments", partial(_changed, _many)),
    ):  # fmt: skip
        yield from attack(DOORS, told, "a.pdf", data, REFUSED)
    # A reader may find out by itself what the table should say.
    lost = b"startxref\n0\n%"
    told = "a table of references that is nowhere"
    yield from attack(DOORS, told, "a.pdf", lambda: attached(RECORD).replace(b"startxref", lost))
    for told, record in (
        ("not JSON", b"{"), ("brackets", b"[" * 100_000), ("null", b"null"), ("nothing", b""), ("no UTF-8", b"\xff\xfe{"),
        ("a number of a million digits", b'{"period": ' + b"9" * 1_000_000 + b"}"),
        ("20 MB", b'{"opening": "' + b"x" * 20_000_000 + b'"}'),
        ("a key that nobody knows", RECORD[:-1] + b', "::set-output": 1}'),
        ("photographs out of the folder", b'{"community": {"name": "a"}, "period": 2025, "sections": [{"kind": "narrative", "heading": "b", "paragraphs": ["c"], "photos": [{"file": "../home/canary.txt"}]}]}'),
    ):  # fmt: skip
        yield from attack(DOORS, f"carries {told}", "a.pdf", partial(attached, record))


def _new() -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    return pdf


def saved(pdf: pikepdf.Pdf | None = None, **options: Any) -> bytes:
    stream = io.BytesIO()
    (pdf or _new()).save(stream, **options)
    return stream.getvalue()


def attached(record: bytes, description: str = RECORD_NAMESPACE) -> bytes:
    pdf = _new()
    pdf.attachments["record.json"] = pikepdf.AttachedFileSpec(pdf, record, description=description)
    return saved(pdf)


def _changed(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    pdf = _new()
    change(pdf)
    return saved(pdf)


def _endless(pdf: pikepdf.Pdf) -> None:
    tree = pdf.make_indirect(pikepdf.Dictionary(Kids=pikepdf.Array()))
    tree.Kids.append(tree)
    pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=tree)


def _circle(pdf: pikepdf.Pdf) -> None:
    first, second = (pdf.make_indirect(pikepdf.Dictionary(Kids=pikepdf.Array())) for _ in range(2))
    for _ in range(8):
        first.Kids.append(second)
        second.Kids.append(first)
    pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=first)


def _without_file(pdf: pikepdf.Pdf) -> None:
    spec = pikepdf.Dictionary(Type=pikepdf.Name("/Filespec"), UF="record.json", Desc=RECORD_NAMESPACE)
    pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=pikepdf.Array(["record.json", spec])))


def _wrong_names(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=pikepdf.Array([1, 2, 3])))


def _many(pdf: pikepdf.Pdf) -> None:
    spec = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name("/Filespec"), UF="a", Desc="b"))
    names = pikepdf.Array([each for number in range(50_000) for each in (f"{number:06}", spec)])
    pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=names))


def bomb(times: int = 1) -> bytes:
    """Return a PDF with a record of a gigabyte of zeros, packed some times."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(_GIGABYTE >> 20)) + packer.flush()
    for _ in range(times - 1):
        packed = zlib.compress(packed, 9)
    pdf = _new()
    spec = pikepdf.AttachedFileSpec(pdf, b"", description=RECORD_NAMESPACE)
    pdf.attachments["record.json"] = spec
    filters = pikepdf.Array([pikepdf.Name("/FlateDecode")] * times)
    spec.obj.EF.F.write(packed, filter=filters)
    return saved(pdf, compress_streams=False)
