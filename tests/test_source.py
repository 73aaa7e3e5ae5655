"""Sources: what may be fetched, servers with every fault, pages in every encoding, the folder of texts."""

from __future__ import annotations

import gzip
import ipaddress
import json
import socket
import ssl
import subprocess
import sys
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from faulty_server import Asked, Site, serving
from pactgraph.cli import main
from pactgraph.errors import AddressRefused, BadInput, ExtraMissing, FetchFailed, PageFault, UsageError
from pactgraph.passage import read
from pactgraph.source import (
    DateBasis,
    Fetcher,
    Limits,
    Page,
    card,
    drift,
    fetch,
    keep,
    kept,
    name_of,
    read_page,
    source_name,
)
from pactgraph.source import extras as extras_room
from pactgraph.source.address import check, forbidden
from pactgraph.source.encoding import decode
from pactgraph.source.memento import find_archived
from pactgraph.source.page import Fetched, language_tag

TITLE = "Ruritania and Borduria sign a ten-year pact"
PARAGRAPHS = (
    "Ruritania and Borduria signed a pact on mutual help in Zenda on Monday, the palace said in the evening.",
    "The document runs for ten years, and either side may give notice of its end a year before that day.",
    "Parliament in Strelsau will look at it in June, and the speaker expects a clear majority of the members.",
)
HEAD = (
    f'<title>{TITLE} | The Courier</title><meta property="og:title" content="{TITLE}">'
    '<meta property="og:site_name" content="The Courier">'
)
NOW = datetime(2024, 6, 1, 12, 0, tzinfo=UTC)
SMALL = Limits(connect=2, read=1, total=3, size=200_000, tries=3)


def html(body: str = "", head: str = HEAD, paragraphs: tuple[str, ...] = PARAGRAPHS, lang: str = "en") -> str:
    told = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>{TITLE}</h1>{body}{told}</article><footer>All rights are ours</footer></body></html>"
    )


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def now(self) -> datetime:
        return NOW + timedelta(seconds=sum(self.slept))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fetcher(clock: Clock) -> Fetcher:
    return Fetcher(SMALL, allow_loopback=True, sleep=clock.slept.append, now=clock.now)


# Which addresses may be fetched

CLOSED = (
    "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.168.0.0/16 "
    "198.18.0.0/15 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32"
).split()
INNER = st.sampled_from(CLOSED).flatmap(lambda network: st.ip_addresses(v=4, network=network))


def notations(ip: ipaddress.IPv4Address) -> list[str]:
    """The ways in which one address is written."""
    number, (a, b, c, d) = int(ip), ip.packed
    return [
        str(ip),
        f"{ip}.",
        str(number),
        hex(number),
        f"0{number:o}",
        f"{a}.{number & 0xFFFFFF}",
        f"{a}.{b}.{number & 0xFFFF}",
        f"0{a:o}.0{b:o}.0{c:o}.0{d:o}",
        f"0x{a:x}.0x{b:x}.{c}.{d}",
        f"{a:03}.{b:03}.{c:03}.{d:03}",
        f"[::ffff:{ip}]",
        f"[::ffff:{number >> 16:x}:{number & 0xFFFF:x}]",
        f"[64:ff9b::{ip}]",
        f"[::{ip}]",
        f"[2002:{number >> 16:x}:{number & 0xFFFF:x}::1]",
        str(ip).translate(str.maketrans("0123456789.", "０１２３４５６７８９。")),
        f"%{ord(str(ip)[0]):x}{str(ip)[1:]}",
    ]


@given(INNER, st.data())
def test_no_notation_of_an_inner_address_gets_through(ip: ipaddress.IPv4Address, data: Any) -> None:
    host = data.draw(st.sampled_from(notations(ip)))
    with pytest.raises(AddressRefused):
        check(f"http://{host}/page")


@given(st.ip_addresses(v=6))
def test_of_ipv6_only_public_unicast_gets_through(ip: ipaddress.IPv6Address) -> None:
    wrapped = ip.ipv4_mapped or ip in ipaddress.ip_network("64:ff9b::/96")
    inner = ip.is_private or ip.is_link_local or ip.is_multicast or ip.is_reserved or not ip.is_global
    assert wrapped or not inner or forbidden(str(ip), 443)


@given(st.ip_addresses(v=4))
def test_of_ipv4_what_python_knows_as_inner_is_forbidden(ip: ipaddress.IPv4Address) -> None:
    inner = ip.is_private or ip.is_multicast or ip.is_reserved or not ip.is_global
    assert not inner or forbidden(str(ip), 443)
    assert bool(forbidden(str(ip), 443)) == bool(forbidden(f"::ffff:{ip}", 443))


@pytest.mark.parametrize(
    ("ip", "kind"),
    [
        ("10.1.2.3", "private"),
        ("127.9.9.9", "loopback"),
        ("::1", "loopback"),
        ("169.254.169.254", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("fd00:ec2::254", "private"),
        ("168.63.129.16", "metadata"),
        ("100.100.100.200", "private"),
        ("192.0.0.192", "reserved"),
        ("224.0.0.1", "multicast"),
        ("ff02::1", "multicast"),
        ("255.255.255.255", "reserved"),
        ("0.0.0.0", "unspecified"),
        ("::", "unspecified"),
        ("2002:a00:1::1", "tunnelled"),
        ("2001:0:a00:1::1", "reserved"),
        ("64:ff9b::10.0.0.1", "private"),
        ("fec0::1", "reserved"),
    ],
)
def test_a_forbidden_address_is_named_by_its_kind(ip: str, kind: str) -> None:
    told = forbidden(ip, 443)
    assert told is not None and kind in told and ip in told


@pytest.mark.parametrize(
    "ip", ["1.1.1.1", "8.8.8.8", "2606:4700::1111", "64:ff9b::1.1.1.1", "99.255.255.255"]
)
def test_a_public_address_may_be_asked_at_the_ports_of_the_web(ip: str) -> None:
    assert forbidden(ip, 80) is None and forbidden(ip, 443) is None
    assert "port 22" in (forbidden(ip, 22) or "")
    assert forbidden(ip, 8080, allow_loopback=True) is not None


def test_loopback_is_allowed_only_when_asked_and_nothing_else_is_then() -> None:
    for ip in ("127.0.0.1", "::1", "::ffff:127.0.0.1"):
        assert forbidden(ip, 5000) and forbidden(ip, 5000, allow_loopback=True) is None
    for ip in ("10.0.0.1", "0.0.0.0", "169.254.169.254", "fe80::1"):
        assert forbidden(ip, 80, allow_loopback=True)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("example.org/a", "https:// in front"),
        ("", "only http and https"),
        ("http://", "not a web address"),
        ("https:///path", "not a web address"),
        ("http://[::1", "not a web address"),
        ("http://user:secret@example.org/", "user and password"),
        ("http://user@example.org/", "user and password"),
        ("http://example.org:22/", "port 22"),
        ("http://example.org:99999/", "web address|port"),
        ("http://example.org:port/", "web address|port"),
        ("http://exa mple.org/", "control character"),
        ("http://example.org\\@10.0.0.1/", "backslash"),
        ("http://example.org/a\r\nHost: b", "control character"),
        (f"http://{'a' * 70}.org/", "not a web address"),
        ("http://*.example.org/", "not a web address"),
        ("http://localhost.:8000/", "port 8000"),
    ],
)
def test_what_is_no_address_of_a_public_page_is_refused_with_its_reason(url: str, reason: str) -> None:
    with pytest.raises(AddressRefused, match=reason) as refused:
        check(url)
    assert refused.value.exit_code == 3
    assert "secret" not in str(refused.value)


def test_an_address_is_encoded_and_loses_its_fragment() -> None:
    assert check(" HTTPS://Bücher.example/größe?q=ä#:~:text=x\n") == (
        "https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe?q=%C3%A4"
    )
    assert check("http://example.org:80") == "http://example.org:80/"


@given(st.text(max_size=40))
@example("http://[v1.x]/")
@example("http://a:b:c/")
@example("//example.org")
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for url in (text, f"http://{text}", f"https://example.org/{text}"):
        with suppress(AddressRefused):
            assert check(check(url)) == check(url)


# Names are resolved once, and what they resolve to is what is connected to


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What names resolve to; each call is noted under `asked`."""
    known: dict[str, list[str]] = {"asked": []}

    def resolve(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        known["asked"].append(host)
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in known[host]]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return known


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Addresses that a connection was tried to; none of them is reached."""
    found: list[Any] = []

    def dial(sock: socket.socket, place: Any, seconds: float) -> socket.socket:
        found.append(place)
        sock.close()
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr("pactgraph.source.connecting._dial", dial)
    return found


@pytest.mark.parametrize("ips", [["10.0.0.1"], ["93.184.215.14", "10.0.0.1"], ["169.254.169.254"]])
def test_a_name_that_leads_inside_is_not_connected_to(
    names: dict[str, list[str]], dialled: list[Any], ips: list[str], clock: Clock
) -> None:
    names["trap.example"] = ips
    with pytest.raises(AddressRefused, match="private|link-local"):
        Fetcher(SMALL, sleep=clock.slept.append).fetch("https://trap.example/page")
    assert dialled == [] and clock.slept == []


def test_loopback_is_refused_unless_it_is_asked_for(site: Site) -> None:
    with pytest.raises(AddressRefused, match="port|loopback"):
        fetch(site.page("/a", html()))
    for url in ("http://127.0.0.1/a", "http://localhost/a"):
        with pytest.raises(AddressRefused, match="a loopback address\n  Give --allow-loopback"):
            fetch(url)
    assert site.asked == []


def test_a_name_is_resolved_once_for_each_connection(
    names: dict[str, list[str]], dialled: list[Any], clock: Clock
) -> None:
    names["example.org"] = ["93.184.215.14"]
    with pytest.raises(FetchFailed, match=r"robots\.txt: nobody answers: Connection refused"):
        Fetcher(SMALL, sleep=clock.slept.append).fetch("https://example.org/page")
    assert dialled == [("93.184.215.14", 443)] and names["asked"] == ["example.org"]


def test_every_address_of_a_name_is_tried(site: Site, names: dict[str, list[str]], fetcher: Fetcher) -> None:
    names["courier.example"] = ["127.0.0.2", "127.0.0.1"]
    site.page("/a", html())
    page = fetcher.fetch(f"http://courier.example:{site.port}/a")
    assert page.title == TITLE and site.headers["Host"] == f"courier.example:{site.port}"


def test_a_name_that_is_none_is_told_at_once(
    names: dict[str, list[str]], clock: Clock, fetcher: Fetcher
) -> None:
    with pytest.raises(FetchFailed, match="no such name"):
        fetcher.fetch("https://nowhere.example/")
    assert clock.slept == []


def test_proxies_and_passwords_of_the_environment_are_not_used(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetcher.fetch(site.page("/a", html())).title == TITLE
    assert "Authorization" not in site.headers


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    key, cert = file.with_name("key.pem"), file.with_name("cert.pem")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=courier.example"
    names = ["-addext", "subjectAltName=DNS:courier.example", "-keyout", key, "-out", cert]
    try:
        subprocess.run([*command.split(), *names], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("openssl makes no certificate here")
    file.write_bytes(key.read_bytes() + cert.read_bytes())
    return file


def test_https_keeps_the_name_though_it_connects_to_the_checked_address(
    certificate: Path, names: dict[str, list[str]], fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    said: list[str | None] = []
    context.sni_callback = lambda _, name, __: said.append(name)
    names["courier.example"] = names["other.example"] = ["127.0.0.1"]
    with serving(context) as secure:
        secure.page("/a", html())
        with pytest.raises(FetchFailed, match="certificate is not to be trusted: .*self.signed"):
            fetcher.fetch(f"https://courier.example:{secure.port}/a")
        monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(certificate))
        page = fetcher.fetch(f"https://courier.example:{secure.port}/a")
        with pytest.raises(FetchFailed, match="certificate"):
            fetcher.fetch(f"https://other.example:{secure.port}/a")
    assert page.title == TITLE and secure.headers["Host"] == f"courier.example:{secure.port}"
    assert "courier.example" in said


# Redirects


def test_redirects_are_followed_and_the_last_address_is_told(site: Site, fetcher: Fetcher) -> None:
    site.move("/a", "b?x=1", 301)
    site.move("/b", site("/dir/c#part"), 307)
    site.page("/dir/c", html())
    page = fetcher.fetch(site("/a"))
    assert page.fetched and (page.fetched.url, page.fetched.final_url) == (site("/a"), site("/dir/c"))
    assert page.address == site("/dir/c")


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://10.0.0.1/", "redirects to http://10.0.0.1/: 10.0.0.1 is a private"),
        ("//169.254.169.254/latest", "link-local"),
        ("http://2852039166/", "odd way"),
        ("file:///etc/passwd", "redirects to file:///etc/passwd: only http"),
        ("http://me:pw@127.0.0.1/", "user and password"),
        ("http://[::ffff:10.0.0.1]/", "private"),
        ("http://[", "redirects to"),
    ],
)
def test_a_redirect_is_checked_like_any_address(
    site: Site, fetcher: Fetcher, location: str, reason: str
) -> None:
    site.move("/a", location)
    with pytest.raises(AddressRefused, match=reason.replace("[", r"\[")) as refused:
        fetcher.fetch(site("/a"))
    assert refused.value.where == site("/a")
    assert site.asked == ["/a"]


def test_a_redirect_to_a_name_that_leads_inside_is_refused(
    site: Site, fetcher: Fetcher, names: dict[str, list[str]]
) -> None:
    names["127.0.0.1"], names["trap.example"] = ["127.0.0.1"], ["192.168.0.7"]
    site.move("/a", "http://trap.example/")
    with pytest.raises(AddressRefused, match=r"192\.168\.0\.7 is a private"):
        fetcher.fetch(site("/a"))


def test_redirects_in_a_circle_and_without_end_are_left(site: Site, fetcher: Fetcher) -> None:
    site.move("/a", "/b")
    site.move("/b", "/a")
    with pytest.raises(FetchFailed, match="in a circle"):
        fetcher.fetch(site("/a"))
    for nth in range(20):
        site.move(f"/{nth}", f"/{nth + 1}")
    with pytest.raises(FetchFailed, match="more than 8 times"):
        fetcher.fetch(site("/0"))
    assert "/8" in site.asked and "/9" not in site.asked


def test_as_many_redirects_as_allowed_are_followed(site: Site, fetcher: Fetcher) -> None:
    for nth in range(SMALL.redirects):
        site.move(f"/{nth}", f"/{nth + 1}")
    site.page(f"/{SMALL.redirects}", html())
    assert fetcher.fetch(site("/0")).title == TITLE


def test_a_location_in_utf_8_and_a_move_without_one(site: Site, fetcher: Fetcher) -> None:
    site.move("/a", "/größe".encode().decode("latin-1"))
    site.page("/gr%C3%B6%C3%9Fe", html())
    assert fetcher.fetch(site("/a")).title == TITLE
    with pytest.raises(FetchFailed, match="302 Found"):
        fetcher.fetch(site.page("/b", b"", 302))


# robots.txt


def test_robots_txt_is_asked_once_and_obeyed(site: Site, fetcher: Fetcher) -> None:
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: pactgraph\nDisallow: /private/*.html$\nAllow: /private/open.html$\n"
    site.page("/robots.txt", rules, content_type="text/plain")
    site.page("/a", html())
    site.page("/private/open.html", html())
    assert fetcher.fetch(site("/a")).title == TITLE
    assert fetcher.fetch(site("/private/open.html")).title == TITLE
    with pytest.raises(AddressRefused, match=r"robots\.txt forbids"):
        fetcher.fetch(site("/private/x.html"))
    asked = [path for path, _ in site._server.asked]
    assert asked.count("/robots.txt") == 1 and "/private/x.html" not in asked


def test_robots_txt_holds_for_redirects_too(site: Site, fetcher: Fetcher) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /b")
    site.move("/a", "/b")
    with pytest.raises(AddressRefused, match="forbids") as refused:
        fetcher.fetch(site("/a"))
    assert refused.value.where == site("/b") and site.asked == ["/a"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_site_without_rules_allows_all(site: Site, fetcher: Fetcher, status: int) -> None:
    site.page("/robots.txt", "Disallow: /", status)
    assert fetcher.fetch(site.page("/a", html())).title == TITLE


@pytest.mark.parametrize("status", [429, 500, 503, 204])
def test_a_site_whose_rules_cannot_be_had_is_not_read_for_now(
    site: Site, fetcher: Fetcher, status: int
) -> None:
    site.page("/robots.txt", "", status)
    site.page("/a", html())
    with pytest.raises(FetchFailed, match=f"cannot be known.*{status}"):
        fetcher.fetch(site("/a"))
    assert site.asked == []


def test_rules_may_be_moved_but_not_inside(site: Site, fetcher: Fetcher) -> None:
    site.page("/a", html())
    site.move("/robots.txt", "/rules")
    site.page("/rules", "User-agent: *\nDisallow: /a")
    with pytest.raises(AddressRefused, match="forbids"):
        fetcher.fetch(site("/a"))
    site.move("/robots.txt", "http://10.0.0.1/robots.txt")
    with pytest.raises(AddressRefused, match="private"):
        Fetcher(SMALL, allow_loopback=True).fetch(site("/a"))


def test_of_rules_without_end_the_beginning_is_read(site: Site, fetcher: Fetcher) -> None:
    def endless(asked: Asked) -> None:
        asked.begin(200, {"content-type": "text/plain"})
        asked.wfile.write(b"User-agent: *\nDisallow: /a\n")
        while True:
            asked.wfile.write(b"# filler\n" * 1000)

    site.page("/a", html())
    site.routes["/robots.txt"] = endless
    with pytest.raises(AddressRefused, match="forbids"):
        fetcher.fetch(site("/a"))


# Servers with faults


def test_the_program_says_who_it_is(site: Site, fetcher: Fetcher) -> None:
    fetcher.fetch(site.page("/a", html()))
    assert site.headers["User-Agent"].startswith("pactgraph/") and "https://" in site.headers["User-Agent"]
    assert "br" not in site.headers["Accept-Encoding"] and site.headers["Connection"] == "close"


@pytest.mark.parametrize(
    ("status", "told", "hint"),
    [
        (404, "404 Not Found", "browser"),
        (403, "403 Forbidden", "browser"),
        (451, "451", "browser"),
        (500, "500 Internal", "later"),
        (204, "204 No Content", "browser"),
        (304, "304", "browser"),
        (599, "599", "later"),
    ],
)
def test_an_answer_that_is_no_page_is_told(
    site: Site, fetcher: Fetcher, status: int, told: str, hint: str
) -> None:
    with pytest.raises(FetchFailed, match=told) as failed:
        fetcher.fetch(site.page("/a", b"", status))
    assert hint in str(failed.value) and failed.value.where == site("/a") and failed.value.exit_code == 3


def busy(status: int = 429, **headers: str) -> Callable[[Asked], None]:
    return lambda asked: asked.answer(b"busy", status, **headers)


def well(asked: Asked) -> None:
    asked.answer(html().encode())


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again_after_a_growing_while(
    site: Site, fetcher: Fetcher, clock: Clock, status: int
) -> None:
    url = site.one_after_another("/a", busy(status), busy(status), well)
    assert fetcher.fetch(url).title == TITLE
    assert clock.slept == [1.0, 2.0] and len(site.asked) == 3


def test_a_busy_server_is_not_asked_for_ever(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    with pytest.raises(FetchFailed, match="429 Too Many"):
        fetcher.fetch(site.one_after_another("/a", busy()))
    assert len(site.asked) == SMALL.tries and clock.slept == [1.0, 2.0]


def test_other_errors_are_not_asked_again(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    with pytest.raises(FetchFailed):
        fetcher.fetch(site.page("/a", b"", 404, retry_after="5"))
    assert len(site.asked) == 1 and clock.slept == []


@pytest.mark.parametrize(
    ("asked", "waited"),
    [
        ("7", 7.0),
        ("0", 0.0),
        ("Sat, 01 Jun 2024 12:00:30 GMT", 30.0),
        ("Sat, 01 Jun 2024 11:00:00 GMT", 0.0),
        ("soon", 1.0),
        ("-5", 1.0),
        ("٣", 1.0),
        ("Sat, 99 Foo 2024", 1.0),
    ],
)
def test_the_server_says_how_long_to_wait(
    site: Site, fetcher: Fetcher, clock: Clock, asked: str, waited: float
) -> None:
    told = asked.encode().decode("latin-1")
    assert fetcher.fetch(site.one_after_another("/a", busy(503, retry_after=told), well)).title == TITLE
    assert clock.slept == [waited]


@pytest.mark.parametrize("asked", ["61", "9" * 400, "Sun, 02 Jun 2024 12:00:00 GMT"])
def test_a_server_that_asks_to_wait_too_long_is_left(
    site: Site, fetcher: Fetcher, clock: Clock, asked: str
) -> None:
    with pytest.raises(FetchFailed, match="asks to wait"):
        fetcher.fetch(site.one_after_another("/a", busy(429, retry_after=asked), well))
    assert clock.slept == []


def test_a_silent_server_is_asked_again_and_then_left(site: Site, clock: Clock) -> None:
    quick = replace(SMALL, read=0.1)
    site.routes["/robots.txt"] = lambda asked: asked.answer(b"", 404)
    site.routes["/a"] = lambda asked: time.sleep(0.3)
    fetcher = Fetcher(quick, allow_loopback=True, sleep=clock.slept.append)
    with pytest.raises(FetchFailed, match="does not answer in time"):
        fetcher.fetch(site("/a"))
    assert clock.slept == [1.0, 2.0]


def dripping(head: bytes, drop: bytes) -> Callable[[Asked], None]:
    def drip(asked: Asked) -> None:
        asked.wfile.write(head)
        while True:
            asked.wfile.write(drop)
            asked.wfile.flush()
            time.sleep(0.02)

    return drip


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"x"),
        (b"", b"H"),
    ],
    ids=["body", "chunks", "one chunk", "header", "status"],
)
def test_a_drip_ends_at_the_limit_of_the_whole(site: Site, clock: Clock, head: bytes, drop: bytes) -> None:
    slow = replace(SMALL, total=0.4)
    site.routes["/a"] = dripping(head, drop)
    began = time.monotonic()
    with pytest.raises(FetchFailed, match=r"longer than 0\.4 seconds"):
        Fetcher(slow, allow_loopback=True, sleep=clock.slept.append).fetch(site("/a"))
    assert time.monotonic() - began < 2 and clock.slept == []


def test_a_body_without_end_is_left_at_the_limit(site: Site, fetcher: Fetcher) -> None:
    def endless(asked: Asked) -> None:
        asked.begin(200, {"content-type": "text/html"})
        while True:
            asked.wfile.write(b"<p>more" * 1000)

    site.routes["/a"] = endless
    with pytest.raises(FetchFailed, match="larger than 200,000 bytes"):
        fetcher.fetch(site("/a"))


def test_the_body_of_a_redirect_is_not_read(site: Site, fetcher: Fetcher) -> None:
    def moved(asked: Asked) -> None:
        asked.begin(302, {"content-type": "text/html", "location": "/b"})
        while True:
            asked.wfile.write(b"moved" * 1000)

    site.routes["/a"] = moved
    site.page("/b", html())
    began = time.monotonic()
    assert fetcher.fetch(site("/a")).title == TITLE
    assert time.monotonic() - began < 1


def bomb(encoding: str, size: int, *, chunked: bool = False) -> Callable[[Asked], None]:
    plain = b" " * size
    packed = gzip.compress(plain) if "gzip" in encoding else zlib.compress(plain)
    if encoding == "gzip, gzip":
        packed = gzip.compress(packed)

    def answer(asked: Asked) -> None:
        headers = {"content-type": "text/html", "content-encoding": encoding}
        if not chunked:
            asked.begin(200, headers)
            asked.wfile.write(packed)
            return
        asked.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n")
        asked.wfile.write("".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode())
        asked.wfile.write(f"\r\n{len(packed):x}\r\n".encode() + packed + b"\r\n0\r\n\r\n")

    return answer


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "gzip, gzip"])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_bomb_is_noticed_before_it_goes_off(
    site: Site, fetcher: Fetcher, encoding: str, chunked: bool
) -> None:
    site.page("/warm", html())
    fetcher.fetch(site("/warm"))
    site.routes["/a"] = bomb(encoding, 60_000_000, chunked=chunked)
    tracemalloc.start()
    try:
        with pytest.raises(FetchFailed, match="larger than"):
            fetcher.fetch(site("/a"))
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_compressed_page_is_read(site: Site, fetcher: Fetcher, encoding: str) -> None:
    packed = gzip.compress(html().encode()) if encoding == "gzip" else zlib.compress(html().encode())
    assert fetcher.fetch(site.page("/a", packed, content_encoding=encoding)).title == TITLE


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, br"])
def test_a_compression_that_was_not_asked_for_is_refused(site: Site, fetcher: Fetcher, encoding: str) -> None:
    with pytest.raises(FetchFailed, match="compressed as"):
        fetcher.fetch(site.page("/a", b"\x0b\x02\x80", content_encoding=encoding))


def test_what_is_broken_on_the_way_is_told(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    with pytest.raises(FetchFailed, match="cannot be decompressed"):
        fetcher.fetch(site.page("/a", b"no gzip at all", content_encoding="gzip"))
    assert clock.slept == []
    with pytest.raises(FetchFailed, match="connection broke"):
        fetcher.fetch(site.page("/b", html(), content_length="1000000"))
    site.routes["/c"] = lambda asked: asked.wfile.write(b"garbage\r\n\r\n")
    with pytest.raises(FetchFailed, match="connection broke"):
        fetcher.fetch(site("/c"))
    assert clock.slept == [1.0, 2.0] * 2


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/json", "video/mp4; a=b"])
def test_another_kind_of_answer_is_refused_unread(site: Site, fetcher: Fetcher, kind: str) -> None:
    with pytest.raises(FetchFailed, match=f"it is {kind.partition(';')[0]}, not a page"):
        fetcher.fetch(site.page("/a", b"%PDF-1.7", content_type=kind))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"%PDF-1.7 \x00\x01", "a PDF"),
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"<html><body><p>One\x00two</p>" + b"words " * 100, "NUL"),
        (b"PK\x03\x04....", "ZIP"),
        (bytes(range(1, 32)) * 50, "control characters"),
        (b"<html><head><title>x</title></head><body></body></html>", "no article"),
        (b"<!-- -->", "no article"),
    ],
)
def test_a_page_without_text_is_told(site: Site, fetcher: Fetcher, body: bytes, reason: str) -> None:
    with pytest.raises(PageFault, match=reason) as fault:
        fetcher.fetch(site.page("/a", body))
    assert fault.value.where == site("/a") and fault.value.exit_code == 3


def test_plain_text_is_a_page(site: Site, fetcher: Fetcher) -> None:
    url = site.page(
        "/a.txt", "A head\r\n\r\nA <b>line\r\n", content_type="text/plain", content_language="de-AT"
    )
    page = fetcher.fetch(url)
    assert page.text.normal == "A head\n\nA <b>line\n"
    assert (page.title, page.language) == (None, "de-AT")


def test_a_page_without_a_declared_kind_is_read(site: Site, fetcher: Fetcher) -> None:
    assert fetcher.fetch(site.page("/a", html(), content_type="")).title == TITLE
    assert fetcher.fetch(site.page("/b", html(), content_type="text/plain")).title == TITLE


# Encodings

UMLAUTS = (
    "Der König von Ruritanien, Rudolf Graf Öttinger, grüßte am Montag die Gäste aus Böhmen und Mähren.",
) * 4


@pytest.mark.parametrize(
    ("encoding", "header", "meta"),
    [
        ("utf-8", "text/html", ""),
        ("utf-8", "text/html; charset=iso-8859-1", ""),
        ("utf-8", "text/html; charset=utf-8", '<meta charset="windows-1251">'),
        ("utf-8", "text/html; charset=no-such-thing", ""),
        ("utf-8", "text/html; charset=zlib", ""),
        ("latin-1", "text/html; charset=iso-8859-1", ""),
        ("latin-1", "text/html; charset=utf-8", ""),
        ("cp1252", "text/html", '<meta charset="windows-1252">'),
        ("cp1252", "text/html", '<meta http-equiv="Content-Type" content="text/html; charset=latin1">'),
        ("cp1252", "text/html", '<meta charset="utf-16">'),
        ("cp1252", "text/html", ""),
        ("utf-16", "text/html", ""),
        ("utf-16-le", "text/html; charset=utf-16le", ""),
        ("utf-8-sig", "text/html; charset=latin-1", ""),
    ],
)
def test_a_page_is_decoded_though_its_encoding_is_wrong_or_missing(
    site: Site, fetcher: Fetcher, encoding: str, header: str, meta: str
) -> None:
    body = html(head=HEAD + meta, paragraphs=UMLAUTS).encode(encoding)
    assert UMLAUTS[0] in fetcher.fetch(site.page("/a", body, content_type=header)).text.normal


@pytest.mark.parametrize("declared", ["utf-16", "utf-7", "unicode_escape", "punycode", "zlib", "nonsense"])
@pytest.mark.parametrize("end", [b"", b"."])
def test_a_declared_encoding_that_the_web_has_not_is_passed_over(declared: str, end: bytes) -> None:
    plain = b"+ADw-a \\u0041 \\x42" + end
    assert decode(plain, declared) == decode(plain) == plain.decode()


def test_the_control_letters_of_latin_1_are_quotes_as_browsers_have_it() -> None:
    assert decode(b"\x93word\x94", "iso-8859-1") == "“word”"


@given(
    st.binary(max_size=300),
    st.sampled_from([None, "utf-8", "utf-7", "idna", "unicode_escape", "big5", "x" * 50]),
)
def test_any_bytes_are_text_or_told_to_be_none(data: bytes, declared: str | None) -> None:
    try:
        text = decode(data, declared)
    except PageFault as fault:
        assert fault.message
    else:
        assert "\0" not in text and text.encode().decode() == text


@given(st.text(min_size=1).filter(lambda text: text.strip() and "\0" not in text))
def test_utf_8_is_read_as_it_is(text: str) -> None:
    try:
        found = decode(text.encode())
    except PageFault as fault:
        assert "binary" in fault.message or "empty" in fault.message or "it is a" in fault.message
    else:
        assert found == text.removeprefix("\ufeff")


# From a page to its text


def lines(body: str = "", head: str = HEAD, **options: Any) -> list[str]:
    return read_page(html(body, head, **options).encode()).text.normal.splitlines()


def test_the_text_is_the_article_line_by_line_with_the_headline_first() -> None:
    assert lines() == [TITLE, *PARAGRAPHS]


def test_a_headline_that_stands_only_in_the_head_comes_first() -> None:
    page = html().replace(f"<h1>{TITLE}</h1>", "")
    assert read_page(page.encode()).text.normal.splitlines() == [TITLE, *PARAGRAPHS]


def test_captions_lists_quotes_and_rows_are_lines_of_their_own() -> None:
    body = (
        '<figure><img src="a.jpg" alt="x"><figcaption>The kings in\n Zenda, 10 March 2023.</figcaption></figure>'
        f"<p>{PARAGRAPHS[0]}<br>A line after a break, which is part of the same paragraph.</p>"
        "<ul><li>1.2 billion crowns</li><li>500 officers</li></ul>"
        "<blockquote><p>We stand together.</p></blockquote>"
        "<table><tr><th>Year</th><th>Sum</th></tr><tr><td>2024</td><td>1.2 billion</td></tr></table>"
    )
    found = lines(body)
    assert found[:2] == [TITLE, "The kings in Zenda, 10 March 2023."]
    for line in (
        PARAGRAPHS[0],
        "A line after a break, which is part of the same paragraph.",
        "1.2 billion crowns",
        "500 officers",
        "We stand together.",
        "Year Sum",
        "2024 1.2 billion",
    ):
        assert line in found


def test_neither_navigation_nor_footer_is_text() -> None:
    assert not {"Home", "All rights are ours"} & set(lines())


def test_comments_of_the_markup_are_no_text_and_no_fault() -> None:
    body = "<!-- a --><ul><li><!-- b -->One<!-- c --> crown</li><!-- d --></ul><?php e ?>"
    assert "One crown" in lines(body) and not {"a", "b", "c", "d", "e"} & set(lines(body))


@pytest.mark.parametrize("room", ["trafilatura.extract_metadata", "trafilatura.bare_extraction"])
def test_what_the_extractor_stumbles_over_is_told_as_a_fault_of_the_page(
    room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: Any, **__: Any) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(room, stumble)
    with pytest.raises(PageFault, match="no article"):
        read_page(html().encode())


def test_a_date_that_cannot_be_looked_for_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: Any, **__: Any) -> None:
        raise ValueError("no date")

    monkeypatch.setattr("htmldate.find_date", stumble)
    page = read_page(html(head=HEAD + PUBLISHED).encode())
    assert (page.title, page.published, page.basis) == (TITLE, None, None)


@pytest.mark.parametrize(
    "signs", ["\x1b[2J", "&#27;[1m", "&#xFFFF;", "\uffff", "&#x1F;", "&#0;", "\x0c", "&#11;", "\x9b1m"]
)
def test_what_a_terminal_would_obey_and_no_tree_can_hold_is_left_out(signs: str) -> None:
    caption = f"<figure><figcaption>In {signs}Zenda</figcaption></figure>"
    page = read_page(html(caption).replace(TITLE, f"{TITLE}{signs}").encode())
    assert not {"\x1b", "\x9b", "\x1f", "\x0c", "\x0b", "\uffff"} & set(page.text.normal + str(page.title))
    assert page.text.normal.splitlines()[0].startswith(TITLE) and PARAGRAPHS[2] in page.text.normal


def test_the_text_is_in_normal_form() -> None:
    decomposed = PARAGRAPHS[0].replace("palace", "Ko\u0308nig")
    page = read_page(html(paragraphs=(decomposed, *PARAGRAPHS[1:])).encode())
    assert "König" in page.text.normal and page.text.normal.endswith("\n")


def test_what_a_page_says_of_itself_is_read() -> None:
    head = HEAD + (
        '<link rel="canonical" href="https://courier.example/2024/05/27/pact/#top">'
        '<meta name="author" content="Rudolf Rassendyll; Antoinette de Mauban">'
    )
    page = read_page(html(head=head, lang="en-gb").encode())
    assert (page.title, page.publisher, page.language) == (TITLE, "The Courier", "en-GB")
    assert page.authors == ("Rudolf Rassendyll", "Antoinette de Mauban")
    assert page.canonical == page.address == "https://courier.example/2024/05/27/pact/"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://10.0.0.1/x", "//", "not an address"])
def test_an_address_that_a_page_gives_itself_is_checked(address: str) -> None:
    assert read_page(html(head=f'<link rel="canonical" href="{address}">').encode()).canonical is None


@pytest.mark.parametrize(
    ("given", "tag"),
    [
        ("en", "en"),
        ("en_US", "en-US"),
        ("pt-br", "pt-BR"),
        ("sr-Latn-RS", "sr-Latn"),
        ("UKR", "ukr"),
        ("de, en", "de"),
        ("english", None),
        ("", None),
        (None, None),
        ("x", None),
    ],
)
def test_a_language_tag_has_one_form(given: str | None, tag: str | None) -> None:
    assert language_tag(given) == tag


LD = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-05-27T23:10:00+02:00"}</script>'
PUBLISHED = '<meta property="article:published_time" content="2024-05-28T01:00:00Z">'
MODIFIED = '<meta property="article:modified_time" content="2024-05-30T01:00:00Z">'
TIME = '<header><time datetime="2024-05-26">26 May</time></header>'
FEED = '<aside><article><time datetime="2025-01-02">2 January</time></article></aside>'


@pytest.mark.parametrize(
    ("head", "body", "path", "date", "basis"),
    [
        (PUBLISHED, TIME, "/2024/05/25/a", "2024-05-28", DateBasis.MARKUP),
        (LD, TIME, "/2024/05/25/a", "2024-05-27", DateBasis.MARKUP),
        (MODIFIED + PUBLISHED, "", "/a", "2024-05-28", DateBasis.MARKUP),
        (MODIFIED, TIME, "/2024/05/25/a", "2024-05-25", DateBasis.ADDRESS),
        (MODIFIED, TIME, "/a", "2024-05-26", DateBasis.BYLINE),
        ("", TIME + '<p><time datetime="2024-05-20">20 May</time></p>', "/a", "2024-05-26", DateBasis.BYLINE),
        ("", FEED + TIME, "/a", "2024-05-26", DateBasis.BYLINE),
        ("", "<p>Published on 24 May 2024</p>", "/a", "2024-05-24~", DateBasis.INFERRED),
        (
            '<meta property="article:published_time" content="2031-01-01">',
            TIME,
            "/a",
            "2024-05-26",
            DateBasis.BYLINE,
        ),
        ("", "", "/a", None, None),
    ],
    ids="meta ld+json not-modified address byline the-first not-the-feed guessed not-the-future unknown".split(),
)
def test_the_date_is_told_with_how_it_is_known(
    site: Site, fetcher: Fetcher, head: str, body: str, path: str, date: str | None, basis: DateBasis | None
) -> None:
    page = fetcher.fetch(site.page(path, html(body, head=HEAD + head)))
    assert (page.published.text if page.published else None, page.basis) == (date, basis)


def test_the_same_page_is_read_the_same_on_any_day() -> None:
    body = html(head=HEAD + '<meta name="date" content="2031-01-01">').encode()
    assert read_page(body) == read_page(body)
    assert str(read_page(body).published) == str(read_page(body).published) and read_page(body).published


# Files, and what hostile ones hold


def test_a_file_is_read_like_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(html(), encoding="utf-8")
    (tmp_path / "b.txt").write_text("\ufeffLine one\r\nLine two\r\n", encoding="utf-8")
    (tmp_path / "c").write_text(html(), encoding="utf-8")
    assert read_page(tmp_path / "a.html").title == read_page(str(tmp_path / "c")).title == TITLE
    assert read_page(tmp_path / "b.txt").text.normal == "Line one\nLine two\n"
    assert read_page(tmp_path / "b.txt").text.sha256 == read(tmp_path / "b.txt").sha256
    with pytest.raises(FileNotFoundError):
        read_page(tmp_path / "none.txt")


def test_a_file_without_end_is_left_at_the_limit() -> None:
    with pytest.raises(PageFault, match="larger than 10,000,000 bytes"):
        read_page("/dev/zero")


PARAGRAPH = f"<p>{PARAGRAPHS[0]}</p>"
HOSTILE = {
    "nested": ("<div>" * 1_000_000 + PARAGRAPH, "nested more than 200 deep"),
    "nested inline": ("<b><i>" * 500_000, "nested more than 200 deep"),
    "many elements": (PARAGRAPH + "<i>x</i>" * 60_000, "more than 20,000 elements"),
    "many comments": (PARAGRAPH + "<!---->" * 60_000, "more than 20,000 elements"),
    "many attributes": (f"<p {' '.join(f'a{n}=1' for n in range(200_000))}>x</p>", "1,000 attributes"),
    "many blocks": ("<div><div>word word</div></div>" * 9_900, None),
    "endless class": (f"<p class='{'author-' * 500_000}'>x</p>", "a class without end"),
    "only signs": ("<" * 1_000_000, None),
    "one long line": ("<p>" + "word " * 1_000_000, None),
    "one long word": ("<p>" + "x" * 5_000_000, None),
    "entities": ("<p>" + "&amp;" * 500_000, None),
    "deep json": (f'<script type="application/ld+json">{"[" * 100_000}</script>{PARAGRAPH * 5}', None),
    "long sentence": ("<p>" + "and so the pact of the two states " * 700 + ".</p>", None),
    "odd letters": ("<p>" + "\u202e👩‍👩‍👧 مرحبا \u200f" * 3_000, None),
}


@pytest.mark.parametrize(("body", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_is_refused_or_read_in_time(body: str, reason: str | None) -> None:
    began = time.monotonic()
    try:
        page = read_page(f"<!DOCTYPE html><html><body>{body}</body></html>".encode())
    except PageFault as fault:
        assert (reason or "no article") in fault.message
    else:
        assert reason is None and page.text.normal.strip()
    assert time.monotonic() - began < 20


TAGS = st.sampled_from(
    "p div b i table tr td ul li a script style head body figure figcaption svg time form".split()
)
MARKUP = st.lists(
    st.one_of(
        TAGS.map(lambda tag: f"<{tag}>"),
        TAGS.map(lambda tag: f"</{tag}>"),
        TAGS.map(lambda tag: f"<{tag} class='date' datetime='2024-13-45' href='http://[' content=x "),
        st.text(max_size=20),
        st.sampled_from(
            [
                "<!--",
                "-->",
                "<![CDATA[",
                "]]>",
                "&#0;",
                "&#xD800;",
                "<?xml",
                "<meta name=date content=",
                PARAGRAPH,
            ]
        ),
    ),
    max_size=30,
).map("".join)


@settings(deadline=None, max_examples=80)
@given(MARKUP)
def test_any_markup_is_read_or_told_to_have_no_article(markup: str) -> None:
    try:
        page = read_page(f"<html>{markup}".encode("utf-8", "ignore"))
    except PageFault as fault:
        assert fault.message
    else:
        assert page.text.normal.strip()


def test_without_the_extra_a_person_is_told_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def missing(name: str) -> Any:
        raise ModuleNotFoundError(f"No module named '{name}'")

    (tmp_path / "a.txt").write_text("A plain text needs nothing more.")
    monkeypatch.setattr(extras_room, "import_module", missing)
    with pytest.raises(ExtraMissing, match=r"pip install 'pactgraph\[extract\]'"):
        read_page(html().encode())
    assert main(["fetch", "https://example.org/", "--texts", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert "pip install" in told and "No module named" in told
    assert read_page(tmp_path / "a.txt").text.normal.startswith("A plain")


def test_reading_a_plain_text_imports_nothing_of_the_extra(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A plain text.")
    code = (
        "import sys; from pactgraph.source import read_page; read_page(sys.argv[1]);"
        "print(sorted({'trafilatura', 'htmldate', 'lxml', 'protego'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path / "a.txt"], capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


# The folder of texts


def test_a_page_is_kept_with_its_card(site: Site, fetcher: Fetcher, tmp_path: Path) -> None:
    body = html(head=HEAD + PUBLISHED)
    page = fetcher.fetch(
        site.page("/news/a-pact.html", body, etag='"v1"', last_modified="Mon, 27 May 2024 10:00:00 GMT")
    )
    path = keep(page, tmp_path / "texts")
    assert path.read_text(encoding="utf-8") == page.text.normal and read(path).sha256 == page.text.sha256
    told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert told["fetched"]["url"] == site("/news/a-pact.html")
    assert told["fetched"]["time"] == "2024-06-01T12:00:00+00:00"
    assert told["fetched"]["etag"] == '"v1"' and len(told["fetched"]["sha256"]) == 64
    assert (told["published"], told["basis"]) == ("2024-05-28", "Markup")
    assert told["text_sha256"] == page.text.sha256 and told == card(page)
    assert kept(tmp_path / "texts", path.stem) == page


def test_a_new_folder_hides_itself_from_git_and_an_old_one_stays_as_it_is(tmp_path: Path) -> None:
    page = read_page(b"Some words.")
    keep(page, tmp_path / "deep" / "texts", "one")
    assert (tmp_path / "deep" / "texts" / ".gitignore").read_text() == "*\n"
    keep(page, tmp_path, "one")
    assert not (tmp_path / ".gitignore").exists()


def test_a_name_is_made_from_the_address_and_is_one_of_a_source() -> None:
    one = name_of("https://www.courier.example/2024/05/27/A-Pact_is%20signed.html?page=1")
    assert one.startswith("courier-example-a-pact-is-signed-") and one == name_of(
        "https://www.courier.example/2024/05/27/A-Pact_is%20signed.html?page=1"
    )
    assert one != name_of("https://www.courier.example/2024/05/27/A-Pact_is%20signed.html?page=2")
    assert source_name(read_page(b"words")) == "text"
    assert name_of("/home/me/My Article.txt") == "my-article"


@given(st.text(max_size=200))
def test_any_address_gives_a_name_that_may_be_used(text: str) -> None:
    for address in (text, f"https://example.org/{text}"):
        try:
            name = name_of(address)
        except ValueError:
            continue
        assert name and all(letter in "abcdefghijklmnopqrstuvwxyz0123456789-" for letter in name)


@pytest.mark.parametrize("name", ["../up", "a/b", "A", "", "ä", "a.b", "x" * 200])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="small letters"):
        kept(tmp_path, name)
    if name:
        with pytest.raises(UsageError, match="small letters"):
            keep(read_page(b"words"), tmp_path, name)


def test_no_source_takes_the_place_of_another(site: Site, fetcher: Fetcher, tmp_path: Path) -> None:
    keep(fetcher.fetch(site.page("/a", html())), tmp_path, "one")
    with pytest.raises(UsageError, match="choose another"):
        keep(fetcher.fetch(site.page("/b", html())), tmp_path, "one")


def test_a_page_that_did_not_change_is_not_sent_again(
    site: Site, fetcher: Fetcher, tmp_path: Path, clock: Clock
) -> None:
    def answer(asked: Asked) -> None:
        if asked.headers.get("If-None-Match") == '"v1"':
            asked.begin(304, {})
        else:
            asked.answer(html().encode(), etag='"v1"', last_modified="Mon, 27 May 2024 10:00:00 GMT")

    site.routes["/a"] = answer
    keep(fetcher.fetch(site("/a")), tmp_path, "one")
    before = kept(tmp_path, "one")
    clock.slept.append(3600)
    after = fetcher.fetch(site("/a"), before)
    assert site.headers["If-Modified-Since"] == "Mon, 27 May 2024 10:00:00 GMT"
    assert before and before.fetched and after.fetched
    assert not drift(before, after) and after.text == before.text
    assert after.fetched.time - before.fetched.time == timedelta(hours=1)
    assert replace(after.fetched, time=before.fetched.time) == before.fetched


def test_conditions_are_only_for_the_place_where_the_page_was(site: Site, fetcher: Fetcher) -> None:
    site.move("/a", "/b")
    site.page("/b", html(), etag='"v1"')
    before = fetcher.fetch(site("/a"))
    fetcher.fetch(site("/a"), before)
    sent = {path: headers.get("If-None-Match") for path, headers in site._server.asked}
    assert sent["/a"] is None and sent["/b"] == '"v1"'


def test_a_page_that_changed_drifts_and_the_older_text_stays(
    site: Site, fetcher: Fetcher, tmp_path: Path
) -> None:
    url = site.page("/a", html())
    path = keep(fetcher.fetch(url), tmp_path, "one")
    older = path.read_text()
    before = kept(tmp_path, "one")
    site.page(
        "/a",
        html(paragraphs=(*PARAGRAPHS[:2], "A new last line, which is long enough to be taken for text.")),
    )
    after = fetcher.fetch(url, before)
    assert before is not None
    found = drift(before, after)
    assert found and found.gone == PARAGRAPHS[2:] and len(found.new) == 1
    keep(after, tmp_path, "one")
    texts = {file.read_text() for file in tmp_path.glob("*.txt")}
    assert texts == {older, after.text.normal} and path.read_text() == after.text.normal
    assert len(list(tmp_path.glob("*.json"))) == 2


def test_a_text_changed_by_hand_is_not_taken_for_the_page_and_not_lost(tmp_path: Path) -> None:
    page = read_page(b"As it was.")
    path = keep(page, tmp_path, "one")
    path.write_text("As I want it.")
    assert kept(tmp_path, "one") is None
    keep(page, tmp_path, "one")
    assert {file.read_text() for file in tmp_path.glob("*.txt")} == {"As it was.", "As I want it."}


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"text_sha256": 1}', '{"fetched": {"time": 1}}'])
def test_a_card_that_cannot_be_read_is_named(tmp_path: Path, content: str) -> None:
    path = keep(read_page(b"words"), tmp_path, "one")
    path.with_suffix(".json").write_text(content)
    with pytest.raises(BadInput, match="card") as fault:
        kept(tmp_path, "one")
    assert fault.value.where == path.with_suffix(".json")


def test_lines_are_compared_as_often_as_they_stand() -> None:
    before, after = read_page(b"a\nb\nb\n\nc\n"), read_page(b"c\nb\n\n\nd\n")
    found = drift(before, after)
    assert (found.gone, found.new) == (("a", "b"), ("d",))


# The archived address


def test_an_archive_is_asked_only_when_a_person_asks(site: Site, clock: Clock) -> None:
    url = site.page("/a", html())
    copy = "http://web.archive.org/web/20240601000000/http://127.0.0.1/a"
    told = {"archived_snapshots": {"closest": {"available": True, "url": copy, "status": "200"}}}
    site.page("/available", json.dumps(told), content_type="application/json")
    asking = Fetcher(SMALL, archive=site("/available?url="), allow_loopback=True, now=clock.now)
    page = asking.fetch(url)
    assert page.fetched and page.fetched.archived == copy.replace("http://web", "https://web")
    assert site.asked[-1] == f"/available?url={url.replace(':', '%3A').replace('/', '%2F')}"
    silent = Fetcher(SMALL, allow_loopback=True).fetch(url)
    assert silent.fetched and silent.fetched.archived is None and site.asked[-1] == "/a"


@pytest.mark.parametrize(
    "answer",
    [
        "{}",
        "[]",
        "not json",
        '{"archived_snapshots": {}}',
        '{"archived_snapshots": {"closest": {"available": false, "url": "https://web.archive.org/x"}}}',
        '{"archived_snapshots": {"closest": {"available": true, "url": 7}}}',
        '{"archived_snapshots": {"closest": {"available": true, "url": "javascript:x"}}}',
        "[" * 50_000,
    ],
)
def test_an_archive_that_has_nothing_is_no_fault(site: Site, fetcher: Fetcher, answer: str) -> None:
    site.page("/available", answer, content_type="application/json")
    assert find_archived("https://example.org/", fetcher._client, site("/available?url=")) is None


def test_an_archive_that_does_not_answer_is_no_fault(site: Site, fetcher: Fetcher) -> None:
    assert find_archived("https://example.org/", fetcher._client, site("/gone?url=")) is None
    assert find_archived("https://example.org/", fetcher._client, "http://10.0.0.1/?url=") is None


# The command


def test_the_command_fetches_keeps_and_tells(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = site.page(
        "/2024/05/27/a-pact", html(head=HEAD + '<meta name="author" content="Rudolf Rassendyll">')
    )
    arguments = [
        "fetch",
        url,
        "--texts",
        str(tmp_path / "texts"),
        "--name",
        "courier-2024-05-27",
        "--allow-loopback",
    ]
    assert main(arguments) == 0
    told = capsys.readouterr()
    assert told.out.startswith(f"{TITLE}\n\n")
    assert "published  27 May 2024 (from its address)" in told.out
    assert f"text       {tmp_path}/texts/courier-2024-05-27.txt" in told.out
    assert told.err == "New.\n"
    assert main(arguments) == 0
    assert capsys.readouterr().err.startswith("Unchanged since 20")
    site.page("/2024/05/27/a-pact", html(paragraphs=PARAGRAPHS[:2]))
    assert main([*arguments, "--json"]) == 0
    told = capsys.readouterr()
    assert "1 line gone, 0 lines new" in told.err
    assert json.loads(told.out)["fetched"]["url"] == url


def test_the_command_keeps_in_the_project(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "mine")]) == 0
    monkeypatch.chdir(tmp_path / "mine")
    assert main(["fetch", site.page("/a", html()), "--allow-loopback"]) == 0
    made = sorted(path.name for path in (tmp_path / "mine" / "texts").iterdir())
    assert len(made) == 3 and any(name.startswith("127-0-0-1-a-") for name in made)
    status = ["git", "-c", "init.defaultBranch=main", "init", "--quiet"]
    subprocess.run(status, check=True)
    listed = subprocess.run(
        ["git", "status", "--porcelain", "-uall"], check=True, capture_output=True, text=True
    )
    assert "texts/strelsau" in listed.stdout and "127-0-0-1" not in listed.stdout


@pytest.mark.parametrize(
    ("url", "told"),
    [("http://10.0.0.1/", "10.0.0.1 is a private address"), ("file:///etc/passwd", "only http and https")],
)
def test_the_command_refuses_with_a_word_and_no_traceback(
    url: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fetch", url, "--texts", str(tmp_path)]) == 3
    out, err = capsys.readouterr()
    assert out == "" and told in err and "Traceback" not in err and list(tmp_path.iterdir()) == []


def test_a_page_has_the_address_where_it_stood() -> None:
    fetched = Fetched("https://a.example/", "https://b.example/", NOW, "0" * 64)
    page = replace(read_page(b"words"), canonical="https://c.example/")
    assert page.address == "https://c.example/"
    assert replace(page, fetched=fetched).address == "https://b.example/"
    assert isinstance(page, Page)
