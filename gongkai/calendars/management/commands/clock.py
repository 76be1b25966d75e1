"""`gongkai clock reply`: the due day of an answer and the sum behind it.

Plain law from the command line (Art. 26 to 35 of the Regulations): no database, our own
holiday table. Shape, options and vectors are a contract with the outside.
"""

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from gongkai.adapters.commandline import Command as BaseCommand
from gongkai.adapters.commandline import day, refuse
from gongkai.statute.clock import (
    Acts,
    ClockError,
    Consultation,
    ConsultationKind,
    Deadline,
    Delay,
    Extension,
    FeeNotice,
    IntakeChannel,
    Step,
    Supplement,
    TraceDay,
    WaitingFor,
    reply,
    trace,
)
from gongkai.statute.days import weekday, written
from gongkai.statute.workdays import CalendarError, national

Value = TypeVar("Value")
_CHANNELS = {
    "当面": IntakeChannel.IN_PERSON,
    "挂号": IntakeChannel.POST_SIGNED,
    "平信": IntakeChannel.POST_ORDINARY,
    "网络": IntakeChannel.ONLINE,
    "传真": IntakeChannel.FAX,
}
_NUMERALS = "一二三四五六七八九十"
_WAITING = {
    WaitingFor.SUPPLEMENT: "收到申请人的补正",
    WaitingFor.PAYMENT: "申请人完成缴费",
    WaitingFor.OPINION: "被征求意见方答复",
}


class Command(BaseCommand):
    """Work out a statutory deadline and print the sum."""

    help = "推算法定期限，并列出计算过程（不需要数据库）"
    needs_database = False

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the subcommand `reply` with the acts of a request."""
        commands = parser.add_subparsers(
            title="子命令", dest="term", metavar="子命令", required=True
        )
        answer = commands.add_parser(
            "reply",
            help="依申请公开的答复期限",
            description=(
                "推算依申请公开的答复期限。日期写成 2026-03-02；一项行为的几个日期用英文冒号隔开，"
                "还没有发生的写 -。"
            ),
        )
        answer.add_argument(
            "--received", type=day, required=True, metavar="日期", help="收到申请之日（第三十一条）"
        )
        answer.add_argument(
            "--channel",
            type=_channel,
            metavar="渠道",
            help=f"提交渠道：{'、'.join(_CHANNELS)}，或者{'、'.join(IntakeChannel)}",
        )
        _add_acts(answer)
        self.add_format(answer)
        answer.add_argument("--trace", action="store_true", help="逐日列出是否计入")

    def handle(self, **options: Any) -> None:
        """Print the deadline; every fault in the acts is one Chinese line and exit 2."""
        calendar = national()
        try:
            acts = _acts(options)
            deadline = reply(acts, calendar)
            days = trace(acts, calendar) if options["trace"] else ()
        except (ClockError, CalendarError) as error:
            raise refuse(str(error)) from error
        value = deadline.as_json()
        if options["trace"]:
            value["trace"] = [each.as_json() for each in days]
        self.finish(options, value, "\n".join([*_told(deadline), *_traced(days)]))


def _add_acts(parser: argparse.ArgumentParser) -> None:
    """Add the options for the acts that restart, pause or lengthen the term."""
    consultation = "发出:送达:答复；未答复写 -（自送达次日起满15个工作日止）；可以多次填写"
    options: tuple[tuple[str, Callable[[str], object], str, str], ...] = (
        ("--supplement", _supplement, "告知:收到", "补正：告知日期和收到补正日期（第三十条）"),
        (
            "--consult",
            _third_party,
            "发出:送达:答复",
            f"征求第三方意见（第三十二条）：{consultation}",
        ),
        (
            "--organ-consult",
            _organ,
            "发出:送达:答复",
            f"征求机关意见（第三十四条）：{consultation}",
        ),
        (
            "--extend",
            _extension,
            "天数",
            "延长的工作日数，1至20（第三十三条）；天数:告知日期 可核对是否按期告知",
        ),
        ("--fee", _fee, "通知:缴费", "收费通知日期和缴费日期（信息处理费管理办法）"),
        (
            "--delay",
            _delay,
            "日期",
            "延迟答复的合理期限（第三十五条）；日期:告知日期 可核对是否按期告知",
        ),
    )
    for name, kind, metavar, told in options:
        parser.add_argument(
            name, type=kind, action="append", default=[], metavar=metavar, help=told
        )


def _acts(options: dict[str, Any]) -> Acts:
    """Return the acts told on the command line."""
    return Acts(
        received_on=options["received"],
        channel=options["channel"],
        supplement=_once(options["supplement"], "--supplement", "补正只能一次性告知（第三十条）"),
        consultations=(*options["consult"], *options["organ_consult"]),
        extension=_once(options["extend"], "--extend", "请填写延长的总天数"),
        fee=_once(options["fee"], "--fee", "一件申请只有一次收费通知"),
        delay=_once(options["delay"], "--delay", "请填写最后确定的日期"),
    )


def _once(values: Sequence[Value], name: str, why: str) -> Value | None:
    """Return the only value of an option, or None; refuse a second one."""
    if len(values) > 1:
        raise refuse(f"参数 {name} 只能填写一次：{why}")
    return values[0] if values else None


# -- reading one option ----------------------------------------------------------------------


def _days(text: str, names: Sequence[str], open_from: int) -> list[date | None]:
    """Return the days of SENT:SERVED:ANSWERED; from `open_from` on a day may be `-`."""
    parts = text.split(":")
    if len(parts) != len(names):
        raise argparse.ArgumentTypeError(
            f"应当是用英文冒号隔开的{len(names)}个日期（{'、'.join(names)}），现在是“{text}”"
        )
    found: list[date | None] = []
    for place, (name, part) in enumerate(zip(names, parts, strict=True)):
        if part == "-" and place >= open_from:
            found.append(None)
            continue
        try:
            found.append(day(part))
        except argparse.ArgumentTypeError as error:
            raise argparse.ArgumentTypeError(f"{name}日期：{error}") from None
    return found


def _first(days: Sequence[date | None]) -> date:
    """Return the first day of an option, which `_days` never leaves open."""
    return next(each for each in days if each is not None)


def _supplement(text: str) -> Supplement:
    days = _days(text, ("告知", "收到"), 1)
    return Supplement(_first(days), days[1])


def _fee(text: str) -> FeeNotice:
    days = _days(text, ("通知", "缴费"), 1)
    return FeeNotice(_first(days), days[1])


def _third_party(text: str) -> Consultation:
    return _consultation(text, ConsultationKind.THIRD_PARTY)


def _organ(text: str) -> Consultation:
    return _consultation(text, ConsultationKind.JOINT_ORGAN)


def _consultation(text: str, kind: ConsultationKind) -> Consultation:
    days = _days(text, ("发出", "送达", "答复"), 1)
    return Consultation(_first(days), days[1], days[2], kind)


def _extension(text: str) -> Extension:
    number, colon, told = text.partition(":")
    if not (number.lstrip("-").isascii() and number.lstrip("-").isdigit()) or len(number) > 6:
        raise argparse.ArgumentTypeError(f"延长的天数应当是整数，现在是“{number}”")
    return Extension(int(number), day(told) if colon else None)


def _delay(text: str) -> Delay:
    until, colon, told = text.partition(":")
    return Delay(day(until), day(told) if colon else None)


def _channel(text: str) -> IntakeChannel:
    code = text.upper().replace("-", "_")
    if text in _CHANNELS:
        return _CHANNELS[text]
    if code in IntakeChannel.__members__:
        return IntakeChannel[code]
    raise argparse.ArgumentTypeError(f"没有“{text}”这一渠道，只有：{'、'.join(_CHANNELS)}")


# -- telling the answer ----------------------------------------------------------------------


def _told(deadline: Deadline) -> list[str]:
    """Return the answer and its sum in Chinese, line by line."""
    lines = [_headline(deadline), "", "计算过程："]
    lines += [_line(number, step) for number, step in enumerate(deadline.steps, start=1)]
    counted = [step.workdays for step in deadline.steps if step.workdays]
    if deadline.due_on is not None:
        parts = "＋".join(str(each) for each in counted)
        total = f"{parts}＝{sum(counted)}" if len(counted) > 1 else str(sum(counted))
        lines += ["", f"合计：{total}个工作日。"]
    if deadline.provisional:
        lines += [
            "",
            "注意：推算经过的日子还没有国务院办公厅的放假通知，只扣除了法定节假日，"
            "结果是暂定的，不能写入文书。",
        ]
    return lines


def _headline(deadline: Deadline) -> str:
    """Return the first line: the due day, or what the standing clock waits for."""
    if deadline.due_on is not None:
        due = f"{written(deadline.due_on)}（{weekday(deadline.due_on)}）"
        sure = "（暂定）" if deadline.provisional else ""
        return f"答复期限：{due}，第{deadline.workdays}个工作日{sure}。"
    waiting = deadline.waiting
    since = (
        f"自{written(waiting.since_on)}起停止计算，等待{_WAITING[waiting.what]}" if waiting else ""
    )
    until = f"，最迟至{written(waiting.until_on)}" if waiting and waiting.until_on else ""
    return f"答复期限：{since}{until}。"


def _line(number: int, step: Step) -> str:
    """Return one step: number, days, reason, days counted, article."""
    mark = _NUMERALS[number - 1] if number <= len(_NUMERALS) else str(number)
    days = written(step.start_on)
    if step.end_on != step.start_on:
        days += f"至{written(step.end_on)}"
    counted = f"，计{step.workdays}个工作日" if step.workdays else ""
    return f"  {mark}、{days}：{step.why}{counted}（{step.article}）"


def _traced(days: Sequence[TraceDay]) -> list[str]:
    """Return the trace, one line a day."""
    lines = ["", "逐日计算："] if days else []
    return lines + [f"  {each.on.isoformat()} {weekday(each.on)}  {each.note}" for each in days]
