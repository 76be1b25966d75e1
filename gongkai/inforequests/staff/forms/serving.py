"""Forms of letters going out, coming back and arriving (Art. 40; 国办公开办函〔2016〕235号)."""

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.inforequests.lifecycle.channels import Delivery, ServiceWay
from gongkai.inforequests.queries.served_letters import (
    ToServe,
    letters_to_arrive,
    letters_to_serve,
)
from gongkai.inforequests.staff.fields import choice_field, day_field, line_field, text_field
from gongkai.inforequests.staff.forms.base import ActForm
from gongkai.letters.queries import letters_about

_WAY_OF = {
    Delivery.IN_PERSON: ServiceWay.IN_HAND,
    Delivery.POST: ServiceWay.POST,
    Delivery.EMAIL: ServiceWay.EMAIL,
    Delivery.FAX: ServiceWay.FAX,
    Delivery.ONLINE: ServiceWay.ONLINE,
    Delivery.ON_SITE: ServiceWay.ON_SITE,
}
_POST, _IN_HAND = (ServiceWay.POST,), (ServiceWay.IN_HAND, ServiceWay.ON_SITE)


class ServiceForm(ActForm):
    """By which way a letter went; what belongs to another way is neither shown nor kept."""

    on_label = "签收（交邮、发出）日期"
    how = choice_field(
        "送达方式",
        ServiceWay,
        help_text="当面以签收之日、邮寄以交邮之日、电子方式以发出之日为准（第四十条）",
    )
    tracking = line_field(
        "邮件单号",
        60,
        required=False,
        help_text="挂号信、邮政特快专递的单号；由其他快递企业寄递的不算送达，应当改由邮政企业寄递",
    )
    signed_by = line_field(
        "签收人",
        100,
        required=False,
        help_text="申请人本人签收的填“本人”；代收的写明与申请人的关系",
    )
    first = ("how", "on")
    only_for = {
        "tracking": _POST,
        "reached_on": _POST,
        "signed_by": _IN_HAND,
    }

    def prepare(self) -> None:
        """Suggest the way that the requester asked for."""
        self.fields["how"].initial = _WAY_OF[Delivery(self.info_request.delivery)]

    def clean(self) -> dict[str, Any]:
        """Drop what belongs to another way; ask for the number of what was posted."""
        told = super().clean()
        way = told.get("how")
        for name, ways in self.only_for.items():
            if name in self.fields and way and way not in ways:
                self.errors.pop(name, None)
                told[name] = None if name == "reached_on" else ""
        if way == ServiceWay.POST and not told.get("tracking"):
            self.add_error("tracking", "邮寄送达请填写“邮件单号”")
        return told

    def told(self) -> dict[str, Any]:
        """Return the way as the enum it is."""
        return super().told() | {"how": ServiceWay(self.cleaned_data["how"])}


class ServeForm(ServiceForm):
    """By which way the answer went, and when."""

    button = "登记送达"


class ServeAgainForm(ServiceForm):
    """By which way the answer went once more."""

    on_label = "重新送达日期"
    button = "登记重新送达"


class ReturnMailForm(ActForm):
    """Why the mail came back."""

    on_label = "退回日期"
    button = "登记邮件退回"
    why = text_field("退回原因", rows=2, help_text="如：拒收、查无此人、地址不详")


def _letter_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="文书",
        error_messages={"required": "请选择“文书”", "invalid_choice": "请重新选择文书"},
    )


def _split(value: str) -> dict[str, Any]:
    """Return kind, act and letter of the value of a `ToServe`."""
    kind, act, letter = value.split(":")
    return {"kind": kind, "act": int(act), "letter": letter}


def _offer(form: ActForm, found: Sequence[ToServe]) -> None:
    form.fields["letter"].choices = [(each.value, each.label) for each in found]


class ServeLetterForm(ServiceForm):
    """By which way a letter of the procedure went: 补正, 延期, 收费 and the rest."""

    button = "登记文书送达"
    first = ("letter", "how", "on", "tracking", "reached_on", "signed_by")
    letter = None
    reached_on = day_field(
        "收件人签收日期",
        required=False,
        help_text="申请人的补正、缴费期限自签收之日起算；还不知道的留空，签收后再登记",
    )
    proof = line_field(
        "送达凭证", required=False, help_text="如：邮政回执已存入本件文件；电子邮件发送记录"
    )

    def prepare(self) -> None:
        """Offer the letters that have not gone out, or were posted and have not arrived."""
        super().prepare()
        self.fields["letter"] = _letter_field()
        acts = list(self.info_request.acts.order_by("sequence"))
        _offer(self, letters_to_serve(acts, list(letters_about(self.info_request.typed_id))))
        self.fields["how"].choices = [
            (way.value, way.label) for way in ServiceWay if way is not ServiceWay.ON_SITE
        ]
        if self.fields["how"].initial is ServiceWay.ON_SITE:
            self.fields["how"].initial = ServiceWay.IN_HAND

    def told(self) -> dict[str, Any]:
        """Return the letter in its parts."""
        told = super().told()
        return told | _split(told.pop("letter"))


class RecordArrivalForm(ActForm):
    """When a posted letter was signed for."""

    on_label = "收件人签收日期"
    button = "登记签收"
    first = ("letter", "on")
    letter = None
    proof = line_field("签收凭证", required=False, help_text="如：邮政查询结果、回执已存入本件文件")

    def prepare(self) -> None:
        """Offer the letters that were posted and have not arrived."""
        self.fields["letter"] = _letter_field()
        acts = list(self.info_request.acts.order_by("sequence"))
        _offer(self, letters_to_arrive(acts, list(letters_about(self.info_request.typed_id))))

    def told(self) -> dict[str, Any]:
        """Return the letter in its parts."""
        told = super().told()
        named = _split(told.pop("letter"))
        return told | {"kind": named["kind"], "act": named["act"]}
