"""Which addresses may be fetched: http and https on the public internet, in plain notation.

A name says nothing about where it leads, so the check that counts is the one of the numeric address that a
connection is made to (`forbidden`). `check` refuses early, with a clear word, what can be told from the address.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

import requests

from pactgraph.errors import AddressRefused

PORTS: Final = frozenset({80, 443})

_CONTROL: Final = re.compile(r"[\x00-\x20\x7f-\xa0\\]")
_NUMBER: Final = re.compile(r"(?:\A|\.)(?:[0-9]+|0[xX][0-9a-fA-F]*)\.?\Z")
"""What ends in a number is meant as one: https://url.spec.whatwg.org/#ends-in-a-number-checker."""

_CLOSED_V4: Final = {
    IPv4Network(network): kind
    for network, kind in (
        ("0.0.0.0/8", "an unspecified"),
        ("10.0.0.0/8", "a private"),
        ("100.64.0.0/10", "a private"),
        ("127.0.0.0/8", "a loopback"),
        ("168.63.129.16/32", "a cloud's metadata"),
        ("169.254.0.0/16", "a link-local"),
        ("172.16.0.0/12", "a private"),
        ("192.0.0.0/24", "a reserved"),
        ("192.0.2.0/24", "a reserved"),
        ("192.88.99.0/24", "a reserved"),
        ("192.168.0.0/16", "a private"),
        ("198.18.0.0/15", "a private"),
        ("198.51.100.0/24", "a reserved"),
        ("203.0.113.0/24", "a reserved"),
        ("224.0.0.0/4", "a multicast"),
        ("240.0.0.0/4", "a reserved"),
    )
}
"""https://www.iana.org/assignments/iana-ipv4-special-registry; Python's own tables differ by version."""

_CLOSED_V6: Final = {
    IPv6Network(network): kind
    for network, kind in (
        ("::/128", "an unspecified"),
        ("::1/128", "a loopback"),
        ("fc00::/7", "a private"),
        ("fe80::/10", "a link-local"),
        ("ff00::/8", "a multicast"),
        ("2001::/23", "a reserved"),
        ("2001:db8::/32", "a reserved"),
        ("2002::/16", "a tunnelled"),
        ("3fff::/20", "a reserved"),
    )
}
"""https://www.iana.org/assignments/iana-ipv6-special-registry."""

_UNICAST: Final = IPv6Network("2000::/3")
_NAT64: Final = IPv6Network("64:ff9b::/96")


def check(url: str, *, allow_loopback: bool = False) -> str:
    """The address as it will be asked for, encoded and without its fragment.

    Raises AddressRefused where it is not one of a public web page.
    """
    trimmed = url.strip(" \t\r\n")
    if _CONTROL.search(trimmed):
        raise AddressRefused(
            "a space, backslash or control character stands in the address", where=ascii(url)
        )
    _check_scheme(trimmed)
    parts = _prepared(trimmed.partition("#")[0])
    _check_place(parts, allow_loopback)
    return parts.geturl()


def forbidden(ip: str, port: int, *, allow_loopback: bool = False) -> str | None:
    """Why no connection is made to a numeric address; None where one may be.

    `ip` is as resolving gives it, such as `203.0.113.7` or `fe80::1%eth0`.
    """
    address = _inner(ip_address(ip))
    kind = _kind(address)
    if kind == "a loopback" and allow_loopback:
        return None
    if kind is not None:
        return f"{ip} is {kind} address"
    return None if port in PORTS else f"port {port} is not one of web pages"


def refused(reason: str, where: str) -> AddressRefused:
    """The error that says so, with what to do where this machine is meant."""
    hint = "Give --allow-loopback if you mean this machine." if "a loopback" in reason else None
    return AddressRefused(reason, where=where, hint=hint)


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 one only wraps (https://www.rfc-editor.org/rfc/rfc6052#section-2.1)."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address


def _kind(address: IPv4Address | IPv6Address) -> str | None:
    if isinstance(address, IPv4Address):
        return next((kind for network, kind in _CLOSED_V4.items() if address in network), None)
    known = next((kind for network, kind in _CLOSED_V6.items() if address in network), None)
    return known or (None if address in _UNICAST else "a reserved")


def _check_scheme(url: str) -> None:
    scheme = url.partition(":")[0].lower()
    if scheme not in ("http", "https"):
        raise AddressRefused(
            "only http and https addresses are fetched", where=url, hint="Write it with https:// in front."
        )


def _prepared(url: str) -> SplitResult:
    """The parts of the address as requests sends it: encoded, names in Punycode."""
    request = requests.PreparedRequest()
    try:
        request.prepare_url(url, None)
        parts = urlsplit(str(request.url))
        _ = parts.port, (parts.hostname or "").encode("idna")
    except (requests.RequestException, ValueError) as error:
        raise AddressRefused("this is not a web address", where=url) from error
    return parts


def _check_place(parts: SplitResult, allow_loopback: bool) -> None:
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    if "@" in parts.netloc:
        raise AddressRefused("user and password in an address are not sent", where=host)
    if port not in PORTS and not allow_loopback:
        raise AddressRefused(f"port {port} is not one of web pages", where=parts.geturl())
    try:
        reason = forbidden(host, port, allow_loopback=allow_loopback)
    except ValueError:
        reason = f"{host} is an odd way to write an address" if _NUMBER.search(host) else None
    if reason:
        raise refused(reason, parts.geturl())
