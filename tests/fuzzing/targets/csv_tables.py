"""CSV: one flat table, in any encoding, with any separators."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.fuzzing.frame import Target
from tests.fuzzing.mutating import texts
from tests.fuzzing.targets.workbook import form

from kepu_sources.tables.csv_files import CsvFiles

_FOLDER = tempfile.TemporaryDirectory(prefix="fuzzing-")
_MOST_RECORDS = 1_000


def check(data: bytes) -> None:
    """Read a file as a batch does."""
    path = Path(_FOLDER.name, "communities.csv")
    path.write_bytes(data)
    for number, _ in enumerate(CsvFiles().records(str(path), form())):
        if number > _MOST_RECORDS:
            break


def seeds() -> Iterator[bytes]:
    """Yield tables as programs write them."""
    flat = "编码,名称,时间,科普培训·总场次,科普培训·总人次\n000101,试验社区,2025,6,近400\n"
    yield flat.encode()
    yield flat.encode("gb18030")
    yield b"\xef\xbb\xbf" + flat.replace(",", ";").encode()
    yield flat.replace(",", "\t").replace("\n", "\r\n").encode()
    yield '编码,名称,"开头"\n1,"甲,""乙""\n丙",丁\n'.encode()
    yield b"code,community.name,period,training.sessions_total\n1,a,2025-Q3,5\n"


TARGET = Target(
    check,
    seeds=seeds,
    mutate=texts(
        (",", ";", "\t", '"', '""', "\n", "\r", "\r\n", "编码", "名称", "时间", "code", "·", ".", "年", "、", "至")
    ),
)
