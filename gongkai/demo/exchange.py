"""The demo's year of 互动交流: messages, surveys, interviews, answers, public opinion.

Every record is made by the chapter's real verbs, in the order of its days; nothing names a person.
The reference report tells no figure of messages; the year tells some of each kind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gongkai.audit import Actor
from gongkai.disclosure.models import Entry
from gongkai.engagement import actions
from gongkai.engagement.actions import (
    Answered,
    InterviewKind,
    MessageKind,
    NewMessage,
    NewOpinion,
    Plan,
    ResponseKind,
    Severity,
    SurveyTold,
)
from gongkai.engagement.models import Interview, Message, Survey
from gongkai.orgs.models import Organ

READER = Actor("portal", "公众", "网上提交")
_CHINA = ZoneInfo("Asia/Shanghai")
Forward = Callable[[Entry, datetime], object]


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the demo: the day, the organ's code, what was asked and answered."""

    month: int
    day: int
    organ: str
    kind: MessageKind
    title: str
    text: str
    answer: str
    after: int = 3
    public: bool = True


MESSAGES = (
    Said(2, 12, "office", MessageKind.ENQUIRY, "疫情期间政务大厅是否开放",
         "请问春节后政务服务大厅什么时候恢复办理业务？需要预约吗？",
         "政务服务大厅已经恢复开放，实行预约办理，可以电话或者网上预约。"),
    Said(3, 9, "jyj", MessageKind.ENQUIRY, "小学入学年龄怎样计算",
         "孩子9月2日出生，今年能不能上一年级？",
         "按义务教育法，年满六周岁的儿童入学，以当年8月31日为界。"),
    Said(4, 20, "zjj", MessageKind.COMPLAINT, "小区电梯经常停运",
         "小区3号楼电梯一个月停运四次，物业一直没有修好。",
         "已经责令物业公司限期维修，4月25日修复，今后每月公示维保记录。", after=5),
    Said(5, 18, "office", MessageKind.SUGGESTION, "建议在公园增设饮水点",
         "城区公园没有饮水点，建议增设。",
         "建议很好，已经列入今年城区公园改造计划。", after=8),
    Said(6, 8, "zjj", MessageKind.HELP, "老旧小区改造什么时候开始",
         "我们小区列入改造名单，一直没有动工。",
         "工程已完成招标，7月上旬进场施工，工期四个月。"),
    Said(8, 17, "jyj", MessageKind.ENQUIRY, "外地户籍孩子入学要什么材料",
         "在县城务工，孩子要上初中，需要准备哪些材料？",
         "需要居住证、务工合同或者营业执照、户口簿、小学毕业证明，8月20日至25日到学校登记。"),
    Said(9, 21, "office", MessageKind.COMPLAINT, "办理证明来回跑",
         "同一件事跑了三次，材料要求每次都不一样。",
         "已经核实，窗口没有做到一次告知，向您致歉；现已公布材料清单并培训窗口人员。", after=6),
    Said(11, 5, "zjj", MessageKind.ENQUIRY, "公租房租金多少",
         "请问公租房每平方米租金多少，怎样申请？",
         "租金每平方米每月3元，符合条件的到户籍所在地乡镇申请。", public=False),
)  # fmt: skip

QUESTIONS = """1. 您在网站上主要查什么？（多选）
政策文件
办事指南
人事信息
财政信息

2. 您觉得信息好找吗？（单选）
好找
一般
不好找

3. 您还希望公开什么？（填写，选答）"""


def fill(
    organs: Mapping[str, Organ],
    *,
    county: Organ,
    clerk: Actor,
    checker: Actor,
    forward: Forward,
    year: int = 2020,
) -> int:
    """Make a year of records once; return how many messages there are, 0 when they stood already.

    `organs` by their codes ("office", "jyj", "zjj"); `clerk` writes and answers, `checker` passes;
    `forward` leads an entry through the release review to the public at a moment.
    """
    if Message.objects.filter(county=county).exists():
        return 0
    box = actions.open_mailbox(
        county,
        organ=organs["office"],
        name="县长信箱",
        holder="县长",
        post="县人民政府",
        by=clerk,
        at=_at(date(year, 1, 6)),
    )
    made = [_message(organs, county, box if place % 4 == 3 else None, said, clerk, checker, year)
            for place, said in enumerate(MESSAGES)]  # fmt: skip
    _survey(organs["office"], clerk, checker, year)
    _interview(organs["jyj"], clerk, forward, year)
    faq = actions.draft_faq(
        organs["jyj"],
        question="小学入学年龄怎样计算",
        answer="年满六周岁的儿童入学，以当年8月31日为界。",
        message=made[1],
        by=clerk,
        at=_at(date(year, 4, 1)),
    )
    forward(faq.entry, _at(date(year, 4, 2)))
    _opinions(organs, clerk, year)
    return len(made)


def _at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), _CHINA)


def _message(
    organs: Mapping[str, Organ],
    county: Organ,
    box: object,
    said: Said,
    clerk: Actor,
    checker: Actor,
    year: int,
) -> Message:
    on = date(year, said.month, said.day)
    told = NewMessage(
        kind=said.kind,
        title=said.title,
        text=said.text,
        consent=said.public,
        mailbox=box,
        organ=organs[said.organ],
    )
    row = actions.send_message(county, told=told, by=READER, at=_at(on, 20))
    then = on + timedelta(days=said.after)
    row = actions.answer_message(row, answer=said.answer, by=clerk, at=_at(then, 10))
    if said.public:
        row = actions.publish_message(
            row, title=said.title, text=said.text, answer=said.answer, by=checker, at=_at(then, 16)
        )
    return row


def _survey(organ: Organ, clerk: Actor, checker: Actor, year: int) -> Survey:
    opens, closes = date(year, 6, 1), date(year, 6, 30)
    told = SurveyTold(
        "政府网站满意度调查", "了解公众对网站的意见，用于改版。", opens, closes, QUESTIONS
    )
    row = actions.draft_survey(organ, told=told, by=clerk, at=_at(opens - timedelta(days=3)))
    row = actions.open_survey(row, by=checker, at=_at(opens - timedelta(days=1)))
    uses, ease, _ = row.questions.order_by("place")
    use, found = list(uses.choices.all()), list(ease.choices.all())
    for place in range(24):
        picks = {
            uses.pk: frozenset({use[place % 4].pk, use[(place * 3) % 4].pk}),
            ease.pk: frozenset({found[(0, 0, 1, 2)[place % 4]].pk}),
        }
        on = opens + timedelta(days=place)
        actions.answer_survey(row, picks=picks, by=READER, at=_at(on, 19))
    said = "多数人查政策文件和办事指南；四分之一觉得不好找。已改进搜索，增加按主题分类。"
    return actions.publish_results(row, conclusion=said, by=clerk, at=_at(date(year, 7, 10)))


def _interview(organ: Organ, clerk: Actor, forward: Forward, year: int) -> Interview:
    held = _at(date(year, 8, 12), 15)
    plan = Plan(
        kind=InterviewKind.INTERVIEW,
        theme="今年秋季招生政策",
        guests=f"{organ.short_name}负责人",
        held_at=held,
        questions_until=held - timedelta(hours=1),
    )
    row = actions.plan_interview(organ, plan=plan, by=clerk, at=_at(date(year, 8, 5)))
    forward(row.entry, _at(date(year, 8, 6)))
    asked = actions.ask_question(
        row, text="随迁子女入学要居住证吗？", by=READER, at=_at(date(year, 8, 10), 20)
    )
    after = held + timedelta(hours=1)
    actions.record_exchange(
        row,
        question="随迁子女入学要居住证吗？",
        answer="需要居住证，没有的可以用务工合同和租房合同代替。",
        asked_by="网友",
        answered_by="嘉宾",
        exchange=asked,
        by=clerk,
        at=after,
    )
    row = actions.draft_transcript(row, by=clerk, at=after + timedelta(hours=1))
    forward(row.transcript_entry, _at(date(year, 8, 13)))
    return row


def _opinions(organs: Mapping[str, Organ], clerk: Actor, year: int) -> None:
    found = _at(date(year, 7, 9), 6)
    flood = actions.collect_opinion(
        organs["office"],
        told=NewOpinion(
            "暴雨后部分村道中断", "网民询问道路何时恢复。", "微博", found, Severity.GRAVE
        ),
        by=clerk,
        at=found + timedelta(minutes=30),
    )
    for hours, kind, channel in (
        (3, ResponseKind.INFORMATION, "县政府网站"),
        (20, ResponseKind.CONFERENCE, "县会议中心"),
    ):
        at = found + timedelta(hours=hours)
        told = Answered(kind, channel, at, "通报抢修进展和绕行路线", spokesman="县政府新闻发言人")
        actions.respond_to_opinion(flood, told=told, by=clerk, at=at + timedelta(minutes=20))
    actions.evaluate_opinion(
        flood, words="回应及时，今后雨季提前公布绕行路线。", by=clerk, at=found + timedelta(days=5)
    )
