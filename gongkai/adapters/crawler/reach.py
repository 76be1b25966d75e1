"""Whether a site answers on IPv6 (law.md 9.5), as far as this machine can tell."""

import errno
import ipaddress
import socket
from urllib.parse import urlsplit

_NO_WAY = frozenset(
    (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)
)


def answers_on_ipv6(address: str, patience: float) -> bool | None:
    """Return whether somebody answers on IPv6; None where it cannot be told from here.

    A name without an IPv6 address is told even from a machine that has none itself.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        if literal.version == 4 and not literal.is_loopback:
            return None
        host = "::1" if literal.version == 4 else host
    try:
        found = socket.getaddrinfo(host, port, socket.AF_INET6, socket.SOCK_STREAM)
    except OSError:
        return False
    return _connects(found[0][4], patience)


def _connects(where: object, patience: float) -> bool | None:
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as link:
            link.settimeout(patience)
            link.connect(where)  # type: ignore[arg-type]
    except TimeoutError:
        return False
    except OSError as error:
        return None if error.errno in _NO_WAY else False
    return True
