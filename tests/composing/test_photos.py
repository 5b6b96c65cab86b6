"""Photographs: found, opened, turned, made small, or refused by name."""

import os
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import kepu_docs
from kepu_docs.blocks import Figure, Heading, Paragraph
from kepu_docs.composing.photos import ALONE, MOST_BYTES, PAIRED

ORIENTATION = 0x0112
GPS = 0x8825


def summary(*photos: dict[str, Any], **section: Any) -> Any:
    sections = [{"kind": "narrative", "heading": "活动照片", **section, "photos": list(photos)}]
    return kepu_docs.load({"community": {"name": "试验社区"}, "period": 2025, "sections": sections})


def figures(folder: Path | None, *photos: dict[str, Any], **section: Any) -> list[Figure]:
    blocks = kepu_docs.compose(summary(*photos, **section), photos=folder).blocks
    return [block for block in blocks if isinstance(block, Figure)]


def opened(figure: Figure) -> Image.Image:
    picture = Image.open(BytesIO(figure.data))
    assert picture.size == (figure.width, figure.height)
    assert f"image/{(picture.format or '').lower()}" == figure.media_type
    return picture


def halves(width: int = 400, height: int = 200, mode: str = "RGB") -> Image.Image:
    """Return a picture whose left half is red, and whose right half is blue."""
    picture = Image.new("RGB", (width, height), "blue")
    picture.paste("red", (0, 0, width // 2, height))
    return picture.convert(mode)


def test_a_figure_has_the_photo_its_caption_and_what_it_shows(tmp_path: Path) -> None:
    halves().save(tmp_path / "a.jpg")
    said, caption, silent = figures(
        tmp_path,
        {"file": "a.jpg", "caption": "讲座现场", "alt": "医生在讲课"},
        {"file": "a.jpg", "caption": "讲座现场"},
        {"file": "a.jpg"},
    )
    assert (said.caption, said.number, said.alt) == ("讲座现场", "图1", "医生在讲课")
    assert (caption.caption, caption.number, caption.alt) == ("讲座现场", "图2", "讲座现场")
    assert (silent.caption, silent.number, silent.alt) == ("", "", "活动照片")
    assert said.data == caption.data == silent.data


def test_photos_stand_at_the_end_of_their_section_and_keep_its_heading(tmp_path: Path) -> None:
    halves().save(tmp_path / "a.jpg")
    blocks = kepu_docs.compose(summary({"file": "a.jpg"}, paragraphs=["正文。"]), photos=tmp_path).blocks
    assert [type(block) for block in blocks[1:]] == [Heading, Paragraph, Figure]
    blocks = kepu_docs.compose(summary({"file": "a.jpg"}), photos=tmp_path).blocks
    assert [type(block) for block in blocks[1:]] == [Heading, Figure]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_upright(tmp_path: Path, orientation: int) -> None:
    upright = halves()
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = upright.transpose(Image.Transpose(turns[orientation])) if orientation in turns else upright
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    stored.save(tmp_path / "a.png", exif=exif)
    (figure,) = figures(tmp_path, {"file": "a.png"})
    assert opened(figure).convert("RGB").tobytes() == upright.tobytes()


def test_large_photos_are_made_small_and_small_ones_left(tmp_path: Path) -> None:
    halves(4000, 3000).save(tmp_path / "large.jpg")
    halves(300, 200).save(tmp_path / "small.jpg")
    (alone,) = figures(tmp_path, {"file": "large.jpg"})
    large, small = figures(tmp_path, {"file": "large.jpg"}, {"file": "small.jpg"})
    assert (alone.width, alone.height) == (ALONE[0], 975)
    assert (large.width, large.height) == (PAIRED[0], 674)
    assert (small.width, small.height) == (300, 200)


def test_where_a_photo_was_taken_is_not_passed_on(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (31.0, 10.0, 0.0)}
    halves().save(tmp_path / "a.jpg", exif=exif, comment=b"secret")
    (figure,) = figures(tmp_path, {"file": "a.jpg"})
    assert not opened(figure).getexif()
    assert b"secret" not in figure.data
    assert b"Exif" not in figure.data


@pytest.mark.parametrize(
    ("name", "make", "kind"),
    [
        ("grey.jpg", lambda: halves(mode="L"), "image/jpeg"),
        ("cmyk.jpg", lambda: halves(mode="CMYK"), "image/jpeg"),
        ("photo.webp", halves, "image/jpeg"),
        ("scan.tif", halves, "image/jpeg"),
        ("screen.bmp", halves, "image/png"),
        ("palette.gif", lambda: halves(mode="P"), "image/png"),
        ("palette.png", lambda: halves(mode="P"), "image/png"),
        ("bits.png", lambda: halves(mode="1"), "image/png"),
        ("clear.png", lambda: halves(mode="RGBA"), "image/png"),
        ("deep.png", lambda: Image.new("I;16", (40, 20), 0x8000), "image/png"),
    ],
)
def test_pictures_of_all_sorts(tmp_path: Path, name: str, make: Callable[[], Image.Image], kind: str) -> None:
    make().save(tmp_path / name)
    (figure,) = figures(tmp_path, {"file": name})
    assert figure.media_type == kind
    picture = opened(figure)
    assert picture.mode in ("L", "RGB", "RGBA")
    if name == "deep.png":
        assert picture.getpixel((3, 3)) == 0x80
    elif name not in ("grey.jpg", "bits.png"):
        red, blue = picture.convert("RGB").getpixel((20, 100)), picture.convert("RGB").getpixel((380, 100))
        assert isinstance(red, tuple)
        assert isinstance(blue, tuple)
        assert red[0] > 200 > 100 > red[2]
        assert blue[2] > 200 > 100 > blue[0]


def refused(folder: Path | None, file: str) -> str:
    with pytest.raises(kepu_docs.RecordError) as caught:
        figures(folder, {"file": file})
    (fault,) = caught.value.faults
    assert fault.place.field == "sections[0].photos[0].file"
    return fault.message


@pytest.mark.parametrize("file", ["/etc/passwd", "../a.jpg", "a/../../b.jpg", "C:\\a.jpg", "C:/a.jpg", "a\\b.jpg"])
def test_a_path_out_of_the_folder_is_refused(tmp_path: Path, file: str) -> None:
    assert "is no path below the record's folder" in refused(tmp_path, file)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "record"
    folder.mkdir()
    halves().save(tmp_path / "a.png")
    (folder / "a.png").symlink_to(tmp_path / "a.png")
    (folder / "up").symlink_to(tmp_path)
    (folder / "circle").symlink_to(folder / "circle")
    assert "leads out of" in refused(folder, "a.png")
    assert "leads out of" in refused(folder, "up/a.png")
    assert refused(folder, "circle")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    assert "is no file" in refused(tmp_path, "folder")
    assert "is no file" in refused(tmp_path, "pipe")
    assert "No such file" in refused(tmp_path, "absent.jpg")
    assert "is in no folder" in refused(None, "a.jpg")


def bomb(width: int, height: int) -> bytes:
    """Return the beginning of a PNG file that claims a size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100))


def test_a_huge_picture_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(bomb(10_000, 8_001))
    assert "has 10000 × 8001 pixels; at most 80 million" in refused(tmp_path, "a.png")
    (tmp_path / "b.png").write_bytes(bomb(60_000, 60_000))
    assert "has more than 80 million pixels" in refused(tmp_path, "b.png")
    with (tmp_path / "c.jpg").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    assert "more than 50 MiB" in refused(tmp_path, "c.jpg")


@pytest.mark.parametrize("cut", [0, 10, 300, 0.5])
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.gif", "a.webp", "a.tif"])
def test_a_broken_picture_is_refused_by_name(tmp_path: Path, name: str, cut: float) -> None:
    stream = BytesIO()
    Image.effect_noise((400, 300), 80).save(stream, {"jpg": "JPEG", "tif": "TIFF"}.get(name[2:], name[2:]))
    data = stream.getvalue()
    (tmp_path / name).write_bytes(data[: int(cut * len(data)) if cut < 1 else int(cut)])
    assert refused(tmp_path, name).startswith(f"“{name}” is no picture that can be read; expected JPEG")


def test_other_files_are_no_pictures(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"%PDF-1.4 not a picture")
    (tmp_path / "b.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert "is no picture" in refused(tmp_path, "a.jpg")
    assert "is no picture" in refused(tmp_path, "b.svg")


def test_without_pillow_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    halves().save(tmp_path / "a.jpg")
    monkeypatch.setitem(__import__("sys").modules, "PIL", None)
    assert refused(tmp_path, "a.jpg") == (
        'photographs need Pillow, which is not installed: pip install "kepu-docs[photos]"'
    )


def test_the_same_photo_is_one_part_of_a_word_document(tmp_path: Path) -> None:
    import zipfile

    halves().save(tmp_path / "a.jpg")
    told = summary({"file": "a.jpg"}, {"file": "a.jpg"}, {"file": "a.jpg"})
    data = kepu_docs.render(told, "docx", photos=tmp_path)
    assert data == kepu_docs.render(told, "docx", photos=tmp_path)
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert [name for name in package.namelist() if "media" in name] == ["word/media/image1.jpeg"]
