"""No secret in an address is shown: compared with SQLAlchemy's own parsing, also where that fails."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
import sqlalchemy
from hypothesis import assume, example, given
from hypothesis import strategies as st

from kepu_docs.batch import render_batch
from kepu_docs.contract.sources import RecordForm, SourceRecord
from kepu_docs.errors import Fault, KepuError, Message, Place, SourceError
from kepu_docs.errors.addresses import is_address, scrubbed, shown_address, shown_location, without_secrets
from kepu_docs.pipeline import default_engine
from kepu_docs.pipeline.locations import locations, records
from kepu_sources.tables.databases import Databases

# Signs of addresses, and others that cannot stand in the texts of ours by chance.
SIGNS = ":/@?&=;#%+ '\"\\[]{}.-_~!$*(),|<>^`试验密码é\t"
secrets = st.text(st.sampled_from(SIGNS + "QZXJ0279"), min_size=4, max_size=24).filter(
    lambda secret: len(set("QZXJ") & set(secret)) > 1 and secret.strip() == secret
)
SCHEMES = ("postgresql", "mysql+pymysql", "mssql+pyodbc", "oracle", "PostgreSQL")
PORTS = ("", ":5432", ":54a2", ":port", ":-1", ":99999999")


def pieces(secret: str) -> Iterator[str]:
    """Yield what of a secret must not be told: it as a whole, and any four of its characters in a row."""
    for form in (secret, quote(secret, safe=""), quote_plus(secret), repr(secret)[1:-1]):
        yield from (form[at : at + 4] for at in range(len(form) - 3) if len(set("QZXJ") & set(form[at : at + 4])) > 1)


def assert_untold(text: str, secret: str) -> None:
    for piece in pieces(secret):
        assert piece not in text


@given(st.sampled_from(SCHEMES), secrets, st.sampled_from(PORTS), st.booleans())
@example("postgresql", "huQn/teZr2", "", False)
@example("postgresql", "huQn@teZr2", ":54a2", False)
@example("postgresql", "huQn?teZr2", "", False)
@example("postgresql", "QZXJ://QZXJ", "", False)
def test_passwords(scheme: str, secret: str, port: str, escaped: bool) -> None:
    address = f"{scheme}://bob:{quote(secret, safe='') if escaped else secret}@db.example{port}/facts"
    shown = shown_address(address)
    assert_untold(shown, secret)
    assert shown_address(shown) == shown
    assert_untold(error_of(address), secret)
    assert_untold(str(Message.of("there is no format “{it}”", it=address)), secret)
    assert_untold(str(Place(address, field="x")), secret)
    if escaped and port in ("", ":5432"):
        url = sqlalchemy.make_url(address)
        assert url.password == secret
        assert shown.startswith(f"{scheme}://***@{url.host}{port}/{url.database}#")


@given(st.sampled_from(SCHEMES), st.sampled_from(["password", "PWD", "odbc_connect", "sslkey", "x", ""]), secrets)
def test_values_of_a_query(scheme: str, key: str, secret: str) -> None:
    for value in (secret, quote_plus(secret), quote_plus(f"DRIVER={{a}};SERVER=s;UID=bob;PWD={secret}")):
        address = f"{scheme}://db.example/facts?charset=utf8&{key}={value}"
        assert_untold(shown_address(address), secret)
        assert_untold(error_of(address), secret)
    for address in (f"{scheme}://db.example/facts?{secret}", f"{scheme}:///?{key}={secret}"):
        assert_untold(shown_address(address), secret)


@given(
    st.sampled_from(["postgresql:", "postgresql:/", " postgresql://", "postgresql：//", "postgresql;//", "db+:// "]),
    secrets,
)
def test_texts_that_are_hardly_addresses(begin: str, secret: str) -> None:
    address = f"{begin}bob:{secret}@db.example/facts"
    assert is_address(address)
    assert_untold(shown_location(address), secret)
    assert_untold(str(Place(address)), secret)
    assert_untold(error_of(address), secret)


@given(secrets, st.sampled_from(["{0}", "“{0}”", "{0!r}", "cannot connect to postgresql://bob:{0}@h: no", "x\n{0}\n"]))
def test_texts_of_drivers(secret: str, text: str) -> None:
    for given_, written in ((secret, secret), (quote(secret, safe=""), secret), (quote(secret, safe=""),) * 2):
        address = f"postgresql://bob:{given_}@db.example/facts"
        assert_untold(scrubbed(text.format(written), address), secret)
        assert_untold(scrubbed(text.format(address), address), secret)


def error_of(address: str) -> str:
    """Return the error that reading an address ends in."""
    faults: list[Fault] = []
    try:
        source = locations(default_engine(), [address])
        list(records(default_engine(), source, faults))
    except KepuError as error:
        faults += error.faults
    assert faults
    return "\n".join(map(str, faults))


class _DriverError(Exception):
    pass


@given(secrets)
def test_drivers_that_repeat_what_they_were_given(secret: str) -> None:
    assume(secret)
    address = f"postgresql://bob:{quote(secret, safe='')}@db.example/facts?password={quote_plus(secret)}"

    def fail(url: sqlalchemy.URL) -> None:
        told = f"{url.password} {url.query!r} {url.render_as_string(hide_password=False)}"
        raise sqlalchemy.exc.OperationalError("select", {}, _DriverError(told))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sqlalchemy.create_engine", fail)
        with pytest.raises(SourceError) as caught:
            list(
                Databases().records(
                    address, RecordForm(default_engine().registry.model, default_engine().languages.vocabulary)
                )
            )
    assert_untold(str(caught.value), secret)


def test_strangers_sources_are_scrubbed() -> None:
    class Source:
        suffixes = ()
        schemes = ("postgresql",)

        def records(self, location: str, form: RecordForm) -> Iterator[SourceRecord]:
            fault = Fault(Place(location), "bad {it}", (("it", f"login bob/QQ-hunter2 of {location}"),))
            yield SourceRecord(location, {}, faults=(fault,), warnings=(fault,))
            raise RuntimeError(location)

    address = "postgresql://bob:QQ-hunter2@db.example/facts"
    found = [each._replace(source=Source()) for each in locations(default_engine(), [address])]
    faults: list[Fault] = []
    (record,) = (record for _, record in records(default_engine(), found, faults))
    told = [record.name, *map(str, (*record.faults, *record.warnings, *faults))]
    assert len(told) == 4
    assert not [text for text in told if "hunter2" in text]
    assert record.faults[0].message == "bad login ***/*** of postgresql://***@db.example/facts#9fe0ad17"


@pytest.mark.filterwarnings("ignore:Query string")
def test_the_manifest_tells_databases_apart_and_no_secret(tmp_path: Path) -> None:
    different = [
        "postgresql://bob:one@db.example/facts",
        "postgresql://eve:one@db.example/facts",
        "postgresql://bob:one@db.example/others",
        "postgresql://bob:one@other.example/facts",
        "postgresql://bob:one@db.example:5433/facts",
        "postgresql:///facts?host=a",
        "postgresql:///facts?host=b",
        "mssql+pyodbc:///?odbc_connect=DRIVER%3Dx%3BSERVER%3Da%3BPWD%3Done",
        "mssql+pyodbc:///?odbc_connect=DRIVER%3Dx%3BSERVER%3Db%3BPWD%3Done",
        "sqlite:///a.db",
        "sqlite:///b.db",
    ]
    shown = [shown_address(address) for address in different]
    assert len(set(shown)) == len(different)
    # A hash of a password would be one more place to guess it from: it counts for nothing.
    assert [shown_address(address.replace("one", "two-QZ")) for address in different] == shown
    database = tmp_path / "facts.db"
    with sqlalchemy.create_engine(f"sqlite:///{database}").begin() as connection:
        connection.execute(sqlalchemy.text("create table communities (name text, period text)"))
        connection.execute(sqlalchemy.text("insert into communities values ('试验社区', '2025'), ('试验社区', 'x')"))
    report = render_batch(f"sqlite:///{database}?timeout=5&password=hunter2", tmp_path / "out", formats=["md"], jobs=1)
    written = "".join(
        path.read_bytes().decode("utf-8", "replace") for path in (tmp_path / "out").rglob("*") if path.is_file()
    )
    assert report.failed
    assert "hunter2" not in written + str(report.source_faults)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("sqlite:///facts.db", "sqlite:///facts.db"),
        ("sqlite:////home/a@b/facts.db?mode=ro", "sqlite:////home/a@b/facts.db?mode=ro"),
        ("sqlite:///C:\\facts\\a.db", "sqlite:///C:\\facts\\a.db"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
        ("postgresql://db.example:5432/facts", "postgresql://db.example:5432/facts"),
        ("postgresql://[::1]:5432/facts", "postgresql://[::1]:5432/facts"),
        ("mysql://db.example/社区?charset=utf8mb4", "mysql://db.example/社区?charset=utf8mb4"),
        ("postgresql://bob:hun/ter2@h/facts", "postgresql://***@h/facts#9fe0ad17"),
        ("postgresql://bob:hunter2@h:54a2/facts", "postgresql://***"),
        ("mssql://h/facts;PWD=hunter2", "mssql://***"),
        ("mysql://h/facts?charset=hunter2;PWD=hunter2", "mysql://h/facts?***"),
    ],
)
def test_what_is_shown(address: str, shown: str) -> None:
    assert shown_address(address) == shown
    assert shown_address(shown) == shown


@pytest.mark.parametrize(
    "name", ["a@b.yaml", "C:\\a@b.yaml", "dir//a@b.yaml", "甲:a@b.yaml", "a b.csv", "-", "2025:x.csv"]
)
def test_files_are_no_addresses(name: str) -> None:
    assert shown_location(name) == name
    assert str(Place(name)) == name


def test_ordinary_texts_stay() -> None:
    for text in ("见 https://mp.weixin.qq.com/@kepu?id=1", "https://x.example:8080/@a", "a@b.example", "http://x/?q=1"):
        assert without_secrets(text) == text
    assert without_secrets("https://bob:hunter2@x.example/a b@c") == "https://***@x.example/a b@c"
    assert without_secrets("db://h/x?password=hunter2&a=1") == "db://h/x?password=***&a=1"
