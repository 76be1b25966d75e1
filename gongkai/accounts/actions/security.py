"""What the security administrator does: unlock, second factors, numbers of sign-on, networks."""

from datetime import datetime
from ipaddress import IPv4Address, IPv6Address

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction

from gongkai.accounts.actions.errors import BadNetwork, BadSignOn, BadState
from gongkai.accounts.actions.recording import recorded
from gongkai.accounts.actions.signing_in import end_sessions
from gongkai.accounts.models import StaffNetwork, User
from gongkai.accounts.rules import inside, network_in
from gongkai.audit import SYSTEM_CHAIN, Actor
from gongkai.audit.actions import record

_LONGEST = 190  # what allauth keeps of a number


def unlock(account: str, *, by: Actor, at: datetime, reason: str) -> int:
    """Forget the failed tries at `account`, so that its holder may try again at once.

    Raises:
        BadState: none is counted, or it is one's own.
    """
    if by.account == account:
        raise BadState("不能解锁本人的账号，请由他人办理", field="account")
    user = User.objects.filter(username=account).first()
    with transaction.atomic():
        tries = AccessAttempt.objects.filter(username=account)
        count = sum(tries.values_list("failures_since_start", flat=True))
        if not count:
            raise BadState("该账号没有被锁定，刷新页面可看到最新情况", field="account")
        tries.delete()
        record(
            "accounts.unlock",
            f"accounts:{user.pk if user else 'unknown'}",
            chain=SYSTEM_CHAIN,
            by=by,
            at=at,
            label=f"{user.name}（{user.username}）" if user else "不存在的账号",
            before={"failures": count},
            reason=reason,
        )
    return count


def note_second_factor(user: User, verb: str, kind: str, *, by: Actor, at: datetime) -> None:
    """Record that somebody's second factor was added, removed or renewed by themselves.

    `verb` is "add", "remove" or "renew"; the rows are written by allauth.
    """
    with transaction.atomic():
        recorded(f"accounts.{verb}_second_factor", user, by=by, at=at, after={"kind": kind})


def reset_second_factor(user: User, *, by: Actor, at: datetime, reason: str) -> int:
    """Take away the second factors of who has lost them, and sign them out everywhere.

    Raises:
        BadState: there are none, or they are one's own.
    """
    if by.account == user.username:
        raise BadState("不能重置本人的两步验证，请由他人办理", field="reason")
    with transaction.atomic():
        rows = Authenticator.objects.select_for_update().filter(user_id=user.pk)
        kinds = sorted(rows.values_list("type", flat=True))
        if not kinds:
            raise BadState("该同志没有设置两步验证", field="reason")
        Authenticator.objects.filter(user_id=user.pk).delete()
        ended = end_sessions(user)
        recorded(
            "accounts.reset_second_factor",
            user,
            by=by,
            at=at,
            before={"kinds": kinds},
            after={"sessions_ended": ended},
            reason=reason,
        )
    return len(kinds)


def link_sign_on(
    user: User, provider: str, number: str, *, by: Actor, at: datetime
) -> SocialAccount:
    """Enter the number by which a province's single sign-on knows `user`, replacing the last.

    Raises:
        BadSignOn: no such provider; the number is missing or somebody else's.
        BadState: one's own.
    """
    number = number.strip()
    if by.account == user.username:
        raise BadState("不能登记本人的统一认证号，请由他人办理", field="number")
    if provider not in dict(sign_on_providers()):
        raise BadSignOn("没有接入这个统一认证，请从列表中选择", field="provider")
    if not number or len(number) > _LONGEST:
        raise BadSignOn(f"请填写统一认证平台给出的用户编号，不超过{_LONGEST}字", field="number")
    with transaction.atomic():
        taken = SocialAccount.objects.filter(provider=provider, uid=number).first()
        if taken is not None:
            whose = "该同志" if taken.user_id == user.pk else "他人"
            raise BadSignOn(f"这个编号已登记给{whose}，请核对", field="number")
        SocialAccount.objects.filter(provider=provider, user=user).delete()
        made = SocialAccount.objects.create(user=user, provider=provider, uid=number)
        recorded(
            "accounts.link_sign_on",
            user,
            by=by,
            at=at,
            after={"provider": provider, "number": number},
            protected=("number",),
        )
    return made


def unlink_sign_on(user: User, provider: str, *, by: Actor, at: datetime, reason: str = "") -> None:
    """Take away the number, so that `user` no longer comes in by single sign-on.

    Raises:
        BadState: there is none.
    """
    with transaction.atomic():
        gone, _ = SocialAccount.objects.filter(user=user, provider=provider).delete()
        if not gone:
            raise BadState("没有登记统一认证号", field="provider")
        after = {"provider": provider}
        recorded("accounts.unlink_sign_on", user, by=by, at=at, before=after, reason=reason)


def sign_on_providers() -> list[tuple[str, str]]:
    """Return id and name of each single sign-on that the settings name."""
    return [(each["provider_id"], each["name"]) for each in settings.GONGKAI_SIGN_ON]


def allow_network(
    network: str,
    *,
    note: str,
    own: IPv4Address | IPv6Address | None,
    by: Actor,
    at: datetime,
) -> StaffNetwork:
    """Let the staff side be entered from `network`; `own` is the address of who asks.

    Raises:
        BadNetwork: no network, there already, no note, or oneself would be shut out.
    """
    try:
        told = str(network_in(network))
    except ValueError:
        raise BadNetwork(
            "请按“10.20.0.0/16”的格式填写网段，单个地址直接填写", field="network"
        ) from None
    if not note.strip():
        raise BadNetwork("请说明这是哪里的网段", field="note")
    with transaction.atomic():
        if StaffNetwork.objects.filter(network=told).exists():
            raise BadNetwork(f"网段 {told} 已登记", field="network")
        row = StaffNetwork.objects.create(
            network=told, note=note.strip(), added_by=by.name, added_at=at
        )
        _keep_oneself_in(own)
        _record_network("accounts.allow_network", told, note, by, at)
    return row


def withdraw_network(
    row: StaffNetwork,
    *,
    own: IPv4Address | IPv6Address | None,
    by: Actor,
    at: datetime,
    reason: str = "",
) -> None:
    """Take a network away.

    Raises:
        BadNetwork: it is gone already, or oneself would be shut out.
    """
    with transaction.atomic():
        gone, _ = StaffNetwork.objects.filter(pk=row.pk).delete()
        if not gone:
            raise BadNetwork("该网段已移除，刷新页面可看到最新情况", field="network")
        _keep_oneself_in(own)
        _record_network("accounts.withdraw_network", row.network, row.note, by, at, reason)


def _keep_oneself_in(own: IPv4Address | IPv6Address | None) -> None:
    told = [
        *settings.GONGKAI_STAFF_NETWORKS,
        *StaffNetwork.objects.values_list("network", flat=True),
    ]
    if told and not inside(own, told):
        raise BadNetwork(
            f"您现在的地址是 {own or '未知'}，不在允许的网段内，这样会把自己关在门外；"
            "请先登记包含本人地址的网段",
            field="network",
        )


def _record_network(
    verb: str, network: str, note: str, by: Actor, at: datetime, reason: str = ""
) -> None:
    record(
        verb,
        f"accounts.network:{network}",
        chain=SYSTEM_CHAIN,
        by=by,
        at=at,
        label=f"网段 {network}",
        after={"network": network, "note": note},
        reason=reason,
    )
