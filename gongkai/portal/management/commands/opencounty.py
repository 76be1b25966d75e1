"""`gongkai opencounty`: a new installation's first county, its office, site and administrator.

What follows (departments, townships, people, posts) is done on the screens by that
administrator, who does no business (GB/T 22239: 三员分立).
"""

import argparse
import re
import secrets
import string
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone
from wagtail.models import Site

from gongkai.accounts.actions import AccountError, create_user
from gongkai.adapters.commandline import Command as ChineseCommand
from gongkai.adapters.commandline import day, refuse
from gongkai.audit import Actor
from gongkai.orgs import actions as orgs
from gongkai.orgs.models import Organ, OrganKind, Role
from gongkai.portal.actions import Profile, open_site

OPERATOR = Actor("opencounty", "服务器管理员", "命令行")
HTTPS = 443
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_PLAIN = "IOilo01"  # left out of passwords: they are read from a screen and typed
_UPPER = [letter for letter in string.ascii_uppercase if letter not in _PLAIN]
_LOWER = [letter for letter in string.ascii_lowercase if letter not in _PLAIN]
_DIGITS = [digit for digit in string.digits if digit not in _PLAIN]


class Command(ChineseCommand):
    """Open a county."""

    help = "新安装后开通一个县：设立县政府及其办公室，开设网站，开立第一个系统管理员账号"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add what must be known of the county, its office, its site and the administrator."""
        add = parser.add_argument
        add("--code", required=True, metavar="代码", help="县政府的机构代码，如 jaxrmzf，不可更改")
        add("--name", required=True, metavar="全称", help="县政府全称，如 靖安县人民政府")
        add("--short-name", default="县政府", metavar="简称", help="县政府简称（默认 县政府）")
        add("--region", required=True, metavar="区划代码", help="行政区划代码，6 位，如 360925")
        add(
            "--since",
            type=day,
            required=True,
            metavar="日期",
            help="机构设立日期，须早于要登记的最早一件事，如 2016-01-01",
        )
        add("--office-code", metavar="代码", help="办公室的机构代码（默认为县政府代码加 -zfb）")
        add("--office-name", metavar="全称", help="办公室全称（默认为县政府全称加“办公室”）")
        add("--office-short-name", default="县府办", metavar="简称", help="办公室简称")
        add("--host", required=True, metavar="域名", help="网站域名，如 www.jingan.gov.cn")
        add("--admin", required=True, metavar="账号", help="系统管理员的账号")
        add("--admin-name", required=True, metavar="姓名", help="系统管理员的姓名")
        self.add_format(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do all of it or nothing, and show the first password once."""
        host = options["host"].strip().lower()
        if not _HOST.fullmatch(host):
            raise refuse("参数 --host：只填域名，不带 https:// 和端口，如 www.jingan.gov.cn")
        if options["since"] > timezone.localdate():
            raise refuse("参数 --since：机构设立日期不得晚于今天，请核对")
        password = first_password()
        try:
            with transaction.atomic():
                county, office = self._open(options, host, password)
        except (orgs.OrgError, AccountError) as error:
            raise refuse(f"{error}。未作任何改动") from error
        except DatabaseError as error:
            raise refuse(f"数据库不能写入：{error}。请先运行 gongkai migrate") from error
        value = {
            "county": county.code,
            "office": office.code,
            "site": f"https://{host}/",
            "staff": f"https://{host}/staff/",
            "account": options["admin"].strip(),
            "password": password,
        }
        self.finish(options, value, _text(value, county, office))

    def _open(self, options: dict[str, Any], host: str, password: str) -> tuple[Organ, Organ]:
        if Site.objects.filter(hostname=host, port=HTTPS).exists():
            raise refuse(f"域名 {host} 已有网站，请核对 --host；一个县只须开通一次")
        who: dict[str, Any] = {"by": OPERATOR, "at": timezone.now()}
        where: dict[str, Any] = {"region_code": options["region"], "on": options["since"], **who}
        county = orgs.establish(
            options["code"],
            kind=OrganKind.COUNTY_GOVERNMENT,
            full_name=options["name"],
            short_name=options["short_name"],
            order=0,
            **where,
        )
        office = orgs.establish(
            options["office_code"] or f"{county.code}-zfb",
            kind=OrganKind.OFFICE,
            full_name=options["office_name"] or f"{county.name}办公室",
            short_name=options["office_short_name"],
            county=county,
            order=1,
            **where,
        )
        admin = create_user(options["admin"], name=options["admin_name"], password=password, **who)
        orgs.appoint(admin, office, Role.SYSTEM_ADMIN, on=timezone.localdate(), **who)
        profile = Profile(name=county.name, sponsor=office.name)
        open_site(county, profile, hostname=host, port=HTTPS, **who)
        return county, office


def first_password() -> str:
    """Return four groups of four characters, of three kinds and none easily misread."""
    groups = (_UPPER, _LOWER, _DIGITS, _LOWER)
    return "-".join("".join(secrets.choice(kind) for kind in groups) for _ in range(4))


def _text(value: dict[str, str], county: Organ, office: Organ) -> str:
    return (
        f"已设立{county.name}（{county.code}）和{office.name}（{office.code}）。\n"
        f"网站：{value['site']}\n"
        f"系统管理员账号：{value['account']}\n"
        f"初始密码：{value['password']}（只显示这一次，首次登录时须修改）\n"
        f"请用这一账号登录 {value['staff']} ，在“设置”下的“机构”“人员”中设立部门、乡镇，"
        "新增人员并办理任职。"
    )
