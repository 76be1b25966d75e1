"""How far this machine's clock is from a time server's: one question over SNTP (RFC 4330).

The do-nothing twin is no server at all: who names none compares with the database alone.
"""

import secrets
import socket
import struct
import time

_SINCE_1900 = 2_208_988_800  # seconds from 1900, where NTP begins, to 1970
_LONGEST = 2.0  # seconds to wait
_SERVER, _MODES = 4, 7


class TimeUnknown(OSError):
    """The server did not answer, or not with a time; the message is for the operator."""


def offset(server: str) -> float:
    """Return by how many seconds the server's clock is ahead of ours.

    `server` is a name or address, with ":port" where it is not 123.

    Raises:
        TimeUnknown: no answer within two seconds, or one that is none to our question.
    """
    host, _, port = server.rpartition(":")
    if not (host and port.isdigit()):
        host, port = server, "123"
    # What we send as our own time is random: whoever did not see it cannot answer.
    mark = secrets.token_bytes(8)
    asked = b"\x23" + bytes(39) + mark
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, int(port), 0, socket.SOCK_DGRAM)[
            0
        ]
        with socket.socket(family, kind, proto) as line:
            line.settimeout(_LONGEST)
            line.connect(address)
            sent = time.time()
            line.send(asked)
            answer = line.recv(512)
            came = time.time()
    except OSError as error:
        raise TimeUnknown(f"时间服务器 {server} 没有回应（{type(error).__name__}）") from None
    if len(answer) < 48 or answer[0] & _MODES != _SERVER or answer[24:32] != mark or not answer[1]:
        raise TimeUnknown(f"时间服务器 {server} 的回应不能用")
    return (_moment(answer[32:40]) + _moment(answer[40:48])) / 2 - (sent + came) / 2


def _moment(stamp: bytes) -> float:
    seconds, fraction = struct.unpack("!II", stamp)
    return float(seconds) - _SINCE_1900 + fraction / 2**32
