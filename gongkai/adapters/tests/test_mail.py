"""Sending mail: letters as they go out, what each answer of a server means, the twins."""

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.adapters.eml import MailKind, parse
from gongkai.adapters.mail import (
    Attachment,
    FolderMailer,
    Letter,
    NoMailer,
    Refused,
    SettingsError,
    SmtpMailer,
    TryLater,
    mailer,
)
from gongkai.adapters.mail_letter import written
from gongkai.adapters.tests.loopback import certified, closed_port, served, silent
from gongkai.adapters.tests.mails import PDF

AT = datetime(2026, 3, 2, 10, 0, tzinfo=timezone(timedelta(hours=8)))
OFFICE = "zwgk@example.gov.cn"
LETTER = Letter(
    "chenzao@example.cn",
    "关于陈璪政府信息公开申请的答复书（东政公开〔2026〕17号）请查收附件并注意复议和诉讼期限",
    "陈璪：\n您的申请已经答复。\n",
    html="<p>您的申请已经答复。</p>",
    attachments=(Attachment("答复书（〔2026〕17号）.pdf", "application/pdf", PDF),),
    headers={"In-Reply-To": "<1@example.cn>"},
    message_id="<letter.17@example.gov.cn>",
    at=AT,
)


class Smtp:
    """A mail server that answers by a script: the command's first word to its answer."""

    def __init__(self, **answers: str) -> None:
        """Take the answers that differ; "" hangs up at that command."""
        self.answers = answers
        self.mails: list[bytes] = []
        self.commands: list[str] = []

    def __call__(self, file: BinaryIO) -> None:
        """Talk to one client."""
        if not self._say(file, "GREET", "220 ready"):
            return
        while line := file.readline():
            said = line.decode().strip()
            self.commands.append(said)
            word = said.split(" ")[0].upper().split(":")[0]
            if word == "DATA" and self.answers.get("DATA", "354").startswith("354"):
                self._say(file, "DATA", "354 go on")
                self._take(file)
                word = "END"
            usual = {"EHLO": "250-me\r\n250 AUTH PLAIN LOGIN", "AUTH": "235 ok", "QUIT": "221 bye"}
            if not self._say(file, word, usual.get(word, "250 ok")) or word == "QUIT":
                return

    def _say(self, file: BinaryIO, word: str, usual: str) -> bool:
        answer = self.answers.get(word, usual)
        if answer:
            file.write(answer.encode() + b"\r\n")
        return bool(answer)

    def _take(self, file: BinaryIO) -> None:
        lines = []
        while (line := file.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        self.mails.append(b"".join(lines))


def send(server: Smtp, letter: Letter = LETTER, **fields: object) -> str:
    """Send a letter through a scripted server."""
    with served(server) as port:
        given = {"security": "none", "sender": OFFICE, "seconds": 2.0, **fields}
        return SmtpMailer("127.0.0.1", port, **given).send(letter)  # type: ignore[arg-type]


def test_a_letter_arrives_as_it_was_written() -> None:
    server = Smtp()
    assert send(server, sender_name="某县政务公开办") == "<letter.17@example.gov.cn>"
    mail = parse(server.mails[0])
    assert (mail.from_name, mail.from_address) == ("某县政务公开办", OFFICE)
    assert (mail.to, mail.subject) == ((LETTER.to,), LETTER.subject)
    assert (mail.text, mail.sent_at) == (LETTER.text.strip(), AT)
    assert [(file.name, file.content) for file in mail.attachments] == [
        ("答复书（〔2026〕17号）.pdf", PDF)
    ]
    assert mail.in_reply_to == "<1@example.cn>"
    assert mail.problems == ()
    assert server.mails[0].isascii()
    assert server.commands[1].lower() == "mail from:<zwgk@example.gov.cn>"


def test_no_machine_answers_a_letter() -> None:
    server = Smtp()
    send(server)
    assert parse(server.mails[0]).kind is MailKind.AUTO_REPLY
    assert b"Auto-Submitted: auto-generated" in server.mails[0]


@pytest.mark.parametrize("word", ["RCPT", "DATA", "END"])
@pytest.mark.parametrize("code", [421, 450, 452])
def test_a_temporary_refusal_is_tried_later(word: str, code: int) -> None:
    with pytest.raises(TryLater, match="稍后再发"):
        send(Smtp(**{word: f"{code} busy"}))


@pytest.mark.parametrize("word", ["RCPT", "DATA", "END"])
@pytest.mark.parametrize("code", [550, 552, 554])
def test_a_permanent_refusal_is_final(word: str, code: int) -> None:
    with pytest.raises(Refused, match=f"{code} no such user"):
        send(Smtp(**{word: f"{code} no such user"}))


@pytest.mark.parametrize(
    "answers",
    [
        {"AUTH": "535 wrong password"},
        {"MAIL": "553 sender is not the account"},
        {"GREET": "554 no"},
    ],
)
def test_what_is_wrong_with_our_settings_loses_no_letter(answers: dict[str, str]) -> None:
    with pytest.raises(TryLater, match="请核对发信账号"):
        send(Smtp(**answers), user="office", password="wrong")


def test_too_large_for_the_server_is_final() -> None:
    with pytest.raises(Refused, match="552"):
        send(Smtp(MAIL="552 too large"))


@pytest.mark.parametrize("word", ["GREET", "EHLO", "MAIL", "RCPT", "DATA", "END"])
def test_a_dropped_connection_is_tried_later(word: str) -> None:
    answers = {word: ""} if word != "EHLO" else {"EHLO": "", "HELO": ""}
    with pytest.raises(TryLater):
        send(Smtp(**answers))


@pytest.mark.parametrize("answer", ["", "421 going down", "500 what?"])
def test_a_letter_taken_is_sent_whatever_the_goodbye(answer: str) -> None:
    server = Smtp(QUIT=answer)
    assert send(server) == LETTER.message_id
    assert len(server.mails) == 1


def test_a_silent_server_and_no_server() -> None:
    with served(silent) as port, pytest.raises(TryLater):
        SmtpMailer("127.0.0.1", port, OFFICE, security="none", seconds=0.05).send(LETTER)
    with pytest.raises(TryLater, match="连接不上"):
        SmtpMailer("127.0.0.1", closed_port(), OFFICE, security="none").send(LETTER)


def test_the_password_is_sent_over_tls_only_when_asked_so(tmp_path: Path) -> None:
    context, trusted = certified(tmp_path)
    server = Smtp()
    with served(server, context) as port:
        ours = SmtpMailer(
            "127.0.0.1", port, OFFICE, user="office", password="secret", ca_file=str(trusted)
        )
        assert ours.send(LETTER) == LETTER.message_id
        with pytest.raises(TryLater, match="certificate"):
            SmtpMailer("127.0.0.1", port, OFFICE, user="office", password="secret").send(LETTER)
    assert len(server.mails) == 1
    assert "secret" not in repr(ours)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_server_without_tls_gets_no_password(security: str) -> None:
    server = Smtp(GREET="220 ready")
    with pytest.raises(TryLater):
        send(server, security=security, user="office", password="secret")
    assert not any(said.startswith("AUTH") for said in server.commands)


@pytest.mark.parametrize(
    "letter",
    [
        Letter("a@example.cn\r\nBcc: b@example.cn", "s", "t"),
        Letter("a@example.cn, b@example.cn", "s", "t"),
        Letter("陈璪", "s", "t"),
        Letter("陈璪@example.cn", "s", "t"),
        Letter("", "s", "t"),
        Letter("a@-.-", "s", "t"),
        Letter("a@" + "x" * 300, "s", "t"),
        Letter("a@example.cn", "s\r\nBcc: b@example.cn", "t"),
        Letter("a@example.cn", "s\nBcc: b@example.cn", "t"),
        Letter("a@example.cn", "s", "t", headers={"X-A": "b\r\nBcc: b@example.cn"}),
        Letter("a@example.cn", "s", "t", headers={"X-A: b\r\nBcc": "b@example.cn"}),
        Letter("a@example.cn", "s", "t", headers={"Bcc": "b@example.cn"}),
        Letter("a@example.cn", "s", "t", headers={"Content-Type": "text/html"}),
        Letter("a@example.cn", "s", "t", message_id="<a>\r\nBcc: b@example.cn"),
        Letter("a@example.cn", "s", "t", attachments=(Attachment("a\r\nb", "a/b", b""),)),
    ],
)
def test_what_slips_in_headers_is_refused(letter: Letter) -> None:
    with pytest.raises(Refused):
        NoMailer().send(letter)


@given(
    st.text('关于陈璪𠀀的答复 abc=?_"<>,;:é', max_size=120).map(str.strip),
    st.text(max_size=200),
    st.text("答复书璪 a\"';=%.", min_size=1, max_size=80),
)
def test_any_subject_text_and_name_can_be_written_and_read(
    subject: str, text: str, name: str
) -> None:
    letter = Letter("a@example.cn", subject, text, attachments=(Attachment(name, "a/b", b"x"),))
    raw = written(letter, OFFICE, "办公室").as_bytes()
    assert raw.isascii()
    mail = parse(raw)
    assert [file.content for file in mail.attachments] == [b"x"]
    if "=?" not in subject and "  " not in subject:
        assert mail.subject == subject


def test_a_chinese_domain_goes_out_in_ascii() -> None:
    assert written(Letter("a@例子.中国", "s", "t"), OFFICE)["To"] == "a@xn--fsqu00a.xn--fiqs8s"


def test_the_folder_keeps_letters_for_its_owner_only(tmp_path: Path) -> None:
    ours = FolderMailer(tmp_path / "out", OFFICE)
    assert ours.send(LETTER) == ours.send(LETTER) == LETTER.message_id
    (file,) = (tmp_path / "out").iterdir()
    assert parse(file.read_bytes()).subject == LETTER.subject
    assert file.stat().st_mode & 0o077 == 0
    other = ours.send(Letter("a@example.cn", "s", "t"))
    assert other != ours.send(Letter("a@example.cn", "s", "t"))
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_a_folder_that_cannot_be_written_is_tried_later(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file in the way")
    with pytest.raises(TryLater):
        FolderMailer(tmp_path / "out", OFFICE).send(LETTER)


def test_settings_choose_the_mailer(tmp_path: Path) -> None:
    assert mailer({"kind": "none"}) == NoMailer()
    assert mailer({"kind": "folder", "folder": tmp_path}) == FolderMailer(tmp_path)
    smtp = {"kind": "smtp", "host": "mail.example.gov.cn", "port": 465, "sender": OFFICE}
    assert mailer(smtp) == SmtpMailer("mail.example.gov.cn", 465, OFFICE)


@pytest.mark.parametrize(
    "config",
    [
        {},
        {"kind": "pigeon"},
        {"kind": "smtp"},
        {"kind": "none", "host": "x"},
        {"kind": "smtp", "host": "x", "port": 1, "sender": OFFICE, "security": "maybe"},
        {"kind": "smtp", "host": "x", "port": 1, "sender": "nobody"},
    ],
)
def test_settings_that_describe_no_mailer(config: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match="GONGKAI_MAILER"):
        mailer(config)
