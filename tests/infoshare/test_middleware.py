"""What every request passes through: strict text, sign-in first, nothing stored."""

import io
import re
from typing import Any
from urllib.parse import quote

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import FileResponse, HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from infoshare.middleware import Compress, read_on
from infoshare.strict_text import Fault, fault
from tests.cast import Cast

pytestmark = pytest.mark.urls("tests.infoshare.toy_pages")
FORM = "application/x-www-form-urlencoded"
EDGE = "edge-of-a-part"


def parts(*fields: tuple[str, bytes], more: str = "") -> bytes:
    """A multipart body of these names and values, with `more` headers in each part."""
    found = b""
    for name, value in fields:
        head = f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n{more}\r\n'
        found += head.encode() + value + b"\r\n"
    return found + f"--{EDGE}--\r\n".encode()


def post(body: bytes, kind: str = FORM, address: str = "/toy/exempt/") -> Any:
    return Client().generic("POST", address, body, content_type=kind)


def shown(response: Any) -> list[str]:
    """The texts of the page's text areas."""
    found = re.findall(r"<textarea[^>]*>(.*?)</textarea>", response.content.decode(), re.DOTALL)
    return [text.replace("&#13;", "\r").replace("&#10;", "\n") for text in found]


@pytest.mark.parametrize("text", ["a b", "caf\u00e9 👩‍👧 \u202e", "\ufffd as typed", "100% of it"])
def test_good_text_goes_through(text: str) -> None:
    for body in (b"reason=" + quote(text).encode(), b"reason=" + text.encode()):
        assert post(body).content.decode() == text
    multipart = f"multipart/form-data; boundary={EDGE}"
    assert post(parts(("reason", text.encode())), multipart).content.decode() == text


@pytest.mark.parametrize(
    "bad", ["%FF", "%ED%A0%80", "%C0%80", "%C3", "caf%E9", "%F4%90%80%80"], ids=str
)
def test_what_is_not_utf8_is_refused_and_handed_back(bad: str) -> None:
    response = post(f"reason=my+words+{bad}&name=x%C3%A9+y".encode())
    assert response.status_code == 400
    reason, name = shown(response)
    assert reason.startswith("my words ")
    assert "\ufffd" in reason
    assert name == "xé y"


def test_raw_bytes_that_are_not_utf8_are_refused() -> None:
    assert post(b"reason=my words \xff").status_code == 400


def test_a_bad_name_of_a_field_is_refused_too() -> None:
    assert post(b"na%FFme=my+words").status_code == 400


def test_parts_that_are_not_utf8_are_refused_and_handed_back() -> None:
    response = post(parts(("reason", b"my words \xff")), f"multipart/form-data; boundary={EDGE}")
    assert response.status_code == 400
    assert shown(response) == ["my words \ufffd"]


def test_base64_cannot_hide_what_is_not_utf8() -> None:
    kind = f"multipart/form-data; boundary={EDGE}"
    coding = "Content-Transfer-Encoding: base64\r\n"
    assert post(parts(("reason", b"bXkgd29yZHM="), more=coding), kind).content == b"my words"
    assert post(parts(("reason", b"bXkgd29yZHMg/w=="), more=coding), kind).status_code == 400


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "utf-16", "no-such-set", "zip"])
@pytest.mark.parametrize("kind", [FORM, f"multipart/form-data; boundary={EDGE}"])
def test_another_charset_is_refused_and_the_words_are_handed_back(charset: str, kind: str) -> None:
    body = b"reason=my+words" if kind is FORM else parts(("reason", b"my words"))
    response = post(body, f"{kind}; charset={charset}")
    assert response.status_code == 400
    assert "another character set" in response.content.decode()
    if charset != "utf-16":
        assert shown(response) == ["my words"]


def test_latin_1_is_handed_back_as_it_was_meant() -> None:
    assert shown(post(b"reason=un+caf%E9", f"{FORM}; charset=iso-8859-1")) == ["un café"]


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "utf8", '"utf-8"'])
def test_utf8_by_any_of_its_names_is_taken(charset: str) -> None:
    assert post(b"reason=a+b", f"{FORM}; charset={charset}").content == b"a b"


def test_an_address_that_is_not_utf8_is_refused() -> None:
    assert Client().get("/help/?q=%FF").status_code == 400
    assert Client().get("/help/?q=%C3%A9").status_code == 200


def test_too_many_fields_are_refused() -> None:
    response = post(b"reason=my+words" + b"&a=1" * 500)
    assert response.status_code == 400
    assert shown(response) == ["my words"]
    multipart = parts(*[("reason", b"my words")] * 501)
    response = post(multipart, f"multipart/form-data; boundary={EDGE}")
    assert response.status_code == 400
    assert "my words" in shown(response)[0]


@pytest.mark.parametrize("kind", ["multipart/form-data", f"multipart/form-data; boundary={EDGE}"])
def test_a_broken_body_is_refused_and_handed_back_as_it_is(kind: str) -> None:
    response = post(b"my words, but no parts", kind)
    assert response.status_code == 400
    assert "my words, but no parts" in shown(response)[0]


def cut_off(body: bytes, length: int) -> WSGIRequest:
    """A request whose sender stopped after `body`, having announced `length` bytes."""
    environ = RequestFactory().post("/", body, content_type=FORM).environ
    return WSGIRequest({**environ, "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(length)})


def test_a_body_that_was_cut_off_is_refused() -> None:
    assert fault(cut_off(b"reason=my+words", 15)) is None
    assert fault(cut_off(b"reason=my+words", 16)) is Fault.BROKEN


def test_a_page_that_is_too_long_is_refused() -> None:
    response = post(b"reason=" + b"x" * (5 * 1024 * 1024))
    assert response.status_code == 413
    assert "Back button" in response.content.decode()


def test_the_longest_page_that_fits_goes_through(settings: Any) -> None:
    text = "é" * 10_000
    assert post(b"reason=" + quote(text).encode()).content.decode() == text


def test_what_is_left_of_a_long_body_is_read() -> None:
    stream = io.BytesIO(b"x" * 200_000)
    environ = {
        **RequestFactory().post("/").environ,
        "wsgi.input": stream,
        "CONTENT_LENGTH": "200000",
    }
    read_on(WSGIRequest(environ))
    assert stream.tell() == 200_000


def test_reading_for_faults_takes_no_database(rf: RequestFactory) -> None:
    request: HttpRequest = rf.generic("POST", "/", b"reason=%FF", content_type=FORM)
    assert fault(request) is Fault.NOT_UTF8


def test_no_page_is_stored() -> None:
    for address in ("/help/", "/nowhere/", "/toy/form/"):
        assert Client().get(address)["Cache-Control"] == "no-store"
    assert post(b"reason=%FF")["Cache-Control"] == "no-store"


def test_a_visitor_is_sent_to_sign_in_and_back_again() -> None:
    response = Client().get("/toy/echo/?page=2")
    assert response.status_code == 302
    assert response["Location"] == "/sign-in/?next=/toy/echo/%3Fpage%3D2"


def test_a_visitor_who_sends_words_gets_them_back() -> None:
    response = Client().post("/toy/echo/?page=2", {"reason": "my\r\nwords", "answer": "not-sure"})
    html = response.content.decode()
    assert response.status_code == 401
    assert shown(response) == ["my\r\nwords"]
    assert '<form method="post" action="/toy/echo/?page=2"' in html
    assert '<input type="hidden" name="answer" value="not-sure">' in html
    assert 'href="/sign-in/"' in html


def test_words_sent_after_the_session_ended_can_be_sent_again(cast: Cast, settings: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/sign-in/")
    held = {"csrfmiddlewaretoken": client.cookies[settings.CSRF_COOKIE_NAME].value}
    refused = client.post("/toy/echo/", {"reason": "my words", **held})
    assert refused.status_code == 401
    client.force_login(cast.priya)
    again = client.post("/toy/echo/", {"reason": "my words", **token_in(refused)})
    assert again.content == b"my words"


def test_a_script_is_told_where_to_go_next() -> None:
    sent = {"answer": "no", "reason": "my words"}
    plain = Client().post("/toy/form/", sent)
    assert (plain.status_code, plain["Location"]) == (302, "/help/")
    followed = Client().post("/toy/form/", sent, headers={"InfoShare-Save": "1"})
    assert (followed.status_code, followed["InfoShare-Go"]) == (204, "/help/")
    assert "Location" not in followed


def token_in(response: Any) -> dict[str, str]:
    """The CSRF token of the form that sends the words again."""
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.content.decode())
    assert found
    return {"csrfmiddlewaretoken": found[1]}


def test_pages_are_compressed_and_a_zip_goes_as_it_is_with_its_length() -> None:
    asked = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    page = Compress(lambda request: HttpResponse("words " * 200))(asked)
    assert page["Content-Encoding"] == "gzip"
    file = io.BytesIO(bytes(5_000))
    zipped = Compress(lambda request: FileResponse(file, content_type="application/zip"))(asked)
    assert "Content-Encoding" not in zipped
    assert zipped["Content-Length"] == "5000"
