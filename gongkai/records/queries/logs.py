"""What stands of the logs and of the chains: since when, how far, what is missing."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from gongkai.adapters.dailylog import kept_days, oldest_change
from gongkai.adapters.signing import fingerprint, signer_in
from gongkai.audit import SYSTEM_CHAIN
from gongkai.audit.models import Anchor, Event
from gongkai.records.rules import LEAST_DAYS, missing_days, spans

ACCESS = "access"
BEGIN = "records.begin_logs"


@dataclass(frozen=True, slots=True)
class LogState:
    """The logs on a day; `faults` say in Chinese what is wrong and what to do."""

    kept: bool
    begun_on: date | None
    oldest_on: date | None
    newest_on: date | None
    days: int
    missing: tuple[tuple[date, date], ...]
    others: tuple[tuple[str, date | None], ...]
    anchored_on: date | None
    signed: bool
    fingerprint: str
    faults: tuple[str, ...]


def begun_on() -> date | None:
    """Return the first day that was logged; None before the first `gongkai tick`."""
    found = Event.objects.filter(chain=SYSTEM_CHAIN, verb=BEGIN).order_by("sequence").first()
    return date.fromisoformat(found.after["day"]) if found else None


def log_state(today: date) -> LogState:
    """Return how the logs stand on a day."""
    folder, begun = settings.GONGKAI_LOG_DIR, begun_on()
    kept = kept_days(Path(folder), ACCESS) if folder else []
    missing = missing_days(kept, begun, today) if folder and begun else []
    others = oldest_change(settings.GONGKAI_OTHER_LOGS)
    last = Anchor.objects.select_related("signed").order_by("-day").first()
    signer = signer_in(settings.GONGKAI_SIGNING_KEY)
    return LogState(
        kept=bool(folder),
        begun_on=begun,
        oldest_on=kept[0] if kept else None,
        newest_on=kept[-1] if kept else None,
        days=len(kept),
        missing=tuple(spans(missing)),
        others=tuple(others.items()),
        anchored_on=last.day if last else None,
        signed=hasattr(last, "signed"),
        fingerprint=fingerprint(signer.public) if signer.public else "",
        faults=tuple(_faults(today, begun, missing, others, last)),
    )


def _faults(
    today: date,
    begun: date | None,
    missing: list[date],
    others: dict[str, date | None],
    last: Anchor | None,
) -> list[str]:
    found = []
    if not settings.GONGKAI_LOG_DIR:
        found.append("没有保存访问日志：请设置 GONGKAI_LOG_DIR")
    elif begun is None:
        found.append("访问日志尚未开始保存：请执行 gongkai tick")
    if missing:
        told = "、".join(
            f"{first}" if first == last_ else f"{first}至{last_}"
            for first, last_ in spans(missing)[:5]
        )
        found.append(f"访问日志缺 {len(missing)} 天（{told}）：请查明原因，有备份的请恢复")
    if begun is not None:
        owed = max(begun, today - timedelta(days=LEAST_DAYS))
        found += [
            f"日志 {pattern} 没有文件：请核对日志设置和 GONGKAI_OTHER_LOGS"
            if oldest is None
            else f"日志 {pattern} 最早只到 {oldest}，应当到 {owed}：请核对轮转和保存天数"
            for pattern, oldest in others.items()
            if oldest is None or oldest > owed + timedelta(days=1)
        ]
    if last is None or last.day < today - timedelta(days=2):
        found.append("操作日志两天没有锚定：请查看 gongkai tick 是否按时运行")
    elif settings.GONGKAI_SIGNING_KEY and not hasattr(last, "signed"):
        found.append("每日锚定没有签名：请执行 gongkai auditanchor --make-key")
    return found
