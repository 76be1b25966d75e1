"""The forms of messages, mailboxes, surveys, interviews, answers, public opinion and banners."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.engagement.lifecycle import InterviewKind, ResponseKind, Severity
from gongkai.engagement.rules.interviews import Plan
from gongkai.engagement.staff.forms import choice_field, day_field, organ_field, text_field
from gongkai.engagement.staff.record_screens import one_only
from gongkai.orgs.models import Organ


def moment_field(label: str, **more: Any) -> forms.DateTimeField:
    """Return a field for a moment of the county's clock."""
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        error_messages={
            "required": f"请填写“{label}”",
            "invalid": f"“{label}”应当是日期和时间，如2026-03-02 14:30，请修改",
        },
        **more,
    )


class OfOrgan(forms.Form):
    """A form that begins with the organ."""

    organ_label = "机关"

    def __init__(self, *args: Any, organs: QuerySet[Organ], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["organ"] = organ_field(self.organ_label, organs)
        one_only(self, "organ")
        self.order_fields(["organ"])


class WhyForm(forms.Form):
    """A reason."""

    why = text_field("why", rows=3)


class ClassifyForm(forms.Form):
    """Whether a message asks a simple usual question."""

    simple = forms.TypedChoiceField(
        label="答复期限",
        choices=[
            ("1", "简单常见问题，五个工作日"),
            ("0", "其他问题，十五个工作日"),
        ],
        coerce=lambda value: value == "1",
        error_messages={"required": "请选择“答复期限”"},
    )
    why = text_field("why", rows=2)


class ReplyForm(forms.Form):
    """An answer to a message."""

    reply = text_field("reply", rows=10, help_text="留言人凭编号和查询码看到的答复")


class DeclineForm(forms.Form):
    """What the writer of a declined message is told."""

    reply = text_field(
        "reply",
        rows=6,
        help_text="写明为什么不予办理；应当通过其他途径提出的，写明向哪个机关、怎样提出",
    )


class PublishMessageForm(forms.Form):
    """What the public reads of a message."""

    public_title = text_field("public_title")
    public_text = text_field(
        "public_text", rows=6, help_text="系统已用*号遮去找到的个人信息，请核对"
    )
    public_answer = text_field("public_answer", rows=10)


class MailboxForm(OfOrgan):
    """A leader's mailbox."""

    organ_label = "办理机关"

    name = text_field("box_name", help_text="如：县长信箱")
    holder = text_field("holder")
    post = text_field("post", help_text="如：县委副书记、县长")
    duties = text_field("duties", rows=2, required=False)
    place = forms.IntegerField(label="排列次序", min_value=1, max_value=999, initial=1)


class SurveyForm(OfOrgan):
    """A survey with its questions as typed."""

    organ_label = "调查机关"

    title = text_field("survey_title")
    intro = text_field("intro", rows=4, help_text="为什么调查，结果怎样使用")
    opens_on = day_field("开始日期")
    closes_on = day_field("截止日期", help_text="含当日")
    questions = text_field(
        "questions",
        rows=16,
        help_text="题目之间空一行。第一行写题目，末尾注明（单选）、（多选）或者（填写），"
        "可以不答的注明（选答）；以下每行一个选项。请不要询问姓名、电话等个人信息",
    )


class ExtendForm(forms.Form):
    """A later last day of a survey."""

    closes_on = day_field("截止日期")
    why = text_field("why", rows=2)


class ConclusionForm(forms.Form):
    """What is concluded from a survey."""

    conclusion = text_field("conclusion", rows=8, help_text="将与各题的结果一起公布")


class PlanForm(OfOrgan):
    """An interview or a press conference as planned."""

    organ_label = "主办机关"

    kind = choice_field("形式", InterviewKind)
    theme = text_field("theme")
    guests = text_field("guests", help_text="姓名和职务")
    held_at = moment_field("举行时间")
    place = text_field("place", required=False)
    questions_until = moment_field(
        "网上提问截止时间", required=False, help_text="在线访谈事先征集提问的填写，不晚于举行时间"
    )
    announce = forms.BooleanField(
        label="生成预告稿件",
        required=False,
        initial=True,
        help_text="在“在线访谈”或者“新闻发布会”栏目生成预告，送审、发布以后接收网上提问",
    )

    def plan(self) -> Plan:
        """Return what is planned."""
        told = dict(self.cleaned_data)
        kind = InterviewKind(told["kind"])
        names = Plan.__dataclass_fields__
        return Plan(**{name: told[name] for name in names if name != "kind"}, kind=kind)


class ChangePlanForm(PlanForm):
    """Another plan; once announced, with a reason."""

    announce = None
    why = text_field("why", rows=2, required=False, help_text="预告发布以后修改的，必须填写")


class ExchangeForm(forms.Form):
    """A question with its answer, as the record shows them."""

    asked_by = text_field(
        "asked_by", required=False, help_text="如：网友、江西日报记者；不写个人姓名"
    )
    asked = text_field("asked", rows=3)
    answered_by = text_field("answered_by", required=False)
    spoken = text_field("spoken", rows=8)


class FaqForm(OfOrgan):
    """A question often asked, with its answer."""

    organ_label = "答问机关"

    question = text_field("faq_question")
    answer = text_field("faq_answer", rows=10)


class OpinionForm(OfOrgan):
    """A matter of public opinion as it was found."""

    organ_label = "责任单位"

    title = text_field("opinion_title")
    opinion_summary = text_field("opinion_summary", rows=4)
    source = text_field("source", help_text="如：微博、人民网领导留言板")
    link = text_field("link", required=False)
    found_at = moment_field("发现时间", help_text="时限从这一时刻起算，按小时，节假日不扣除")
    severity = choice_field("等级", Severity, help_text="按初步判断填写，研判以后可以更改")


class ConsultForm(forms.Form):
    """What was agreed and who must answer."""

    words = text_field("words", rows=4, label="会商意见")

    def __init__(self, *args: Any, organs: QuerySet[Organ], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["to"] = organ_field("责任单位", organs)
        self.order_fields(["to", "words"])


class JudgeForm(forms.Form):
    """How grave a matter is."""

    severity = choice_field("等级", Severity)
    words = text_field("words", rows=4, label="研判意见")


class ResponseForm(forms.Form):
    """A response that has appeared."""

    kind = choice_field("回应方式", ResponseKind)
    channel = text_field("channel", help_text="如：县政府网站、县融媒体中心微信公众号")
    released_at = moment_field("发布时间")
    link = text_field("link", required=False, label="网址")
    spokesman = text_field("spokesman", required=False, help_text="召开新闻发布会的必须填写")
    gist = text_field("gist", rows=4)


class WordsForm(forms.Form):
    """What is put down."""

    words = text_field("words", rows=5)


class BannerForm(forms.Form):
    """An emergency notice on every page."""

    text = text_field("banner", rows=2, help_text="一两句话：发生什么、在哪里、怎样做")
    until = moment_field("截止时间", help_text="到时自动撤下，最长30日")
    link = text_field(
        "link", required=False, label="详情网址", help_text="本网站的网页，以“/”开头，可以不填"
    )
