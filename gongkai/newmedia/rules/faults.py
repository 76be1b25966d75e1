"""What an account is found wanting in, as far as its records tell (law.md 4.2, 5.1).

M2 内容不更新 and M3 互动回应差 are the vetoes of 国办秘函〔2019〕19号; M1 (严重表述错误、泄密) is
found by people and by the scan of words, not by records of accounts. The rest are points of
国办发〔2018〕123号 that bulletins name: 认证主体与主办单位不一致, 未备案, 同一平台多个账号.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.newmedia.lifecycle import OWING, RUNNING, AccountState
from gongkai.newmedia.rules.platforms import Platform
from gongkai.statute.days import written

SILENT_DAYS = 14
LABELS = {
    "M2": "超过2周未更新",
    "M3": "没有互动功能",
    "account-sponsor-differs": "认证主体与主办单位不一致",
    "account-unverified": "未登记认证主体",
    "account-unfiled": "未登记备案编号",
    "account-no-link": "未登记账号链接",
    "account-no-home": "没有链接政府网站",
    "account-doubled": "同一平台多个账号",
    "account-comments": "留言未答复",
    "account-contract-over": "托管合同已到期",
}


@dataclass(frozen=True, slots=True)
class Month:
    """The messages of a month: received, and answered of them."""

    starts_on: date
    received: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An account as its records show it on a day; `beside` is how many more the organ has there."""

    name: str
    platform: Platform
    state: AccountState
    sponsor: str
    certified_as: str = ""
    opened_on: date | None = None
    last_post_on: date | None = None
    functions: tuple[bool, bool, bool] = (False, False, False)  # publishes, talks, serves
    link: str = ""
    filed_number: str = ""
    links_home: bool | None = None
    contract_ends_on: date | None = None
    beside: int = 0
    months: Sequence[Month] = ()

    @property
    def title(self) -> str:
        """Return the account as messages call it."""
        return f"{self.platform.label}“{self.name}”"


@dataclass(frozen=True, slots=True)
class AccountFault:
    """One thing that an account is found wanting in; `target` tells several of a rule apart."""

    rule: str
    why: str
    evidence: str
    target: str = ""

    @property
    def label(self) -> str:
        """Return the fault in a few words, as lists show it."""
        return LABELS[self.rule]


def is_silent(state: AccountState, last_on: date | None, opened_on: date | None, on: date) -> bool:
    """Say whether an account that owes content has posted nothing in the 14 days before a day."""
    if state not in OWING:
        return False
    known = [day for day in (last_on, opened_on) if day is not None]
    return not known or max(known) < on - timedelta(days=SILENT_DAYS)


def faults_of(account: Judged, today: date) -> Iterator[AccountFault]:
    """Yield what an account is found wanting in on a day; groups and closed ones in nothing."""
    if account.state not in RUNNING or account.platform.is_group:
        return
    yield from _vetoes(account, today)
    yield from _sponsor(account)
    if not account.filed_number:
        yield AccountFault(
            "account-unfiled",
            f"{account.title}没有登记全国政务新媒体信息报送系统的备案编号，请备案后补登",
            "备案编号：空",
        )
    if not account.link:
        yield AccountFault(
            "account-no-link", f"{account.title}没有登记链接，公众找不到，请补登", "链接：空"
        )
    if account.links_home is False:
        why = f"{account.title}没有链接县政府网站，请在账号主页或者菜单中加上"
        yield AccountFault("account-no-home", why, "链接政府网站：否")
    if account.beside:
        why = (
            f"{account.sponsor}在{account.platform.label}有{account.beside + 1}个账号，"
            f"一个单位在一个平台原则上只开一个，{account.title}请整合或者注销"
        )
        yield AccountFault("account-doubled", why, f"另有{account.beside}个")
    if account.contract_ends_on and account.contract_ends_on < today:
        why = (
            f"{account.title}的托管合同已于{written(account.contract_ends_on)}到期，请续签或者收回"
        )
        yield AccountFault(
            "account-contract-over",
            why,
            f"合同到期日{account.contract_ends_on}",
            account.contract_ends_on.isoformat(),
        )
    yield from _comments(account, today)


def _vetoes(account: Judged, today: date) -> Iterator[AccountFault]:
    if is_silent(account.state, account.last_post_on, account.opened_on, today):
        last = account.last_post_on
        since = f"最近一次更新是{written(last)}" if last else "没有发布记录"
        why = f"{account.title}{since}，超过2周未更新，请更新或者申请注销"
        yield AccountFault("M2", why, f"最近更新：{last or '无'}")
    _, talks, _ = account.functions
    if any(account.functions) and not talks and account.state in OWING:
        why = f"{account.title}没有提供有效的互动功能，请开通留言、私信或者咨询"
        yield AccountFault("M3", why, "功能类型中没有“互动”")


def _sponsor(account: Judged) -> Iterator[AccountFault]:
    certified = account.certified_as.strip()
    if not certified:
        why = f"{account.title}没有登记认证主体，请在平台认证后补登"
        yield AccountFault("account-unverified", why, "认证主体：空")
    elif not certified.startswith(account.sponsor.strip()):
        why = (
            f"{account.title}的认证主体（{certified}）与主办单位（{account.sponsor}）不一致，"
            "请变更认证"
        )
        yield AccountFault("account-sponsor-differs", why, f"认证主体：{certified}")


def _comments(account: Judged, today: date) -> Iterator[AccountFault]:
    """Yield the months that are over and whose messages were not all answered."""
    this_month = today.replace(day=1)
    for month in account.months:
        owed = month.received - month.answered
        if owed > 0 and month.starts_on < this_month:
            when = f"{month.starts_on.year}年{month.starts_on.month}月"
            why = f"{account.title}{when}收到留言{month.received}条，还有{owed}条没有答复，请答复"
            said = f"收到{month.received}条，答复{month.answered}条"
            yield AccountFault("account-comments", why, said, month.starts_on.isoformat())
