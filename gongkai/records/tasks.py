"""Daily duties: logs packed and dropped, what is missing of them told; callers' time over."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from gongkai.adapters.dailylog import tidy
from gongkai.hotline.actions import forget_caller
from gongkai.outbox import Notice, Payload, every, handles
from gongkai.outbox.actions import put
from gongkai.records.actions import begin_logs
from gongkai.records.queries import ACCESS, log_state
from gongkai.records.queries.callers import callers_to_forget

FORGET_CALLER = "records.forget_caller"


@every("day", "records.logs")
def keep_logs(at: datetime) -> list[Notice]:
    """Pack and drop days of the access log, and tell what is missing of the last year."""
    folder, today = settings.GONGKAI_LOG_DIR, timezone.localdate(at)
    if not folder:
        return []
    Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    (Path(folder) / f"{ACCESS}-{today.isoformat()}.log").touch(mode=0o600)
    begin_logs(at=at)
    tidy(Path(folder), ACCESS, today=today, keep_days=settings.GONGKAI_LOG_DAYS)
    return [Notice(fault) for fault in log_state(today).faults if fault.startswith("访问日志缺")]


@every("day", "records.callers")
def forget_callers(at: datetime) -> list[Notice]:
    """Put each hotline caller whose time of keeping is over into the queue, and say how many."""
    due = list(callers_to_forget(timezone.localdate(at)).values_list("pk", flat=True)[:1000])
    for pk in due:
        put(FORGET_CALLER, {"id": str(pk)}, at=at, dedupe_key=f"hotline:{pk}")
    return [Notice(f"{len(due)} 件热线工单的诉求人信息保管期满，正在清除")] if due else []


@handles(FORGET_CALLER)
def forget(payload: Payload, at: datetime) -> None:
    """Forget one caller whose time is over; nothing is left to do when it was done meanwhile."""
    for order in callers_to_forget(timezone.localdate(at)).filter(pk=payload["id"]):
        forget_caller(order, why="保管期限届满", at=at)
