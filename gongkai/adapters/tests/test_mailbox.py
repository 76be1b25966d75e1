"""The mailbox in a folder, the twin, and what the settings choose."""

import os
import threading
from pathlib import Path

import pytest

from gongkai.adapters.mail import SettingsError
from gongkai.adapters.mailbox import (
    ImapBox,
    MailboxError,
    MaildirBox,
    MailGone,
    NoMailbox,
    mailbox_of,
)
from gongkai.adapters.tests.mails import MAILS


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    """An empty Maildir."""
    for name in ("new", "cur", "tmp"):
        (tmp_path / "box" / name).mkdir(parents=True)
    return tmp_path / "box"


def deliver(
    maildir: Path, name: str, data: bytes = b"x", folder: str = "new", age: int = 0
) -> None:
    """Deliver as a mail server does: written in tmp/, then moved."""
    draft = maildir / "tmp" / name
    draft.write_bytes(data)
    os.utime(draft, (1_772_416_800 - age, 1_772_416_800 - age))
    draft.rename(maildir / folder / name)


def taken(box: MaildirBox) -> list[str]:
    """Take all mails; return their ids in order."""
    ids = []
    for mail in box.unread():
        ids.append(mail.id)
        box.done(mail.id)
    return ids


def test_each_mail_is_taken_once_the_oldest_first(maildir: Path) -> None:
    deliver(maildir, "3.M1.host", b"third", age=1)
    deliver(maildir, "1.M1.host", b"first", age=9)
    deliver(maildir, "2.M1.host,S=6:2,S", b"second", "cur", age=5)
    with MaildirBox(maildir) as box:
        assert [mail.data for mail in box.unread()] == [b"first", b"second", b"third"]
        assert taken(box) == ["1.M1.host", "2.M1.host,S=6", "3.M1.host"]
        assert taken(box) == []
    assert sorted(os.listdir(maildir / "cur")) == [
        "1.M1.host:2,Sg",
        "2.M1.host,S=6:2,Sg",
        "3.M1.host:2,Sg",
    ]


def test_a_mail_that_someone_has_looked_at_is_not_lost(maildir: Path) -> None:
    deliver(maildir, "1.host:2,RS", folder="cur")
    assert taken(MaildirBox(maildir)) == ["1.host"]
    assert os.listdir(maildir / "cur") == ["1.host:2,RSg"]


def test_every_sample_comes_out_as_it_went_in(maildir: Path) -> None:
    for number, data in enumerate(MAILS.values()):
        deliver(maildir, f"{number:03}.host", data)
    assert [mail.data for mail in MaildirBox(maildir).unread()] == list(MAILS.values())


def test_a_mail_neither_done_nor_set_aside_is_handed_out_again(maildir: Path) -> None:
    deliver(maildir, "1.host")
    box = MaildirBox(maildir)
    assert [mail.id for mail in box.unread()] == ["1.host"]
    assert [mail.id for mail in box.unread()] == ["1.host"]


def test_set_aside_goes_where_people_look_with_its_reason(maildir: Path) -> None:
    deliver(maildir, "1.host", b"odd")
    box = MaildirBox(maildir)
    for mail in box.unread():
        box.set_aside(mail.id, "附件超过限额")
    assert taken(box) == []
    assert (maildir / ".problem/cur/1.host:2,").read_bytes() == b"odd"
    assert (maildir / ".problem/reasons/1.host.txt").read_text("utf-8") == "附件超过限额\n"
    assert (maildir / ".problem/maildirfolder").exists()


def test_two_readers_take_each_mail_once(maildir: Path) -> None:
    for number in range(60):
        deliver(maildir, f"{number:03}.host")
    found: dict[str, list[str]] = {"one": [], "two": []}
    together = threading.Barrier(2)

    def read(name: str) -> None:
        together.wait()
        found[name] = taken(MaildirBox(maildir))

    threads = [threading.Thread(target=read, args=(name,)) for name in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    both = found["one"] + found["two"]
    assert len(both) == len(set(both))
    assert set(both) | set(taken(MaildirBox(maildir))) == {f"{n:03}.host" for n in range(60)}


def test_a_mail_in_the_hands_of_one_reader_is_passed_over_by_another(maildir: Path) -> None:
    deliver(maildir, "1.host", age=9)
    deliver(maildir, "2.host")
    one, two = MaildirBox(maildir), MaildirBox(maildir)
    reading = one.unread()
    assert next(reading).id == "1.host"
    assert [mail.id for mail in two.unread()] == ["2.host"]
    reading.close()  # type: ignore[attr-defined]
    assert [mail.id for mail in two.unread()] == ["1.host", "2.host"]


def test_close_lets_go(maildir: Path) -> None:
    deliver(maildir, "1.host")
    one = MaildirBox(maildir)
    reading = one.unread()
    next(reading)
    one.close()
    assert taken(MaildirBox(maildir)) == ["1.host"]
    assert list(reading) == []


def test_a_mail_moved_while_it_is_read_is_still_marked(maildir: Path) -> None:
    deliver(maildir, "1.host")
    box = MaildirBox(maildir)
    for mail in box.unread():
        (maildir / "new/1.host").rename(maildir / "cur/1.host:2,S")
        box.done(mail.id)
    assert os.listdir(maildir / "cur") == ["1.host:2,Sg"]


def test_links_and_devices_are_not_opened(maildir: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("key")
    (maildir / "new/1.host").symlink_to(tmp_path / "secret")
    (maildir / "new/2.host").mkdir()
    os.mkfifo(maildir / "new/3.host")
    (maildir / "new/.hidden").write_text("x")
    assert list(MaildirBox(maildir).unread()) == []


def test_a_folder_that_is_a_link_is_refused(maildir: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    deliver(maildir, "1.host")
    (maildir / ".problem").symlink_to(tmp_path / "elsewhere")
    box = MaildirBox(maildir)
    with pytest.raises(MailboxError, match="符号链接"):
        box.set_aside("1.host", "reason")
    (maildir / "cur").rmdir()
    (maildir / "cur").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(MailboxError, match="符号链接"):
        list(box.unread())
    assert os.listdir(tmp_path / "elsewhere") == []


@pytest.mark.parametrize(
    "mail_id", ["", "nobody", "../../secret", "1.host:2,S", ".hidden", "new/1"]
)
def test_ids_that_name_no_mail(maildir: Path, mail_id: str) -> None:
    deliver(maildir, "1.host")
    with pytest.raises(MailGone):
        MaildirBox(maildir).done(mail_id)
    with pytest.raises(MailGone):
        MaildirBox(maildir).set_aside(mail_id, "reason")


def test_a_mail_too_large_is_read_to_the_cap_only(maildir: Path) -> None:
    deliver(maildir, "1.host", b"x" * 1000)
    assert [len(mail.data) for mail in MaildirBox(maildir, most_bytes=101).unread()] == [101]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MailboxError, match="没有邮件夹"):
        list(MaildirBox(tmp_path / "none").unread())


def test_the_twin_is_empty() -> None:
    with NoMailbox() as box:
        assert list(box.unread()) == []
        with pytest.raises(MailGone):
            box.done("1")
        with pytest.raises(MailGone):
            box.set_aside("1", "reason")


def test_settings_choose_the_box(tmp_path: Path) -> None:
    assert isinstance(mailbox_of({"kind": "none"}), NoMailbox)
    assert isinstance(mailbox_of({"kind": "maildir", "path": tmp_path}), MaildirBox)
    imap = {"kind": "imap", "host": "mail.example.gov.cn", "user": "u", "password": "p"}
    assert isinstance(mailbox_of(imap), ImapBox)


@pytest.mark.parametrize("config", [{}, {"kind": "pop3"}, {"kind": "maildir"}, {"kind": "imap"}])
def test_settings_that_describe_no_box(config: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match="GONGKAI_MAILBOX"):
        mailbox_of(config)
