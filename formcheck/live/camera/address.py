"""Addresses of network cameras: what of them may be told, and how they are reached.

Nothing is asked of any machine but the one that was named: no proxy stands between this machine
and a camera in its own network, and no answer sends the reading to another host.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
from contextlib import closing
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from formcheck.errors import InputError

SCHEMES = ("http://", "https://", "rtsp://", "rtsps://")
MOST_REDIRECTS = 3
HOME_DOMAINS = (".local", ".lan", ".home", ".internal", ".fritz.box", ".home.arpa")
SECRETS = re.compile(r"(?i)([?&;][^=&;]*(?:pass|pwd|token|key|secret|auth|user)[^=&;]*=)[^&;#\s]*")
USER_INFO = re.compile(r"(?i)([a-z][a-z0-9+.-]*://)[^/?#\s]*@")


def without_secrets(text: str) -> str:
    """A text without the names and passwords of the addresses in it."""
    return SECRETS.sub(r"\1…", USER_INFO.sub(r"\1", text))


def is_near(url: str) -> bool:
    """Whether the host is this machine or in its own network."""
    host = _split(url).hostname or ""
    if "." not in host.rstrip(".") and ":" not in host:
        return True  # a name without a domain is one of this network
    if host.lower().rstrip(".").endswith(HOME_DOMAINS):
        return True
    try:
        return _is_private(host)
    except ValueError:
        pass
    try:
        found = socket.getaddrinfo(host, None)
    except OSError:
        return False
    return all(_is_private(str(address[0])) for *_, address in found)


def _is_private(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    return ip.is_private or ip.is_loopback or ip.is_link_local


def proxy_for(url: str) -> str:
    """The proxy that the user's settings name for an address; "" for none, and for what is near."""
    parts = _split(url)
    if is_near(url) or proxy_bypass(parts.hostname or ""):
        return ""
    return getproxies().get(parts.scheme, "")


def protocols(url: str) -> str:
    """FFmpeg's protocols that the address needs; no other may be used."""
    scheme = _split(url).scheme
    if scheme.startswith("rtsp"):
        return "rtsp,rtsps,rtp,srtp,tcp,udp,tls"
    over = "tcp,tls,https" if scheme == "https" else "tcp,http"
    return over if is_near(url) else f"{over},httpproxy,http,crypto"


def settled(url: str, timeout_s: float) -> str:
    """The address to which a web camera sends whoever asks; itself when it sends nobody.

    Raises InputError when that is another host.
    """
    for _ in range(MOST_REDIRECTS):
        sent_to = _redirect(url, timeout_s)
        if sent_to is None:
            return url
        if (_split(sent_to).hostname, _split(sent_to).scheme[:4]) != (_split(url).hostname, "http"):
            raise InputError(
                f"{without_secrets(url)} sends to another address, {without_secrets(sent_to)}, "
                "which is not followed: give the camera's own"
            )
        url = sent_to
    raise InputError(f"{without_secrets(url)} sends from address to address: give the last one")


def _redirect(url: str, timeout_s: float) -> str | None:
    parts = _split(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with closing(kind(parts.hostname or "", parts.port, timeout=timeout_s)) as connection:
            connection.request("GET", path)
            answer = connection.getresponse()
            location = answer.getheader("Location")
            return urljoin(url, location) if location and 300 <= answer.status < 400 else None
    except (OSError, ValueError, http.client.HTTPException):
        return None


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # it is checked only when it is asked for
    except ValueError as error:
        raise InputError(f"{without_secrets(url)}: not an address; check it") from error
    return parts
