"""Photographs: found, opened, turned, reduced, or refused by name."""

import os
import struct
import subprocess
import sys
import tempfile
import warnings
import zlib
from base64 import b64decode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from PIL import Image
from tests.depth import examples

import kepu_docs
from kepu_docs.blocks import Figure, Heading, Paragraph
from kepu_docs.composing.photos import ALONE, MOST_BYTES, PAIRED

ORIENTATION = 0x0112
GPS = 0x8825
MAKER = 0x010F
SAMPLES_A_PIXEL = 277


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


@pytest.mark.parametrize("name", ["a.jpg", "a.webp", "a.tif", "a.mpo"])
def test_a_photo_of_a_camera_is_turned_upright(tmp_path: Path, name: str) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    halves(2800, 2100).transpose(Image.Transpose.ROTATE_90).save(tmp_path / name, exif=exif)
    (figure,) = figures(tmp_path, {"file": name})
    assert (figure.width, figure.height) == (ALONE[0], 975)
    assert_halves(opened(figure))


def assert_halves(picture: Image.Image) -> None:
    """Assert that the left half is red, and the right half blue."""
    shown = picture.convert("RGB")
    for left, right in pairwise([shown.width * tenth // 10 for tenth in (1, 9)]):
        red, blue = shown.getpixel((left, shown.height // 2)), shown.getpixel((right, shown.height // 2))
        assert isinstance(red, tuple)
        assert isinstance(blue, tuple)
        assert red[0] > 200 > 100 > red[2]
        assert blue[2] > 200 > 100 > blue[0]


def test_of_several_pictures_in_a_file_the_first_is_shown(tmp_path: Path) -> None:
    for name in ("a.gif", "a.mpo", "a.tif", "a.webp", "a.png"):
        halves().save(tmp_path / name, save_all=True, append_images=[Image.new("RGB", (400, 200), "green")])
        (figure,) = figures(tmp_path, {"file": name})
        assert_halves(opened(figure))


@settings(max_examples=examples(30))
@given(st.integers(1, 2500), st.integers(1, 2500), st.integers(1, 2))
def test_a_photo_keeps_its_shape_and_is_never_made_larger(width: int, height: int, count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Image.new("L", (width, height)).save(Path(folder, "a.png"), compress_level=1)
        for figure in figures(Path(folder), *[{"file": "a.png"}] * count):
            room = ALONE if count == 1 else PAIRED
            assert figure.width <= min(width, room[0])
            assert figure.height <= min(height, room[1])
            scale = min(1, room[0] / width, room[1] / height)
            assert abs(figure.width - width * scale) <= 1
            assert abs(figure.height - height * scale) <= 1


def test_a_file_has_one_size_in_all_places(tmp_path: Path) -> None:
    halves(4000, 3000).save(tmp_path / "a.jpg")
    halves(4000, 3000).save(tmp_path / "b.jpg")
    several = [{"file": "a.jpg"}, {"file": "b.jpg"}]
    sections = [{"kind": "narrative", "heading": "照片", "photos": photos} for photos in (several, [{"file": "a.jpg"}])]
    record = kepu_docs.load({"community": {"name": "试验社区"}, "period": 2025, "sections": sections})
    blocks = kepu_docs.compose(record, photos=tmp_path).blocks
    first, second, again = (block for block in blocks if isinstance(block, Figure))
    assert first == again
    assert (first.width, second.width) == (ALONE[0], PAIRED[0])


def test_large_photos_are_made_small_and_small_ones_left(tmp_path: Path) -> None:
    halves(4000, 3000).save(tmp_path / "large.jpg")
    halves(300, 200).save(tmp_path / "small.jpg")
    (alone,) = figures(tmp_path, {"file": "large.jpg"})
    large, small = figures(tmp_path, {"file": "large.jpg"}, {"file": "small.jpg"})
    assert (alone.width, alone.height) == (ALONE[0], 975)
    assert (large.width, large.height) == (PAIRED[0], 674)
    assert (small.width, small.height) == (300, 200)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tif", "a.mpo"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_where_a_photo_was_taken_is_not_passed_on(tmp_path: Path, name: str, mode: str) -> None:
    exif = Image.Exif()
    exif[MAKER] = "secret"
    if name != "a.tif":  # where Pillow writes none
        exif[GPS] = {1: "N", 2: (31.0, 10.0, 0.0)}
    halves(mode=mode).save(tmp_path / name, exif=exif, comment=b"secret", xmp=b"<secret/>", icc_profile=b"secret" * 30)
    assert b"secret" in (tmp_path / name).read_bytes()
    (figure,) = figures(tmp_path, {"file": name})
    assert not opened(figure).getexif()
    assert set(opened(figure).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for trace in (b"secret", b"Exif", b"eXIf", b"ICC"):
        assert trace not in figure.data


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
        assert_halves(picture)


def test_what_is_clear_stays_clear(tmp_path: Path) -> None:
    Image.new("RGBA", (40, 20), (255, 0, 0, 0)).save(tmp_path / "a.png")
    palette = Image.new("P", (40, 20))
    palette.putpalette([255, 0, 0])
    palette.save(tmp_path / "b.png", transparency=0)
    Image.new("LA", (40, 20), (9, 0)).save(tmp_path / "c.png")
    Image.new("RGBA", (40, 20), (255, 0, 0, 0)).save(tmp_path / "d.webp", lossless=True)
    for name in ("a.png", "b.png", "c.png", "d.webp"):
        (figure,) = figures(tmp_path, {"file": name})
        assert figure.media_type == "image/png"
        assert opened(figure).mode == "RGBA"
        assert opened(figure).getchannel("A").getextrema() == (0, 0)


def refused(folder: Path | None, file: str) -> str:
    with pytest.raises(kepu_docs.RecordError) as caught:
        figures(folder, {"file": file})
    (fault,) = caught.value.faults
    assert fault.place.field == "sections[0].photos[0].file"
    return fault.message


@pytest.mark.parametrize("file", ["/etc/passwd", "../a.jpg", "a/../../b.jpg", "C:\\a.jpg", "C:/a.jpg", "a\\b.jpg"])
def test_a_path_out_of_the_folder_is_refused(tmp_path: Path, file: str) -> None:
    assert "is not a path inside the record's folder" in refused(tmp_path, file)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "record"
    folder.mkdir()
    halves().save(tmp_path / "a.png")
    (folder / "a.png").symlink_to(tmp_path / "a.png")
    (folder / "up").symlink_to(tmp_path)
    (folder / "circle").symlink_to(folder / "circle")
    assert "is outside the record's folder" in refused(folder, "a.png")
    assert "is outside the record's folder" in refused(folder, "up/a.png")
    assert refused(folder, "circle")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    assert "is not a file" in refused(tmp_path, "folder")
    assert "is not a file" in refused(tmp_path, "pipe")
    assert refused(tmp_path, "absent.jpg") == "there is no file “absent.jpg” in the record's folder"
    assert "cannot be read" in refused(tmp_path, "长" * 190 + ".jpg")
    assert "is not in a folder" in refused(None, "a.jpg")


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
    assert "larger than 50 MiB" in refused(tmp_path, "c.jpg")


@pytest.mark.parametrize("cut", [0, 10, 300, 0.5])
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.gif", "a.webp", "a.tif"])
def test_a_broken_picture_is_refused_by_name(tmp_path: Path, name: str, cut: float) -> None:
    stream = BytesIO()
    Image.effect_noise((400, 300), 80).save(stream, {"jpg": "JPEG", "tif": "TIFF"}.get(name[2:], name[2:]))
    data = stream.getvalue()
    (tmp_path / name).write_bytes(data[: int(cut * len(data)) if cut < 1 else int(cut)])
    told = refused(tmp_path, name)
    assert told.startswith((f"“{name}” is not a picture that can be read", f"the picture in “{name}” is damaged"))


_WHOLE: Final[list[tuple[str, str, dict[str, Any]]]] = [
    ("JPEG", "RGB", {}),
    ("JPEG", "CMYK", {"progressive": True}),
    ("PNG", "RGBA", {}),
    ("PNG", "P", {}),
    ("PNG", "I;16", {}),
    ("WEBP", "RGB", {}),
    ("GIF", "P", {}),
    ("BMP", "RGB", {}),
    ("TIFF", "RGB", {}),
    ("TIFF", "1", {"compression": "group4"}),
    ("MPO", "RGB", {"save_all": True}),
]


@cache
def whole(place: int) -> bytes:
    """Return a small picture of some kind."""
    kind, mode, options = _WHOLE[place]
    noise = Image.effect_noise((60, 40), 80)
    stream = BytesIO()
    picture = noise.convert("I").convert(mode) if mode == "I;16" else noise.convert("RGB").convert(mode)
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    picture.save(stream, kind, **options, **({"exif": exif} if kind in ("JPEG", "PNG", "WEBP") else {}))
    return stream.getvalue()


@settings(max_examples=examples(300))
@given(
    st.integers(0, len(_WHOLE) - 1),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=20),
    st.booleans(),
    st.floats(0, 1),
)
def test_a_hostile_picture_is_shown_or_refused(
    place: int, changes: list[tuple[float, int]], head: bool, rest: float
) -> None:
    data = bytearray(whole(place))
    for where, value in changes:
        data[int(where * (min(len(data), 100) if head else len(data)))] = value
    if rest < 0.5:
        del data[int(2 * rest * len(data)) :]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.jpg").write_bytes(data)
        try:
            (figure,) = figures(Path(folder), {"file": "a.jpg"})
        except kepu_docs.RecordError as error:
            assert [fault.place.field for fault in error.faults] == ["sections[0].photos[0].file"]
        else:
            opened(figure).load()


_STEPS: Final = st.sampled_from(
    ["..", ".", "a.png", "within", "outside", "/", "//", "\\", ":", "C:", "~", " ", "\u200b"]
)


@given(st.lists(_STEPS, min_size=1, max_size=8).map(lambda steps: "/".join(steps).strip(" \u3000") or "."))
def test_no_path_leads_to_a_file_outside(file: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        within = Path(folder, "within")
        within.mkdir()
        (within / "outside").symlink_to(folder)
        Image.new("L", (1, 1)).save(Path(folder, "a.png"))
        assert refused(within, file)


def test_all_files_that_cannot_be_used_are_reported_at_once_and_nothing_else(tmp_path: Path) -> None:
    """Told by us: Pillow's warnings and what it logs do not come out as well."""
    (tmp_path / "large.png").write_bytes(bomb(10_000, 10_000))  # of which Pillow warns
    samples = BytesIO()
    halves(20, 20).save(samples, "TIFF")
    entry = struct.pack("<HHL", SAMPLES_A_PIXEL, 3, 1)
    assert samples.getvalue().count(entry) == 1
    (tmp_path / "samples.tif").write_bytes(samples.getvalue().replace(entry + b"\3\0", entry + b"\xe8\3"))
    (tmp_path / "r.yaml").write_text(
        "community: {name: 试验社区}\nperiod: 2025\nsections:\n"
        "  - {kind: narrative, heading: 甲, photos: [{file: large.png}, {file: absent.png}, {file: absent.png}]}\n"
        "  - {kind: narrative, heading: 乙, photos: [{file: samples.tif}, {file: absent.png}]}\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-W", "always", "-m", "kepu_docs", "render", "r.yaml"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert [line.partition("; expected")[0] for line in done.stderr.splitlines()] == [
        "error: r.yaml: sections[0].photos[0].file: the photograph “large.png” has 10000 × 10000 pixels;"
        " at most 80 million are allowed",
        "error: r.yaml: sections[0].photos[1].file: there is no file “absent.png” in the record's folder",
        "error: r.yaml: sections[1].photos[0].file: “samples.tif” is not a picture that can be read",
        "1 of 1 records failed; 0 done",
    ]
    assert {path.name for path in tmp_path.iterdir()} == {"large.png", "samples.tif", "r.yaml"}


def test_threads_leave_the_filters_of_warnings_as_they_were(tmp_path: Path) -> None:
    Image.effect_noise((1200, 900), 80).save(tmp_path / "a.jpg")
    filters = list(warnings.filters)
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: figures(tmp_path, {"file": "a.jpg"}), range(16)))
    assert warnings.filters == filters
    assert all(each == made[0] for each in made)


def test_other_files_are_no_pictures(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"%PDF-1.4 not a picture")
    (tmp_path / "b.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert "is not a picture" in refused(tmp_path, "a.jpg")
    assert "is not a picture" in refused(tmp_path, "b.svg")


def test_without_pillow_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    halves().save(tmp_path / "a.jpg")
    halves().save(tmp_path / "b.jpg")
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(kepu_docs.RecordError) as caught:
        figures(tmp_path, {"file": "a.jpg"}, {"file": "b.jpg"})
    (fault,) = caught.value.faults
    assert fault.message == ('photographs need Pillow, which is not installed: pip install "kepu-docs[photos]"')


def test_the_same_photo_is_one_part_of_a_word_document(tmp_path: Path) -> None:
    import zipfile

    halves().save(tmp_path / "a.jpg")
    told = summary({"file": "a.jpg"}, {"file": "a.jpg"}, {"file": "a.jpg"})
    data = kepu_docs.render(told, "docx", photos=tmp_path)
    assert data == kepu_docs.render(told, "docx", photos=tmp_path)
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert [name for name in package.namelist() if "media" in name] == ["word/media/image1.jpeg"]


def test_text_and_markdown_say_what_a_photo_shows(tmp_path: Path) -> None:
    halves().save(tmp_path / "a.jpg")
    Image.new("RGBA", (4, 4)).save(tmp_path / "b.png")
    told = summary(
        {"file": "a.jpg", "caption": "讲座现场", "alt": "医生在讲课"},
        {"file": "b.png", "caption": "参观*科普馆*"},
        {"file": "a.jpg"},
    )
    lines = kepu_docs.render(told, "txt", photos=tmp_path).decode().split("\n")
    assert [line.strip() for line in lines if "［" in line] == [
        "［图1　讲座现场：医生在讲课］",
        "［图2　参观*科普馆*］",
        "［活动照片］",
    ]
    tokens = MarkdownIt("commonmark").parse(kepu_docs.render(told, "md", photos=tmp_path).decode())
    inline = [child for token in tokens for child in token.children or ()]
    images = [child for child in inline if child.type == "image"]
    assert ["".join(text.content for text in image.children or ()) for image in images] == [
        "医生在讲课",
        "参观*科普馆*",
        "活动照片",
    ]
    addresses = [str(image.attrs["src"]).partition(",") for image in images]
    assert [start for start, _, _ in addresses] == [f"data:image/{kind};base64" for kind in ("jpeg", "png", "jpeg")]
    first, second, third = [b64decode(data) for _, _, data in addresses]
    assert first == third
    assert Image.open(BytesIO(second)).size == (4, 4)
    texts = [child.content for child in inline if child.type == "text"]
    assert {"图1　讲座现场", "图2　参观*科普馆*"} <= set(texts)
