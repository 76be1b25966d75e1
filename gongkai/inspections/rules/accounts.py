"""Accounts of new media: M2 内容不更新, M3 互动回应差, the sponsor (law.md 4.2, 5.1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gongkai.inspections.rules.faults import Fault

SILENT_DAYS = 14
_LET_BE = ("已注销", "注销", "已关停", "申请注销")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account as its register and its platform show it."""

    name: str
    platform: str
    sponsor: str
    certified_as: str
    state: str
    has_talk: bool
    address: str
    last_post_on: date | None


def accounts(account: Account, today: date, at: datetime) -> Iterator[Fault]:
    """Tell an account that is silent, cannot be talked to, or is certified as somebody else."""
    if account.state in _LET_BE:
        return
    told = f"{account.platform}“{account.name}”"
    last = account.last_post_on
    if last is None or last < today - timedelta(days=SILENT_DAYS):
        since = f"最近一次发布是{last}" if last else "没有发布过内容"
        why = f"{told}{since}，超过2周未更新。"
        yield _fault("M2", account, why, str(last or "无"), at)
    if not account.has_talk:
        yield _fault("M3", account, f"{told}没有提供有效的互动功能。", "未开通互动", at)
    certified = account.certified_as.strip()
    if certified and not certified.startswith(account.sponsor.strip()):
        why = f"{told}的认证主体（{certified}）与主办单位（{account.sponsor}）不一致。"
        yield _fault("account-sponsor-differs", account, why, certified, at)


def _fault(rule: str, account: Account, why: str, evidence: str, at: datetime) -> Fault:
    return Fault(
        rule=rule, address=account.address, why=why, evidence=evidence, found_at=at, target=rule
    )
