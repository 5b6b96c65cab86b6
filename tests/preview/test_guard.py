"""Which requests are accepted, and what the responses allow a browser to do."""

from pathlib import Path

import pytest

from kepu_docs.preview.state import State
from tests.preview.asking import HOST, RECORD, ask, state_of


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> State:
    record = tmp_path_factory.mktemp("preview") / "record.yaml"
    record.write_text(RECORD, encoding="utf-8")
    return state_of(record)


def test_the_owner_of_the_address_is_let_in(state: State) -> None:
    page = ask(state)
    assert page.status == 200
    assert "试验社区" in page.text
    assert ask(state, origin=f"http://{HOST}", sec_fetch_site="same-origin").status == 200
    assert ask(state, host="localhost:8765", sec_fetch_site="none").status == 200


@pytest.mark.parametrize("token", ["", "a-toke", "a-token2", "A-TOKEN", "%61-tokem", "试"])
def test_another_token_is_refused(token: str, state: State) -> None:
    assert ask(state, token=token).status in (403, 404)
    assert "试验社区" not in ask(state, token=token).text


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "attacker.example"},
        {"host": "attacker.example:8765"},
        {"host": "127.0.0.1"},
        {"host": "127.0.0.1:80"},
        {"host": "127.0.0.1:8765.attacker.example"},
        {"host": ""},
        {"origin": "https://attacker.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
    ids=str,
)
def test_another_host_or_origin_is_refused(headers: dict[str, str], state: State) -> None:
    for path in ("", "events", "download/txt", "preview.js"):
        page = ask(state, path, **headers)
        assert page.status == 403
        assert "试验社区" not in page.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_nothing_can_be_changed(method: str, state: State) -> None:
    assert ask(state, method=method).status == 405


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/record.yaml",
        "record.yaml",
        "preview.py",
        "page.html",
        "paper/..%2f..%2frecord.yaml",
        "paper/0",
        "paper/",
        "paper/0/../../preview.js/../record.yaml",
        "download/..%2frecord.yaml",
        "download/xyz",
        "preview.js/..",
        "//etc/passwd",
    ],
)
def test_no_file_is_served(path: str, state: State) -> None:
    page = ask(state, path)
    assert page.status in (403, 404)
    assert "试验社区" not in page.text
    assert "root:" not in page.text


def test_what_answers_say_to_a_browser(state: State) -> None:
    for page in (ask(state), ask(state, token="wrong"), ask(state, "preview.css"), ask(state, "none")):
        headers = page.headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "'unsafe" not in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in headers


def test_a_paper_runs_nothing(state: State, tmp_path: Path) -> None:
    (digest, *_) = state.view({}).paper.digests  # type: ignore[union-attr]
    page = ask(state, f"paper/{digest}")
    assert page.status == 200
    policy = page.headers["content-security-policy"]
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "script-src" not in policy
    assert ask(state, f"paper/{digest}/0").status == 404
