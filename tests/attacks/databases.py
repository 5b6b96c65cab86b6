"""Databases: addresses that contain passwords, and databases with untrusted content."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from tests.attacks.frame import SECRET, Attack, Expected
from tests.attacks.material import ESCAPES, GOOD, good, lay

REFUSED: Final = Expected.REFUSED

ADDRESSES: Final = tuple(
    each.replace("SECRET", SECRET)
    for each in (
        "postgresql://bob:SECRET@db.invalid/kepu", "postgresql://bob:SECRET@db.invalid:54x2/kepu", "postgresql://bob:SECRET@db.invalid:/kepu",
        "postgresql://bob:SECRET@db.invalid:99999999/kepu", "postgresql://bob:hun/SECRET@db.invalid/kepu", "postgresql://bob:p@SECRET@db.invalid/kepu",
        "postgresql://bob:SECRET#x@db.invalid/kepu", "postgresql://bob:SECRET?x@db.invalid/kepu", "postgresql://bob:SECRET%40@db.invalid:x/kepu",
        "postgresql://bob:a:SECRET@db.invalid:x/kepu", "postgresql://bob:SECRET@[::1/kepu", "postgresql://bob:SECRET@[::1]:x/kepu", "postgresql://:SECRET@db.invalid:x/",
        "postgresql://db.invalid/kepu?password=SECRET", "postgresql://db.invalid/kepu?user=bob&password=SECRET", "postgresql://db.invalid:x/kepu?password=SECRET",
        "postgresql://db.invalid/kepu?PASSWORD=SECRET", "postgresql://db.invalid/kepu?passwd=SECRET", "postgresql://db.invalid/kepu?PWD=SECRET",
        "postgresql://db.invalid/kepu?sslpassword=SECRET", "postgresql://db.invalid/kepu?%70assword=SECRET", "postgresql://db.invalid/kepu?a=1;password=SECRET",
        "postgresql://db.invalid/kepu?token=SECRET", "postgresql://db.invalid/kepu?secret=SECRET", "postgresql://db.invalid/kepu?access_key=SECRET",
        "mssql+pyodbc://?odbc_connect=DRIVER%3D%7BODBC%7D%3BUID%3Dbob%3BPWD%3DSECRET", "mssql+pyodbc:///?odbc_connect=PWD=SECRET;UID=bob", "mssql+pyodbc://db.invalid:x/?odbc_connect=PWD%3DSECRET",
        "mssql://bob:SECRET@db.invalid/kepu?driver=x", "mysql://bob:SECRET@db.invalid/kepu", "mysql+pymysql://bob:SECRET@db.invalid:3x/kepu", "mariadb://bob:SECRET@/kepu",
        "oracle://bob:SECRET@db.invalid:x/kepu", "oracle+oracledb://bob:SECRET@(DESCRIPTION=(PASSWORD=SECRET))", "sqlite://bob:SECRET@/x.db", "sqlite:///none.db?password=SECRET",
        "sqlite:///file:none.db?uri=true&password=SECRET", "postgresql+none://bob:SECRET@db.invalid/kepu", "postgresql//bob:SECRET@db.invalid/kepu", "postgresql:/bob:SECRET@db.invalid/kepu",
        "postgresql:bob:SECRET@db.invalid/kepu", "postgres://bob:SECRET@db.invalid/kepu", "POSTGRESQL://bob:SECRET@db.invalid:x/kepu", "postgresql://bob:SECRET @db.invalid/kepu",
        "postgresql://bob:SECRET\n@db.invalid:x/kepu", " postgresql://bob:SECRET@db.invalid:x/kepu", "postgresql://bob\t:SECRET@db.invalid:x/kepu", "http://bob:SECRET@db.invalid/x.csv",
        "ftp://bob:SECRET@db.invalid/x.xlsx", "postgresql://bob:SECRET@db.invalid:x/kepu?password=SECRET", "postgresql://bob:“SECRET”@db.invalid:x/库", "postgresql://bob:SECRET@db.invalid/kepu/../../x",
        "postgresql://bob:@SECRET:x@db.invalid:1x/kepu", "postgresql://bob:////SECRET@db.invalid:1x/kepu", "x+y://bob:SECRET@db.invalid", "jdbc:postgresql://bob:SECRET@db.invalid:x/kepu",
    )
)  # fmt: skip


def attacks() -> Iterator[Attack]:
    """Yield all attacks of databases."""
    for at, address in enumerate(ADDRESSES):
        told = address.replace(SECRET, "…")
        yield Attack(told, "batch", partial(_addressed, address, "batch"), REFUSED)
        if at % 5 == 0:
            for door in ("check", "rollup", "--against", "--expected"):
                yield Attack(told, door, partial(_addressed, address, door))
    rows = "INSERT INTO communities VALUES ('000101', '试验社区', '2025', '开头。');"
    table = "CREATE TABLE communities (code, name, period, opening);"
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
    for told, script in (
        (
            "a view that never ends",
            f"CREATE VIEW communities AS {endless} SELECT x AS code, x AS name, 2025 AS period, 'a' AS opening FROM n WHERE x < 0;",
        ),
        (
            "a view of 4,000 rows of one code",
            f"CREATE VIEW communities AS {endless} SELECT 'c' AS code, 'n' AS name, 2025 AS period, 'a' AS opening FROM n LIMIT 4000;",
        ),
        (
            "a cell of 500 MB",
            "CREATE VIEW communities AS SELECT 'c' AS code, 'n' AS name, 2025 AS period, hex(zeroblob(250000000)) AS opening;",
        ),
        (
            "a view of a view of itself",
            "CREATE VIEW communities AS SELECT * FROM b; CREATE VIEW b AS SELECT * FROM communities;",
        ),
        (
            "a table of 2,000 columns",
            f"CREATE TABLE communities (code, name, period, opening, {', '.join(f'c{n}' for n in range(1_990))});"
            + rows.replace(");", ", " + ", ".join("1" * 1_990) + ");"),
        ),
        ("5,000 tables", table + rows + "".join(f"CREATE TABLE t{n} (a);" for n in range(5_000))),
        ("blobs", table + "INSERT INTO communities VALUES (x'00ff', x'ff', 2025, x'1b5b324a');"),
        ("broken texts", table + "INSERT INTO communities VALUES ('c', CAST(x'ff8081' AS TEXT), 2025, 'a');"),
        (
            "numbers as large as can be",
            table + "INSERT INTO communities VALUES (9223372036854775807, 1e999, -1e999, 1e-320);",
        ),
        ("a table named with quotes", table + rows + 'CREATE TABLE "a""; DROP TABLE communities; --" (a);'),
        (
            "a trigger",
            table + rows + "CREATE TRIGGER t AFTER INSERT ON communities BEGIN DELETE FROM communities; END;",
        ),
        (
            "a column twice",
            "CREATE VIEW communities AS SELECT 1 AS code, 2 AS 'CODE', 'n' AS name, 2025 AS period, 'a' AS opening;",
        ),
    ):
        yield Attack(told, "sqlite", partial(_database, script), good=GOOD if "ends" in told or "500" in told else ())
    for told, text in ESCAPES.items():
        quoted = text.replace('"', '""').replace("'", "''")
        yield Attack(
            f"a column named with {told}",
            "sqlite",
            partial(
                _database,
                f'CREATE TABLE communities (code, name, period, opening, "{quoted}");' + rows.replace(");", ", 1);"),
            ),
        )
        yield Attack(
            f"a table named with {told}",
            "sqlite",
            partial(
                _database,
                table
                + rows
                + f'CREATE TABLE "training{quoted}" (code, a); CREATE TABLE "training" (code, "{quoted}");',
            ),
        )
        yield Attack(
            f"a cell with {told}",
            "sqlite",
            partial(
                _database, table + f"INSERT INTO communities VALUES ('{quoted}', '{quoted}', '{quoted}', '{quoted}');"
            ),
        )
    for told, data in (
        ("noise", os.urandom(9_000)),
        ("an empty file", b""),
        ("a head alone", b"SQLite format 3\0"),
        ("zeros", b"\0" * 9_000),
        ("pages that go round", b"SQLite format 3\0\x10\0\1\1\0\x40\x20\x20" + b"\0" * 76 + b"\5" + b"\0" * 4_000),
    ):
        yield Attack(told, "sqlite", partial(_file, data))
    for address in (
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///d",
        "sqlite:////dev/zero",
        "sqlite:////etc/passwd",
        "sqlite:///pipe",
        "sqlite:///none/none.db",
        "sqlite:///../home/canary.txt",
        "sqlite:///file:new.db?mode=rwc&uri=true",
        "sqlite:///a.db?timeout=x",
        "sqlite:///a.db?cached_statements=-1",
        "sqlite:///a.db?check_same_thread=none",
        "sqlite:///a.db?isolation_level=EXCLUSIVE",
    ):
        yield Attack(address, "sqlite", partial(_odd, address))


def _addressed(address: str, door: str, folder: Path) -> Sequence[str]:
    beside = good(folder)
    return {
        "batch": ["batch", address, "-o", "out", "-f", "txt", "-q"],
        "check": ["check", address],
        "rollup": ["rollup", address, "-o", "out", "--name", "试验区"],
        "--against": ["check", beside, "--against", address],
        "--expected": ["rollup", beside, "-o", "out", "--name", "试验区", "--expected", address],
    }[door]


def _database(script: str, folder: Path) -> Sequence[str]:
    base = sqlite3.connect(folder / "a.db")
    base.executescript(script)
    base.commit()
    base.close()
    return ["batch", "sqlite:///a.db", good(folder), "-o", "out", "-f", "txt", "-q", "-j", "1"]


def _file(data: bytes, folder: Path) -> Sequence[str]:
    lay(folder, "a.db", data)
    return ["batch", "sqlite:///a.db", "-o", "out", "-f", "txt", "-q", "-j", "1"]


def _odd(address: str, folder: Path) -> Sequence[str]:
    (folder / "d").mkdir()
    os.mkfifo(folder / "pipe")
    base = sqlite3.connect(folder / "a.db")
    base.execute("CREATE TABLE communities (code, name, period, opening)")
    base.close()
    return ["batch", address, "-o", "out", "-f", "txt", "-q", "-j", "1"]
