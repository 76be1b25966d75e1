"""`gongkai intakemail`: take in what lies in the request mailbox; safe to run at any time."""

import argparse
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.utils import timezone

from gongkai.adapters.commandline import Command as GongkaiCommand
from gongkai.adapters.commandline import refuse
from gongkai.adapters.mail import SettingsError
from gongkai.adapters.mailbox import mailbox_of
from gongkai.inforequests.actions import take_in


class Command(GongkaiCommand):
    """Read the mailbox once."""

    help = "读取申请邮箱：登记来信，附入案件，不能自动登记的留待人工处理；可以随时运行"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add --mailbox."""
        self.add_format(parser)
        parser.add_argument(
            "--mailbox", metavar="文件夹", help="读取这个 Maildir，而不是设置中的邮箱"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the mails in; exit with 1 when something needs a person's care."""
        told = options["mailbox"]
        config = {"kind": "maildir", "path": told} if told else settings.GONGKAI_MAILBOX
        if config["kind"] == "none":
            raise refuse("没有设置申请邮箱：请设置 GONGKAI_MAILDIR 或者 GONGKAI_IMAP_HOST")
        try:
            box = mailbox_of(config)
        except SettingsError as error:
            raise refuse(str(error)) from error
        done = take_in(box, at=timezone.now())
        grave = any(notice.grave for notice in done.notices)
        value = asdict(done)
        text = (
            f"登记 {done.registered} 封，附入案件 {done.attached} 封，"
            f"待人工处理 {done.aside} 封，无需处理 {done.ignored} 封，已登记过 {done.seen} 封。"
        )
        lines = [("【紧急】" if each.grave else "【提醒】") + each.text for each in done.notices]
        self.finish(options, value, "\n".join([text, *lines]), 1 if grave else 0)
