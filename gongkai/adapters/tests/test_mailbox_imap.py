"""The mailbox on a server: a small IMAP server of the test's own, well-behaved and not."""

import re
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from gongkai.adapters.mailbox import ImapBox, MailboxError, MailGone
from gongkai.adapters.tests.loopback import certified, closed_port, served, silent
from gongkai.adapters.tests.mails import MAILS, letter


class Imap:
    """An IMAP server with one account: folders of {uid: (data, flags)}."""

    def __init__(
        self,
        mails: dict[int, bytes],
        *,
        abilities: str = "IMAP4rev1 UIDPLUS MOVE ID",
        permanent: str = r"(\Seen \Deleted \*)",
        hang_up_at: str = "",
        refuse: str = "",
        stall_at: str = "",
    ) -> None:
        """Take what lies in INBOX, what the server can and at what it fails once."""
        self.folders: dict[str, dict[int, tuple[bytes, set[str]]]] = {
            "INBOX": {uid: (data, set()) for uid, data in mails.items()}
        }
        self.abilities, self.permanent = abilities, permanent
        self.hang_up_at, self.refuse, self.stall_at = hang_up_at, refuse, stall_at
        self.validity = 7
        self.commands: list[str] = []

    def __call__(self, file: BinaryIO) -> None:
        """Talk to one client."""
        file.write(b"* OK ready\r\n")
        while line := file.readline():
            tag, _, rest = line.decode().strip().partition(" ")
            self.commands.append(rest)
            uid, _, after = rest.partition(" ")
            name, _, arguments = after.partition(" ") if uid == "UID" else (uid, "", after)
            if self.hang_up_at == name:
                self.hang_up_at = ""
                return
            if self.stall_at == name:
                silent(file)
                return
            status = "NO refused" if self.refuse == name else "OK"
            for said in [] if status != "OK" else self._answers(name, arguments):
                file.write(said)
            file.write(f"{tag} {status} {name}\r\n".encode())
            if name == "LOGOUT":
                return

    def _answers(self, name: str, arguments: str) -> list[bytes]:
        answer = getattr(self, f"_{name.lower()}", None)
        return answer(arguments) if answer else []

    def _capability(self, _: str) -> list[bytes]:
        return [f"* CAPABILITY {self.abilities}\r\n".encode()]

    def _select(self, arguments: str) -> list[bytes]:
        lines = [f"* {len(self.folders['INBOX'])} EXISTS", f"* OK [UIDVALIDITY {self.validity}] ok"]
        if self.permanent:
            lines.append(f"* OK [PERMANENTFLAGS {self.permanent}] ok")
        return [line.encode() + b"\r\n" for line in lines]

    def _search(self, arguments: str) -> list[bytes]:
        out = {"\\Deleted", arguments.rpartition(" ")[2]}
        uids = [str(uid) for uid, (_, flags) in self.folders["INBOX"].items() if not flags & out]
        return [f"* SEARCH {' '.join(uids)}\r\n".encode()]

    def _fetch(self, arguments: str) -> list[bytes]:
        uid = int(arguments.partition(" ")[0])
        most = re.search(r"<0\.(\d+)>", arguments)
        if uid not in self.folders["INBOX"] or most is None:
            return []
        data = self.folders["INBOX"][uid][0][: int(most[1])]
        head = f"* 1 FETCH (UID {uid} BODY[]<0> {{{len(data)}}}\r\n"
        return [head.encode() + data + b")\r\n"]

    def _store(self, arguments: str) -> list[bytes]:
        uid, _, flags = arguments.split(" ", 2)
        self.folders["INBOX"][int(uid)][1].update(flags.strip("()").split())
        return []

    def _create(self, arguments: str) -> list[bytes]:
        self.folders.setdefault(arguments.strip('"'), {})
        return []

    def _copy(self, arguments: str) -> list[bytes]:
        uid, _, folder = arguments.partition(" ")
        self.folders[folder.strip('"')][int(uid)] = self.folders["INBOX"][int(uid)]
        return []

    def _move(self, arguments: str) -> list[bytes]:
        self._copy(arguments)
        return self._expunge(arguments.partition(" ")[0])

    def _expunge(self, arguments: str) -> list[bytes]:
        del self.folders["INBOX"][int(arguments)]
        return []


def box_at(port: int, **more: Any) -> ImapBox:
    """Return a box on a server of the test's own."""
    given = {"use_tls": False, "seconds": 2.0, **more}
    return ImapBox("127.0.0.1", "zwgk", 'it\'s "a" secret\\', port=port, **given)


def taken(box: ImapBox) -> list[bytes]:
    """Take all mails; return them in order."""
    found = []
    for mail in box.unread():
        found.append(mail.data)
        box.done(mail.id)
    return found


def test_each_mail_is_taken_once_the_oldest_first() -> None:
    server = Imap({20: b"second", 3: b"first"})
    with served(server) as port, box_at(port) as box:
        assert [mail.id for mail in box.unread()] == ["7.3", "7.20"]
        assert taken(box) == [b"first", b"second"]
        assert taken(box) == []
    assert server.folders["INBOX"][3][1] == {"\\Seen", "GongkaiTaken"}
    assert server.commands[-1] == "LOGOUT"


def test_every_sample_comes_out_as_it_went_in() -> None:
    with served(Imap(dict(enumerate(MAILS.values(), 1)))) as port, box_at(port) as box:
        assert [mail.data for mail in box.unread()] == list(MAILS.values())


def test_a_mail_that_someone_has_looked_at_is_not_lost() -> None:
    server = Imap({1: letter()})
    server.folders["INBOX"][1][1].add("\\Seen")
    with served(server) as port, box_at(port) as box:
        assert taken(box) == [letter()]


def test_looking_changes_nothing() -> None:
    server = Imap({1: letter()})
    with served(server) as port, box_at(port) as box:
        list(box.unread())
    assert server.folders["INBOX"][1][1] == set()
    assert all("PEEK" in said for said in server.commands if "FETCH" in said)


def test_taken_mails_are_moved_where_the_settings_say_so() -> None:
    server = Imap({1: b"a", 2: b"b"}, permanent=r"(\Seen)")
    with served(server) as port, box_at(port, done_folder="~peter/mail/台北/日本語&") as box:
        assert taken(box) == [b"a", b"b"]
    assert server.folders["INBOX"] == {}
    # RFC 3501, 5.1.3, has this example.
    assert list(server.folders["~peter/mail/&U,BTFw-/&ZeVnLIqe-&-"]) == [1, 2]


@pytest.mark.parametrize("abilities", ["IMAP4rev1", "IMAP4rev1 UIDPLUS"])
def test_a_server_without_move(abilities: str) -> None:
    server = Imap({1: b"a"}, abilities=abilities)
    with served(server) as port, box_at(port) as box:
        for mail in box.unread():
            box.set_aside(mail.id, "附件超过限额")
        assert list(box.unread()) == []
    assert server.folders["gongkai-problem"][1][0] == b"a"
    assert (1 in server.folders["INBOX"]) == ("UIDPLUS" not in abilities)


def test_a_server_that_forgets_our_mark_needs_a_folder() -> None:
    server = Imap({1: b"a"}, permanent=r"(\Seen \Deleted)")
    with served(server) as port, pytest.raises(MailboxError, match="done_folder"):
        list(box_at(port).unread())


def test_a_server_that_wants_to_know_who_asks_is_told() -> None:
    server = Imap({})
    with served(server) as port, box_at(port) as box:
        assert list(box.unread()) == []
    names = [said.partition(" ")[0] for said in server.commands]
    assert names.index("ID") < names.index("SELECT")


@pytest.mark.parametrize("name", ["LOGIN", "SELECT", "SEARCH", "FETCH", "STORE"])
def test_a_dropped_connection_is_told_and_made_anew(name: str) -> None:
    server = Imap({1: b"a", 2: b"b"}, hang_up_at=name)
    with served(server) as port, box_at(port) as box:
        with pytest.raises(MailboxError, match="读不了"):
            taken(box)
        assert taken(box) == [b"a", b"b"]


@pytest.mark.parametrize("name", ["LOGIN", "SELECT", "SEARCH", "FETCH", "STORE"])
def test_a_refusal_is_told(name: str) -> None:
    server = Imap({1: b"a"}, refuse=name)
    with served(server) as port, box_at(port) as box, pytest.raises(MailboxError):
        taken(box)


@pytest.mark.parametrize("name", ["LOGIN", "SELECT", "SEARCH", "FETCH"])
def test_a_server_that_falls_silent(name: str) -> None:
    server = Imap({1: b"a"}, stall_at=name)
    with served(server) as port, pytest.raises(MailboxError, match="timed out"):
        list(box_at(port, seconds=0.1).unread())


def test_no_server_and_one_that_speaks_something_else() -> None:
    with pytest.raises(MailboxError, match="读不了"):
        list(box_at(closed_port()).unread())
    other = served(lambda file: file.write(b"220 smtp\r\n") and None)
    with other as port, pytest.raises(MailboxError, match="读不了"):
        list(box_at(port).unread())
    with served(silent) as port, pytest.raises(MailboxError, match="timed out"):
        list(box_at(port, seconds=0.05).unread())


def test_ids_mean_nothing_in_a_folder_made_anew() -> None:
    server = Imap({1: b"a"})
    with served(server) as port:
        with box_at(port) as box:
            (mail,) = box.unread()
        server.validity = 8
        with box_at(port) as box:
            for mail_id in (mail.id, "", "1", "8.", "8.x", "8.1:*", "８.１"):
                with pytest.raises(MailGone):
                    box.done(mail_id)
                with pytest.raises(MailGone):
                    box.set_aside(mail_id, "reason")


def test_a_mail_too_large_is_fetched_to_the_cap_only() -> None:
    with served(Imap({1: b"x" * 1000})) as port, box_at(port, most_bytes=101) as box:
        assert [len(mail.data) for mail in box.unread()] == [101]


def test_a_mail_that_another_reader_moved_meanwhile_is_passed_over() -> None:
    server = Imap({1: b"a", 2: b"b"})
    with served(server) as port, box_at(port) as box:
        found = []
        for mail in box.unread():
            found.append(mail.data)
            server.folders["INBOX"].pop(2, None)
    assert found == [b"a"]


def test_a_server_has_to_prove_who_it_is(tmp_path: Path) -> None:
    context, trusted = certified(tmp_path)
    server = Imap({1: b"a"})
    with served(server, context) as port:
        with box_at(port, use_tls=True, ca_file=str(trusted)) as box:
            assert taken(box) == [b"a"]
        asked = len(server.commands)
        with pytest.raises(MailboxError, match="certificate"):
            list(box_at(port, use_tls=True).unread())
    assert len(server.commands) == asked
