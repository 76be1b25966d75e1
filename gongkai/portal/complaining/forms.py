"""The form of a complaint or report: against whom, of what, by whom; and asking after it."""

from collections.abc import Iterable

from gongkai.orgs.models import Organ
from gongkai.portal.engaging.forms import FollowErrorForm, OnceForm
from gongkai.portal.requests.fields import choice_field, line_field, text_field
from gongkai.remedies.actions import Channel, ComplaintKind, Ground, Told
from gongkai.remedies.queries import request_meant

LONGEST = 3_000


class ComplaintForm(OnceForm):
    """What is told; a complaint needs a name, a report does not."""

    must = ("kind", "about", "ground", "subject", "content")

    kind = choice_field(
        "类别",
        [
            (ComplaintKind.COMPLAINT.value, "投诉：与本人有关的事，请写姓名"),
            (ComplaintKind.REPORT.value, "举报：发现的问题，可以匿名"),
        ],
    )
    about = choice_field("被投诉（举报）的机关", (), radio=False)
    ground = choice_field("事项", [(each.value, each.label) for each in Ground])
    request_number = line_field(
        "申请编号",
        40,
        help_text="与政府信息公开申请有关的，请填写回执上的申请编号；没有的不填",
        attributes={"autocomplete": "off"},
    )
    subject = line_field("事由", 60, help_text="一句话写明什么事，最多60字")
    content = text_field(
        "事实和理由",
        rows=8,
        longest=LONGEST,
        help_text=f"时间、经过和您的要求。请不要写身份证号、银行卡号。最多{LONGEST}字",
    )
    complainant = line_field(
        "姓名（名称）", 60, help_text="投诉必填；举报可以不填", attributes={"autocomplete": "off"}
    )
    contact = line_field(
        "联系方式",
        100,
        help_text="电话或者电子邮箱，便于核实，可以不填。不填的，凭编号和查询码看结果",
        attributes={"autocomplete": "off"},
    )

    def __init__(self, *args: object, organs: Iterable[Organ], **given: object) -> None:
        super().__init__(*args, **given)
        self.organs = {str(each.pk): each for each in organs}
        choices = [(key, each.name) for key, each in self.organs.items()]
        self.fields["about"].choices = [("", "请选择"), *choices]

    def clean(self) -> dict[str, object]:
        """Ask for the name of who complains."""
        told = super().clean()
        named = told.get("complainant") or "complainant" in self.errors
        if told.get("kind") == ComplaintKind.COMPLAINT and not named:
            self.add_error("complainant", "投诉请填写“姓名（名称）”；不愿写姓名的，请选择“举报”")
        return told

    def told(self) -> Told:
        """Return what was told; a request's number stays in the words, whatever it names."""
        data = self.cleaned_data
        about, number = self.organs[data["about"]], data["request_number"]
        content = f"{data['content']}\n申请编号：{number}" if number else data["content"]
        return Told(
            about=about,
            kind=ComplaintKind(data["kind"]),
            ground=Ground(data["ground"]),
            channel=Channel.ONLINE,
            subject=data["subject"],
            content=content,
            complainant=data["complainant"],
            contact=data["contact"],
            info_request=request_meant(about, number) if number else "",
        )


class FollowComplaintForm(FollowErrorForm):
    """Number and query code of a complaint or report."""

    number = line_field(
        "编号", 40, help_text="如 TS-jingan-fb-2026-001", attributes={"autocomplete": "off"}
    )
