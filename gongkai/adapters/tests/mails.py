"""Sample mails as bytes, realistic and nasty, for every test that reads a mailbox.

`MAILS` holds them by name; `letter(...)` makes one more. They are written byte by byte and
not by Python's `email` package, because the mails that matter are those it would not write.
"""

import base64
import binascii
from collections.abc import Iterable

CRLF = b"\r\n"
REQUESTER = "陈璪"
REQUEST = (
    "某县自然资源局：\n"
    "本人申请公开2025年度东湖镇征地补偿安置方案及批准文件，请以电子邮件方式提供。\n"
    "申请人：陈璪（朱镕路12号） 联系电话：13800138000\n"
)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(64)) + b"\xff\xd9"


def word(text: str, charset: str = "utf-8", encoding: str = "B", label: str = "") -> bytes:
    """Return an encoded word (RFC 2047) under the charset's name or another `label`."""
    raw = text.encode(charset)
    said = base64.b64encode(raw) if encoding == "B" else binascii.b2a_qp(raw, header=True)
    return b"=?" + (label or charset).encode() + b"?" + encoding.encode() + b"?" + said + b"?="


def head(
    subject: bytes = b"",
    *,
    sender: bytes = b"chenzao@example.cn",
    identity: bytes = b"<20260302100000.1@example.cn>",
    more: Iterable[bytes] = (),
) -> bytes:
    """Return the headers of a mail to the office, each with its line end."""
    lines = [
        b"Received: from mx1.example.cn by mail.example.gov.cn; Mon, 2 Mar 2026 10:00:05 +0800",
        b"Received: from pc by mx1.example.cn; Mon, 2 Mar 2026 10:00:01 +0800",
        b"From: " + sender,
        b"To: " + word("某县自然资源局") + b" <zwgk@example.gov.cn>",
        b"Subject: " + (subject or word("政府信息公开申请")),
        b"Date: Mon, 2 Mar 2026 10:00:00 +0800",
        *([b"Message-ID: " + identity] if identity else []),
        b"MIME-Version: 1.0",
        *more,
    ]
    return b"".join(line + CRLF for line in lines)


def leaf(content_type: bytes, body: bytes, encoding: bytes = b"8bit", *more: bytes) -> bytes:
    """Return one part: its headers, a blank line, its body."""
    lines = [b"Content-Type: " + content_type, b"Content-Transfer-Encoding: " + encoding, *more]
    return CRLF.join(lines) + CRLF + CRLF + body


def b64(data: bytes) -> bytes:
    """Return base64 in lines of 76, as mail programs write it."""
    return base64.encodebytes(data).replace(b"\n", CRLF)


def multi(kind: bytes, *parts: bytes, boundary: bytes = b"=_fence", end: bool = True) -> bytes:
    """Return the Content-Type header, the blank line and the body of a multipart."""
    made = b"Content-Type: multipart/" + kind + b'; boundary="' + boundary + b'"' + CRLF + CRLF
    made += b"This is a multi-part message in MIME format." + CRLF
    for part in parts:
        made += b"--" + boundary + CRLF + part + CRLF
    return made + (b"--" + boundary + b"--" + CRLF if end else b"")


def attached(name: bytes, data: bytes, content_type: bytes = b"application/pdf") -> bytes:
    """Return an attachment whose Content-Disposition ends in `name`, a whole parameter."""
    return leaf(content_type, b64(data), b"base64", b"Content-Disposition: attachment; " + name)


def letter(
    text: str = REQUEST,
    *,
    subject: str = "政府信息公开申请",
    sender: str = "陈璪 <chenzao@example.cn>",
    identity: str = "<20260302100000.1@example.cn>",
    files: Iterable[tuple[str, bytes]] = (),
    more: Iterable[bytes] = (),
) -> bytes:
    """Return an ordinary mail in UTF-8 with files attached."""
    name, _, address = sender.rpartition(" ")
    said = (word(name) + b" " if name else b"") + address.encode()
    made = head(word(subject), sender=said, identity=identity.encode(), more=more)
    body = leaf(b"text/plain; charset=utf-8", b64(text.encode()), b"base64")
    if not files:
        return made + body
    parts = [attached(b'filename="' + word(name) + b'"', data) for name, data in files]
    return made + multi(b"mixed", body, *parts)


def _plain(charset: str, label: bytes, encoding: bytes = b"8bit") -> bytes:
    raw = REQUEST.encode(charset)
    body = {b"8bit": raw, b"base64": b64(raw), b"quoted-printable": binascii.b2a_qp(raw)}
    declared = b"text/plain; charset=" + label if label else b"text/plain"
    subject = word("政府信息公开申请", charset, label=label.decode())
    return head(subject if label else b"request") + leaf(declared, body[encoding], encoding)


def _nested(depth: int) -> bytes:
    made = leaf(b"text/plain", b"the core")
    for level in range(depth):
        made = multi(b"mixed", made, boundary=b"b%d" % level)
    return head() + made


_GBK = "gb18030"
_HTML = (
    "<html><head><style>p{color:red}</style><script>alert(1)</script></head><body>"
    "<p>某县自然资源局：</p><p>申请公开<b>征地</b>批准文件。<br>联系电话：13800138000</p>"
    '<img src="http://tracker.example.com/x.gif" onerror="alert(2)">'
    "<table><tr><td>姓名</td><td>陈璪</td></tr><tr><td>住址</td><td>东湖镇</td></tr></table>"
    "</body></html>"
)
_TEXT = leaf(b"text/plain; charset=utf-8", REQUEST.encode())
_SPLIT = "政府信息公开申请".encode(_GBK)
_REPORT_HEAD = head(
    b"Undelivered Mail Returned to Sender",
    sender=b"Mail Delivery System <MAILER-DAEMON@mail.example.gov.cn>",
    more=[b"Auto-Submitted: auto-replied"],
)
_STATUS = (
    b"Reporting-MTA: dns; mail.example.gov.cn\r\n\r\n"
    b"Final-Recipient: rfc822; nobody@example.cn\r\n"
    b"Action: %s\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 No such user\r\n"
)


def _report(action: bytes) -> bytes:
    return _REPORT_HEAD + multi(
        b'report; report-type="delivery-status"',
        leaf(b"text/plain", b"I'm sorry to have to inform you ..."),
        leaf(b"message/delivery-status", _STATUS % action),
        leaf(b"message/rfc822", head(word("答复书"), identity=b"<letter.7@example.gov.cn>")),
    )


MAILS: dict[str, bytes] = {
    "utf8_base64": letter(),
    "utf8_attachments": letter(files=[("身份证.jpg", JPEG), ("申请表.pdf", PDF)]),
    "utf8_quoted": _plain("utf-8", b"utf-8", b"quoted-printable"),
    "gb2312_label_with_gbk_characters": _plain(_GBK, b"gb2312"),
    "gbk_base64": _plain(_GBK, b"GBK", b"base64"),
    "gb18030_quoted": _plain(_GBK, b"GB18030", b"quoted-printable"),
    "gb2312_label_on_utf8": _plain("utf-8", b"gb2312"),
    "latin1_label_on_gbk": _plain(_GBK, b"iso-8859-1"),
    "utf8_label_on_gbk": _plain(_GBK, b"utf-8"),
    "no_charset_gbk": _plain(_GBK, b""),
    "unknown_charset_name": _plain(_GBK, b"x-unknown-8bit"),
    "utf16_base64": _plain("utf-16", b"utf-16", b"base64"),
    "big5": head(word("申請", "big5"))
    + leaf(b"text/plain; charset=big5", "茲申請公開徵地文件".encode("big5")),
    "raw_gbk_headers": head(
        "申请公开".encode(_GBK), sender="陈璪 <chenzao@example.cn>".encode(_GBK)
    )
    + leaf(b"text/plain; charset=gbk", REQUEST.encode(_GBK)),
    "subject_cut_within_a_character": head(
        b"=?gb2312?B?"
        + base64.b64encode(_SPLIT[:5])
        + b"?=\r\n =?gb2312?B?"
        + base64.b64encode(_SPLIT[5:])
        + b"?="
    )
    + _TEXT,
    "subject_cut_within_base64": head(
        b"=?gb2312?B?"
        + base64.b64encode(_SPLIT)[:6]
        + b"?=\r\n =?gb2312?B?"
        + base64.b64encode(_SPLIT)[6:]
        + b"?="
    )
    + _TEXT,
    "subject_not_closed": head(word("政府信息公开申请")[:-2]) + _TEXT,
    "html_only": head() + leaf(b"text/html; charset=gb2312", _HTML.encode(_GBK)),
    "alternative": head()
    + multi(b"alternative", _TEXT, leaf(b"text/html; charset=utf-8", _HTML.encode())),
    "alternative_with_an_empty_plain": head()
    + multi(
        b"alternative",
        leaf(b"text/plain; charset=utf-8", b"\r\n"),
        leaf(b"text/html; charset=utf-8", _HTML.encode()),
    ),
    "inline_picture": head()
    + multi(
        b"related",
        leaf(b"text/html; charset=utf-8", b'<p>see</p><img src="cid:1">'),
        leaf(b"image/jpeg", b64(JPEG), b"base64", b"Content-ID: <1>"),
    ),
    "file_name_rfc2231": head()
    + multi(
        b"mixed",
        _TEXT,
        attached(
            b"filename*0*=gb2312'zh'%C9%EA%C7%EB;\r\n filename*1*=%B1%ED;\r\n filename*2=.pdf", PDF
        ),
        attached(b"filename*=UTF-8''%E8%BA%AB%E4%BB%BD%E8%AF%81.pdf", PDF),
    ),
    "file_name_raw_gbk": head()
    + multi(b"mixed", _TEXT, attached('filename="申请表.pdf"'.encode(_GBK), PDF)),
    "file_name_with_a_path": head()
    + multi(
        b"mixed",
        _TEXT,
        attached(b'filename="..\\..\\windows\\a.pdf"', PDF),
        attached(b'filename="../../etc/passwd"', PDF),
        attached(b'filename="' + word("fdp\u202egnp.exe") + b'"', PDF),
        attached(b'filename="' + b"a" * 3000 + b'.pdf"', PDF),
        attached(b"filename=", PDF),
    ),
    "outlook_tnef": head()
    + multi(
        b"mixed",
        _TEXT,
        attached(b'filename="winmail.dat"', b"\x78\x9f\x3e\x22tnef", b"application/ms-tnef"),
    ),
    "forwarded_as_attachment": head()
    + multi(
        b"mixed", leaf(b"text/plain", b""), leaf(b"message/rfc822", letter(subject="转来的申请"))
    ),
    "boundary_not_declared": head()
    + multi(b"mixed", _TEXT, attached(b"filename=a.pdf", PDF)).replace(
        b'; boundary="=_fence"', b""
    ),
    "boundary_never_used": head(more=[b"Content-Type: multipart/mixed; boundary=zzz"])
    + CRLF
    + REQUEST.encode(),
    "not_closed": head()
    + multi(b"mixed", _TEXT, attached(b"filename=a.pdf", PDF)[:-20], end=False),
    "no_headers": REQUEST.encode(_GBK),
    "headers_only": head(),
    "empty": b"",
    "blank": b"\r\n\r\n\x00\r\n",
    "nul_bytes": head(b"a\x00b") + leaf(b"text/plain", b"one\x00two\x07three"),
    "lone_newlines": letter().replace(CRLF, b"\n"),
    "old_mac_newlines": letter().replace(CRLF, b"\r"),
    "mbox_line_first": b"From chenzao@example.cn Mon Mar  2 10:00:00 2026\r\n" + letter(),
    "nested_9": _nested(9),
    "nested_1000": _nested(1000),
    "huge_header": head(more=[b"X-Long: " + b"a" * 2_000_000]) + _TEXT,
    "many_headers": head(more=[b"X-%d: y" % n for n in range(5_000)]) + _TEXT,
    "many_attachments": head()
    + multi(b"mixed", _TEXT, *[attached(b"filename=%d.pdf" % n, PDF) for n in range(80)]),
    "many_parts": head() + multi(b"mixed", _TEXT, *[leaf(b"image/png", b"")] * 3_000),
    "broken_base64": head() + leaf(b"text/plain; charset=utf-8", b"6K+35YWs5byA!", b"base64"),
    "unknown_transfer_encoding": head() + leaf(b"text/plain", b"hello", b"x-rot13"),
    "no_sender": head(sender=b""),
    "two_senders": head(sender=b"a@example.cn, b@example.cn") + _TEXT,
    "absurd_date": letter().replace(b"2 Mar 2026 10:00:00", b"99 Foo 99999 99:99:99"),
    "no_message_id": letter(identity=""),
    "same_message_id_other_words": letter("另一件事：申请公开2024年部门决算。\n"),
    "encrypted": head() + leaf(b"application/pkcs7-mime; name=smime.p7m", b64(PDF), b"base64"),
    "auto_reply": letter(
        "我在休假。", subject="自动回复: 答复", more=[b"Auto-Submitted: auto-replied"]
    ),
    "auto_reply_by_subject": letter(
        "您好，来信收到。",
        subject="自动回复：答复书",
        more=[b"In-Reply-To: <letter.7@example.gov.cn>"],
    ),
    "bounce": _report(b"failed"),
    "bounce_delayed": _report(b"delayed"),
    "bounce_exim": head(
        b"Mail delivery failed",
        sender=b"Mailer-Daemon@mx.example.cn",
        more=[b"X-Failed-Recipients: nobody@example.cn"],
    )
    + leaf(b"text/plain", b"This message was created automatically."),
    "bounce_in_chinese": head(
        word("系统退信", _GBK, label="gb2312"), sender=b"Postmaster@example.cn"
    )
    + leaf(b"text/html; charset=gb2312", "<p>收件人不存在</p>".encode(_GBK)),
}
