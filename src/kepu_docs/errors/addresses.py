"""Addresses of databases and similar, shown without their secrets.

Only parts that are known to be harmless are shown, rather than everything except the known secrets: an address that
cannot be parsed with certainty is shown as its scheme alone.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote, quote_plus, unquote, unquote_plus

MASK: Final = "***"
SHORTEST_SECRET: Final = 3
"""In characters: shorter pieces of an address are not looked for in the messages of drivers, since they occur in any
word. Everything between :// and the last @ is masked there, however short it is."""

_HARMLESS_KEYS: Final = frozenset({
    "application_name", "autocommit", "cache", "charset", "client_encoding", "collation", "connect_timeout", "driver",
    "encoding", "immutable", "mode", "sslmode", "timeout", "uri", "use_unicode",
})  # fmt: skip
"""Keys whose values are settings; the values of all other keys are masked, and so are their names."""
_DISTINGUISHING_KEYS: Final = frozenset({
    "data source", "database", "db", "dbname", "dsn", "filedsn", "host", "hostaddr", "initial catalog", "port",
    "schema", "search_path", "server", "service_name", "sid", "uid", "unix_socket", "user", "user id",
})  # fmt: skip
"""Keys whose values distinguish databases and are not secret; they are hashed, not shown."""
_FILES: Final = "sqlite"

# The full-width colon of a Chinese keyboard counts too.
_scheme = re.compile(r"\s*([A-Za-z][A-Za-z0-9+._-]*)\s*[:：]")
_authority = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[\w.-]*)(?::[0-9]{1,5})?")
_database = re.compile(r"[\w. $/-]*")
_file = re.compile(r":memory:|(?:/?[A-Za-z]:|file:)?[^:?;=&|#'\"]*")
_setting = re.compile(r"[\w. /+-]{1,40}")
_name = re.compile(r"[\w.%-]{1,64}")
_pair = re.compile(r"(?<![^;{}])([^=;{}]++)=(\{(?:[^}]|\}\}){0,200}+\}|[^;{}]*+)(?:;|$)")

_shown_before = re.compile(r"//((?:\*\*\*@)?[^@*]*(?:\*\*\*)?)(#[0-9a-f]{8})")

_WEB: Final = r"(?:https?|wss?|ftp)"
_web_login = re.compile(rf"{_WEB}://(?!\*\*\*@)(?=[^/?#@]*@|[^/?#@:]*:(?![0-9]+[/?#]))", re.IGNORECASE)
_login_of_others = re.compile(
    rf"\b(?!{_WEB}:|(?:sqlite[\w+]{{0,40}}+|file):///)[A-Za-z][\w+.-]{{0,60}}+://(?!\*\*\*@)", re.IGNORECASE
)
_named_secret = re.compile(
    r"((?:password|passwd|passphrase|pwd|secret|token|odbc_connect|api_?key)(?:=|%3D))(?:\{[^}]*+\}?|[^&;\s]+)",
    re.IGNORECASE,
)


def is_address(text: str) -> bool:
    """Return whether a text is an address, or was meant to be one, rather than a file name."""
    if "@" in text.partition("//")[2].partition(":")[2] or "://" in text:
        return True
    found = _scheme.match(text)
    # C:\a@b is a file name on Windows.
    return found is not None and len(found[1]) > 1 and ("@" in text[found.end() :] or text.startswith("/", found.end()))


def shown_address(address: str) -> str:
    """Return an address without its secrets: user, password, and all of its query except harmless settings.

    If something that distinguishes databases had to be removed (a user, a server in the query), a short hash of just
    that follows at the end. A password, or what might be one, is not hashed: it could be guessed from a hash in a file.
    """
    found = _scheme.match(address)
    if found is None:
        return MASK
    scheme, rest = found[1], address[found.end() :]
    if not rest.startswith("//"):
        return f"{scheme}:{MASK}"
    # An address that has already been masked is not changed.
    whole = _shown_before.fullmatch(rest)
    rest = whole[1] if whole else rest[2:]
    known = _known(scheme, rest)
    if known is None:
        return f"{scheme}://{MASK}"
    return f"{scheme}://{known}{whole[2] if whole else _sum(_distinguishing(rest))}"


def printable_path(path: object) -> str:
    """Return a path fit for a message: bytes of a file name that are not UTF-8 are written as escapes."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


def shown_location(location: str) -> str:
    """Return a location fit to be shown: an address without its secrets, a file as :func:`printable_path` does."""
    return printable_path(shown_address(location) if is_address(location) else location)


def without_secrets(text: str) -> str:
    """Return any text, such as the message of another library, with the secrets in its addresses masked."""
    if "://" not in text:
        return text
    lines = (_masked_line(line) if "@" in line else line for line in text.split("\n"))
    return _named_secret.sub(lambda found: found[1] + MASK, "\n".join(lines))


def scrubbed(text: str, address: str) -> str:
    """Return the message of a driver, or any other text about an ``address``, without the secrets of that address."""
    if not is_address(address):
        return text
    whole = text.split(address)
    for secret in _secrets(address):
        whole = [part.replace(secret, MASK) for part in whole]
    return without_secrets(shown_address(address).join(whole))


def _masked_line(line: str) -> str:
    """Mask all text before the last @: of the line, since passwords may hold anything; of the word in web addresses."""
    last = line.rfind("@")
    found = _login_of_others.search(line, 0, last)
    if found:
        return f"{line[: found.end()]}{MASK}{line[last:]}"
    return re.sub(r"\S+", _masked_word, line)


def _masked_word(found: re.Match[str]) -> str:
    word = found[0]
    last = word.rfind("@")
    login = _web_login.search(word, 0, last + 1)
    return f"{word[: login.end()]}{MASK}{word[last:]}" if login else word


def _known(scheme: str, rest: str) -> str | None:
    """Return what may be shown after the scheme, or an empty text if the address cannot be parsed with certainty."""
    before, _, query = rest.partition("?")
    if before.startswith("/") or not before:
        user, place = "", before
    elif "@" in query:
        return None  # a password with a question mark, or a query with an @: ambiguous
    else:
        user, _, place = before.rpartition("@")
    authority, _, path = place.partition("/")
    allowed = _file if scheme.lower().startswith(_FILES) else _database
    if not _authority.fullmatch(authority) or not all(allowed.fullmatch(each) for each in (path, unquote(path))):
        return None
    login = f"{MASK}@" if user or before.startswith("@") else ""
    return f"{login}{place}" + (f"?{_query(query)}" if query else "")


def _query(query: str) -> str:
    parts = query.split("&")
    kept = []
    for part in parts:
        key, _, value = part.partition("=")
        if key.lower() in _HARMLESS_KEYS and _setting.fullmatch(unquote_plus(value)):
            kept.append(part)
    return "&".join(kept if len(kept) == len(parts) else [*kept, MASK])


def _distinguishing(rest: str) -> Iterator[str]:
    """Yield the parts that distinguish databases and are neither shown nor secret."""
    before, _, query = rest.partition("?")
    if "@" in before and not before.startswith("/"):
        user = before.rpartition("@")[0].partition(":")[0]
        if _name.fullmatch(user):
            yield f"user={unquote(user)}"
    for part in query.split("&"):
        key, value = map(unquote_plus, part.partition("=")[::2])
        if key.lower() in _DISTINGUISHING_KEYS:
            yield f"{key.lower()}={value}"
        elif key.lower() == "odbc_connect" and not _pair.sub("", value):
            for name, setting in _pair.findall(value):
                if name.strip().lower() in _DISTINGUISHING_KEYS:
                    yield f"{name.strip().lower()}={setting.strip()}"


def _sum(distinguishing: Iterator[str]) -> str:
    text = "\n".join(sorted(distinguishing))
    return "#" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8] if text else ""


def _secrets(address: str) -> list[str]:
    """Return what must not be shown of an address, in all forms in which other programs write it, the longest first."""
    found = _scheme.match(address)
    scheme, rest = (found[1], address[found.end() :].lstrip("/")) if found else ("", address)
    pieces: set[str] = set()
    user, at, _ = rest.rpartition("@")
    if at:
        pieces |= {user, user.partition(":")[2], *re.split("[:@/?]", user)}
    if _known(scheme, rest) is None:
        pieces |= {rest, *re.split("[:@/?&;=]", rest)}  # cannot be parsed
    for part in rest.partition("?")[2].split("&"):
        key, equals, value = part.partition("=")
        if not equals or key.lower() not in _HARMLESS_KEYS:
            pieces |= {value or key, *re.split("[@/?]", value)}
            pieces |= {value.strip(" {}") for _, value in _pair.findall(unquote_plus(value))}
    forms: set[str] = set()
    for piece in pieces:
        for form in {piece, unquote(piece), unquote_plus(piece)}:
            whole = form.encode("utf-8", "surrogatepass")
            forms |= {form, quote(whole, safe=""), quote(whole), quote_plus(whole)}
            forms |= {repr(form)[1:-1], ascii(form)[1:-1], repr(whole)[2:-1]}
    return sorted((form for form in forms if len(form) >= SHORTEST_SECRET), key=len, reverse=True)
