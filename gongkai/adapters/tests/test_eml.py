"""Reading one raw mail: Chinese charsets, broken headers, files, kinds, and no bytes that raise."""

import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.adapters.eml import IncomingMail, MailKind, MailLimits, parse
from gongkai.adapters.tests.mails import (
    JPEG,
    MAILS,
    PDF,
    REQUEST,
    attached,
    head,
    leaf,
    letter,
    multi,
    word,
)

CHINA = timezone(timedelta(hours=8))


def read(name: str) -> IncomingMail:
    """Return a sample, read."""
    return parse(MAILS[name])


@pytest.mark.parametrize(
    "name",
    [
        "utf8_base64",
        "utf8_attachments",
        "utf8_quoted",
        "gb2312_label_with_gbk_characters",
        "gbk_base64",
        "gb18030_quoted",
        "gb2312_label_on_utf8",
        "latin1_label_on_gbk",
        "utf8_label_on_gbk",
        "no_charset_gbk",
        "unknown_charset_name",
        "utf16_base64",
        "raw_gbk_headers",
        "alternative",
        "file_name_raw_gbk",
        "boundary_not_declared",
        "boundary_never_used",
        "not_closed",
        "no_headers",
        "lone_newlines",
        "old_mac_newlines",
        "mbox_line_first",
        "huge_header",
        "many_headers",
    ],
)
def test_the_request_is_read_whatever_the_charset_and_the_program(name: str) -> None:
    assert read(name).text == REQUEST.strip()


@pytest.mark.parametrize(
    "name",
    [
        "utf8_base64",
        "utf8_quoted",
        "gb2312_label_with_gbk_characters",
        "gb2312_label_on_utf8",
        "latin1_label_on_gbk",
        "unknown_charset_name",
        "subject_cut_within_a_character",
        "subject_cut_within_base64",
        "subject_not_closed",
        "lone_newlines",
    ],
)
def test_the_subject_is_read_too(name: str) -> None:
    assert read(name).subject == "政府信息公开申请"


def test_an_ordinary_mail() -> None:
    mail = read("utf8_attachments")
    assert (mail.from_name, mail.from_address) == ("陈璪", "chenzao@example.cn")
    assert mail.to == ("zwgk@example.gov.cn",)
    assert mail.message_id == "<20260302100000.1@example.cn>"
    assert mail.sent_at == datetime(2026, 3, 2, 10, 0, 0, tzinfo=CHINA)
    assert mail.received_at == datetime(2026, 3, 2, 10, 0, 5, tzinfo=CHINA)
    assert [(file.name, file.content) for file in mail.attachments] == [
        ("身份证.jpg", JPEG),
        ("申请表.pdf", PDF),
    ]
    assert mail.kind is MailKind.ORDINARY
    assert mail.problems == ()


def test_raw_headers_in_gbk() -> None:
    mail = read("raw_gbk_headers")
    assert (mail.subject, mail.from_name) == ("申请公开", "陈璪")
    assert mail.from_address == "chenzao@example.cn"


def test_big5() -> None:
    mail = read("big5")
    assert (mail.subject, mail.text) == ("申請", "茲申請公開徵地文件")


@pytest.mark.parametrize("name", ["html_only", "alternative_with_an_empty_plain"])
def test_a_page_is_read_without_its_scripts(name: str) -> None:
    text = read(name).text
    assert "申请公开征地批准文件。" in text
    assert "姓名\t陈璪" in text or "姓名 陈璪" in text
    assert not {"alert", "color", "<", "tracker"} & set(text.replace("(", " ").split())


def test_an_alternative_that_says_next_to_nothing_does_not_hide_the_letter() -> None:
    page = leaf(b"text/html; charset=utf-8", f"<p>{REQUEST}</p>".encode())
    dull = leaf(b"text/plain", b"Use HTML.")
    assert "征地补偿" in parse(head() + multi(b"alternative", dull, page)).text


@pytest.mark.parametrize("tag", [b"<div>a", b"<table><tr><td>a", b"<b>a"])
def test_a_page_nested_too_deep_loses_no_words(tag: bytes) -> None:
    mail = parse(head() + leaf(b"text/html", tag * 5_000))
    assert mail.text.count("a") == 5_000
    assert any("只取出了文字" in said for said in mail.problems)


def test_a_footer_does_not_hide_a_page() -> None:
    page = leaf(b"text/html; charset=utf-8", f"<p>{REQUEST}</p>".encode())
    mail = parse(head() + multi(b"mixed", page, leaf(b"text/plain", b"scanned, no virus")))
    assert "征地补偿" in mail.text
    assert mail.text.endswith("scanned, no virus")


def test_a_picture_within_the_text_is_a_file() -> None:
    mail = read("inline_picture")
    assert [(file.name, file.content) for file in mail.attachments] == [("附件1.jpg", JPEG)]


def test_file_names() -> None:
    assert [file.name for file in read("file_name_rfc2231").attachments] == [
        "申请表.pdf",
        "身份证.pdf",
    ]
    assert [file.name for file in read("file_name_raw_gbk").attachments] == ["申请表.pdf"]


def test_file_names_lose_paths_and_tricks() -> None:
    names = [file.name for file in read("file_name_with_a_path").attachments]
    assert names[:3] == ["a.pdf", "passwd", "fdpgnp.exe"]
    assert len(names[3]) == 120
    assert names[3].endswith("a.pdf")
    assert names[4] == "附件5.pdf"


def test_a_forwarded_mail_is_a_file_that_can_be_read_again() -> None:
    mail = read("forwarded_as_attachment")
    (file,) = mail.attachments
    assert (file.name, file.content_type) == ("附件1.eml", "message/rfc822")
    inner = parse(file.content)
    assert (inner.subject, inner.text) == ("转来的申请", REQUEST.strip())


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("outlook_tnef", "Outlook"),
        ("boundary_not_declared", "按内容推断"),
        ("boundary_never_used", "缺少各部分的分界线"),
        ("not_closed", "没有结束标记"),
        ("no_headers", "没有邮件头"),
        ("empty", "邮件是空的"),
        ("blank", "邮件是空的"),
        ("nested_1000", "超过10层"),
        ("huge_header", "过长的项目"),
        ("many_headers", "项目过多"),
        ("many_attachments", "附件超过50个"),
        ("many_parts", "组成部分超过500个"),
        ("unknown_transfer_encoding", "传输编码"),
        ("no_sender", "没有写明可以识别的发件人"),
        ("two_senders", "多个发件人"),
        ("absurd_date", "发送时间无法识别"),
        ("encrypted", "加密"),
    ],
)
def test_what_could_not_be_read_is_told(name: str, problem: str) -> None:
    assert any(problem in said for said in read(name).problems)


def test_caps() -> None:
    assert len(read("many_attachments").attachments) == 50
    assert read("nested_9").text == "the core"
    deep = read("nested_1000")
    assert len(deep.attachments) == 1
    assert b"the core" in deep.attachments[0].content
    small = MailLimits(mail_bytes=5_000, text_characters=10)
    cut = parse(letter("字" * 3_000), small)
    assert cut.text == "字" * 10
    assert any("超过" in said and "MB" in said for said in cut.problems)
    assert any("超过10字" in said for said in cut.problems)


def test_nothing_that_no_database_takes() -> None:
    mail = read("nul_bytes")
    assert (mail.subject, mail.text) == ("ab", "onetwothree")
    halves = parse(head() + leaf(b"text/plain; charset=utf-7", b"a+2D3YPdg9-b"))
    halves.text.encode("utf-8")


@pytest.mark.parametrize(
    ("said", "name", "address"),
    [
        (b'"Chen, Z." <a@example.cn>', "Chen, Z.", "a@example.cn"),
        (b"a@example.cn (Chen)", "", "a@example.cn"),
        (b"<A@Example.CN>", "", "a@example.cn"),
        (
            b'"' + word("陈璪", "gb18030", label="gb2312") + b'" <a@example.cn>',
            "陈璪",
            "a@example.cn",
        ),
        (b"Chen <" + word("a@example.cn") + b">", "Chen", "a@example.cn"),
        (b"=?utf-8?Q?Chen?= a@example.cn", "", "a@example.cn"),
        (b"(((((" * 3_000, "(" * 120, ""),
        (b"undisclosed-recipients:;", "undisclosed-recipients:", ""),
    ],
)
def test_senders(said: bytes, name: str, address: str) -> None:
    mail = parse(head(sender=said) + b"\r\n")
    assert (mail.from_name, mail.from_address) == (name, address)


def test_a_mail_is_known_again_and_no_mail_hides_another() -> None:
    first = read("utf8_base64")
    other_way = parse(b"Received: by relay; Tue, 3 Mar 2026 08:00:00 +0800\r\n" + letter())
    assert other_way.key == first.key
    assert read("lone_newlines").key == first.key
    assert read("same_message_id_other_words").key != first.key
    assert read("utf8_attachments").key != first.key


def test_automatic_replies() -> None:
    assert read("auto_reply").kind is MailKind.AUTO_REPLY
    answer = read("auto_reply_by_subject")
    assert (answer.kind, answer.in_reply_to) == (MailKind.AUTO_REPLY, "<letter.7@example.gov.cn>")
    only_said = parse(letter(subject="自动回复系统的采购合同，申请公开"))
    assert only_said.kind is MailKind.ORDINARY
    assert (read("auto_reply").sign, answer.sign) == ("Auto-Submitted: auto-replied", "Subject")
    for header, sign in (
        (b"Auto-Submitted: auto-generated; x=1", "Auto-Submitted: auto-generated"),
        (b"Auto-Submitted: zhang san 13800000000", "Auto-Submitted: …"),
        (b"X-Autoreply: yes", "X-Autoreply"),
        (b"Precedence: Auto_Reply", "Precedence: auto_reply"),
    ):
        assert parse(letter(more=[header])).sign == sign
    assert read("bounce_delayed").sign == "message/delivery-status"
    assert only_said.sign == ""
    by_hand = parse(letter(more=[b"Auto-Submitted: no"]))
    assert by_hand.kind is MailKind.ORDINARY


def test_bounces() -> None:
    mail = read("bounce")
    assert mail.kind is MailKind.BOUNCE
    assert mail.failed_recipients == ("nobody@example.cn",)
    assert mail.original_id == "<letter.7@example.gov.cn>"
    assert read("bounce_exim").failed_recipients == ("nobody@example.cn",)
    assert read("bounce_in_chinese").kind is MailKind.BOUNCE
    delayed = read("bounce_delayed")
    assert (delayed.kind, delayed.failed_recipients) == (MailKind.AUTO_REPLY, ())


def _check(data: bytes) -> None:
    """Parse anything: it never raises, is the same twice and says nothing unprintable."""
    mail = parse(data)
    assert mail == parse(data)
    said = [mail.text, mail.subject, mail.from_name, mail.message_id, *mail.to]
    said += [file.name for file in mail.attachments]
    for text in said:
        text.encode("utf-8")
        assert "\x00" not in text
    assert all(file.name and "/" not in file.name for file in mail.attachments)
    for when in (mail.sent_at, mail.received_at):
        assert when is None or when.utcoffset() is not None


@pytest.mark.parametrize("name", MAILS)
def test_every_sample_is_read_and_so_is_every_start_of_it(name: str) -> None:
    data = MAILS[name]
    _check(data)
    if len(data) < 5_000:
        for end in range(0, len(data), 37):
            _check(data[:end])


# fmt: off
_PIECES = [
    b'\r\n', b'\n', b'\r', b'\r\n\r\n', b'--=_fence', b'--=_fence--', b'--', b': ', b';', b'=',
    b'"', b'<', b'>', b'@', b',', b'=?', b'?=', b'?B?', b'?Q?', b'gb2312', b'utf-7', b'utf-16',
    b'hz', b'=_fence', b'charset=', b'filename*0*=', b'filename*1=', b'name*=', b'%C9%EA', b"''",
    b'From: ', b'Date: ', b'<table>', b'\x00', b'+2D3-', b'&#0;', b'<p hidden>',
    b'Content-Type: multipart/mixed; boundary=', b'Content-Type: text/html\r\n\r\n',
    b'Content-Transfer-Encoding: base64\r\n', b'Content-Transfer-Encoding: quoted-printable\r\n',
    b'Content-Type: message/delivery-status\r\n\r\n', b'Final-Recipient: rfc822;',
]
# fmt: on
_HANZI = [b"\xff\xfe", b"\xc9\xea", b"\xe7\x94", "申请".encode("gb18030"), "申请".encode()]
_FRAGMENTS = st.sampled_from(_PIECES + _HANZI)
_SOUP = st.lists(_FRAGMENTS | st.binary(max_size=12), max_size=60).map(b"".join)


@st.composite
def _damaged(draw: st.DrawFn) -> bytes:
    """A sample with pieces cut out, doubled or overwritten."""
    short = [data for data in MAILS.values() if len(data) < 20_000]
    data = draw(st.sampled_from(short))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        stop = min(len(data), start + draw(st.integers(0, 200)))
        data = data[:start] + draw(_SOUP | st.just(data[start:stop] * 2)) + data[stop:]
    return data


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=2_000) | _SOUP | _SOUP.map(lambda soup: head() + soup) | _damaged())
def test_no_bytes_make_it_raise(data: bytes) -> None:
    _check(data)


@settings(max_examples=100, deadline=None)
@given(
    st.text("申请公开璪镕訁㐂𠀀éабвabc 12<>&=?_\n。，“”"),
    st.sampled_from(["utf-8", "gb18030", "utf-16"]),
)
def test_any_text_comes_back(text: str, charset: str) -> None:
    body = leaf(b"text/plain; charset=" + charset.encode(), text.encode(charset))
    expected = text.strip()
    if charset == "gb18030":  # what declares GB18030 and is Chinese UTF-8 is read as that
        expected = parse(head() + leaf(b"text/plain; charset=gbk", text.encode(charset))).text
    assert parse(head() + body).text == expected


@pytest.mark.parametrize(
    "data",
    [
        head() + multi(b"mixed", *[b"x--=_fence" * 400_000]),
        head() + multi(b"mixed", b"--=_fence\r\n" * 400_000),
        head() + b"Content-Type: multipart/mixed\r\n\r\n" + (b"--a" + b" " * 900 + b"x\n") * 4_000,
        head(b"=?a?q?" * 300_000) + b"\r\n",
        head(sender=b"<a@" * 300_000) + b"\r\n",
        head() + leaf(b"text/plain" + b';a="' * 300_000, b""),
        head() + leaf(b"text/html", b"<b>" * 1_000_000),
        head() + leaf(b"text/html", b"<" * 3_000_000),
        head() + leaf(b"text/plain", b"A=" * 2_000_000, b"base64"),
        head() + multi(b"mixed", attached(b"filename=a", b"\x00" * 8_000_000)),
    ],
    ids=["fences", "empty", "blanks", "words", "senders", "values", "tags", "open", "ends", "big"],
)
def test_mails_made_to_cost_are_read_in_bounded_time(data: bytes) -> None:
    start = time.process_time()
    parse(data)
    assert time.process_time() - start < 5


def test_an_incoming_mail_is_frozen_and_shows_no_content_in_logs() -> None:
    mail = read("utf8_attachments")
    assert "征地" not in repr(mail)
    assert replace(mail, subject="").subject == ""
    with pytest.raises(AttributeError):
        mail.subject = "changed"  # type: ignore[misc]
