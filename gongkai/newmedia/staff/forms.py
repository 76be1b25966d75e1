"""The forms of an account: terms, upkeep, and each act."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.files.queries import ACCEPT
from gongkai.newmedia.actions import Archive, Opened, Registered
from gongkai.newmedia.models import Account
from gongkai.newmedia.rules.platforms import Platform
from gongkai.newmedia.rules.terms import TERMS, UPKEEP, Terms, Upkeep
from gongkai.newmedia.staff.fields import (
    FilesField,
    FilesInput,
    choice_field,
    day_field,
    functions_field,
    row_field,
    text_field,
)
from gongkai.orgs.models import Organ

_FUNCTIONS = ("publishes", "talks", "serves")
_YES_NO = {"yes": True, "no": False, "": None}


class TermsForm(forms.Form):
    """What an approval covers."""

    name = text_field("name", help_text="用单位全称或者规范简称；不用的，用地区名加职责名")
    functions = functions_field()
    audience = text_field("audience", required=False, help_text="如：本县居民、企业")
    platform_id = text_field(
        "platform_id", required=False, help_text="如：微信号；还没有的可以不填"
    )
    certified_as = text_field("certified_as", required=False, help_text="应当与主办单位全称一致")
    certificate = text_field(
        "certificate", required=False, help_text="开设账号须有机关事业单位证书"
    )
    link = text_field("link", required=False, help_text="公众打开这个账号的网址")

    def terms(self) -> Terms:
        """Return the terms."""
        told, chosen = self.cleaned_data, self.cleaned_data["functions"]
        plain = {name: told[name] for name in TERMS if name in told}
        return Terms(**plain, **{name: name in chosen for name in _FUNCTIONS})

    @staticmethod
    def told_by(account: Account) -> dict[str, Any]:
        """Return the terms of an account as the form shows them first."""
        told = {name: getattr(account, name) for name in TERMS if name not in _FUNCTIONS}
        return {**told, "functions": [name for name in _FUNCTIONS if getattr(account, name)]}


class UpkeepForm(forms.Form):
    """Who looks after an account."""

    responsible = text_field("responsible")
    contact = text_field("contact", required=False)
    phone = text_field("phone", required=False)
    undertaker = text_field("undertaker", required=False)
    contractor = text_field("contractor", required=False, help_text="没有托管、外包的不填")
    contract_ends_on = day_field("合同到期日", required=False)
    keeper = text_field("keeper", required=False)
    password_changed_on = day_field("最近更换密码", required=False)
    links_home = forms.ChoiceField(
        label="账号主页或者菜单链接县政府网站",
        required=False,
        choices=[("", "没有核实"), ("yes", "是"), ("no", "否")],
    )

    def upkeep(self) -> Upkeep:
        """Return the upkeep."""
        told = {name: self.cleaned_data[name] for name in UPKEEP}
        return Upkeep(**{**told, "links_home": _YES_NO.get(told["links_home"])})

    @staticmethod
    def upkeep_of(account: Account) -> dict[str, Any]:
        """Return the upkeep of an account as the form shows it first."""
        told = {name: getattr(account, name) for name in UPKEEP}
        shown = {True: "yes", False: "no", None: ""}
        return {**told, "links_home": shown[account.links_home]}


class BeginForm(TermsForm, UpkeepForm):
    """A new account: whose, where, what for, who looks after it."""

    def __init__(self, *args: Any, organs: QuerySet[Organ], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["organ"] = row_field("主办单位", organs)
        if len(only := organs[:2]) == 1:
            self.fields["organ"].initial = only[0]
        values = [(each.value, each.label) for each in Platform]
        self.fields["platform"] = choice_field("平台类型", values)
        self.order_fields(["organ", "platform", *TermsForm.base_fields, *UpkeepForm.base_fields])


class ApplyForm(BeginForm):
    """An application to open an account."""

    def __init__(self, *args: Any, organs: QuerySet[Organ], **given: Any) -> None:
        super().__init__(*args, organs=organs, **given)
        self.fields["why"] = text_field(
            "why", rows=3, label="开设理由", help_text="本单位在同一平台已有账号的，写明为什么另开"
        )


class RegisterForm(BeginForm):
    """An account that is open already."""

    def __init__(self, *args: Any, organs: QuerySet[Organ], **given: Any) -> None:
        super().__init__(*args, organs=organs, **given)
        self.fields |= {
            "opened_on": day_field("开设日期", required=False),
            "approval_number": text_field("approval_number", required=False),
            "approved_on": day_field("审批日期", required=False),
            "filed_number": text_field(
                "filed_number", required=False, help_text="全国政务新媒体信息报送系统的编号"
            ),
            "main": forms.BooleanField(
                label="主账号", required=False, help_text="带动全县账号的主账号，在网站上排在前面"
            ),
        }

    def papers(self) -> Registered:
        """Return what the papers tell."""
        return Registered(
            **{name: self.cleaned_data[name] for name in Registered.__dataclass_fields__}
        )


class ApprovalForm(forms.Form):
    """An approval with its number."""

    approval_number = text_field("approval_number", help_text="如：靖府办字〔2026〕12号")


class ApproveForm(ApprovalForm):
    """The approval of a new account."""

    approved_on = day_field("审批日期")


class WhyForm(forms.Form):
    """A step that needs a reason."""

    why = text_field("why", rows=3)


class ChangeForm(TermsForm):
    """What is to change, and why."""

    why = text_field("why", rows=3, label="变更理由")


class OpenForm(forms.Form):
    """How an account stands on its platform."""

    platform_id = text_field("platform_id", required=False)
    link = text_field("link", required=False)
    certified_as = text_field("certified_as", required=False, help_text="应当与主办单位全称一致")
    filed_number = text_field(
        "filed_number", required=False, help_text="先在全国政务新媒体信息报送系统备案"
    )
    opened_on = day_field("开设日期")

    def opened(self) -> Opened:
        """Return what is told."""
        return Opened(**self.cleaned_data)


class AskClosingForm(forms.Form):
    """Why an account is to be closed, and what replaces it."""

    why = text_field("why", rows=3, label="注销理由")
    replacement = text_field(
        "replacement", help_text="注销后到哪里看，如：并入“靖安县政府网”微信公众号"
    )


class CloseForm(forms.Form):
    """The notice, the day, the exported content."""

    notice_link = text_field("notice_link", required=False, help_text="账号上的注销公告")
    closed_on = day_field("注销日期")
    archives = FilesField(
        label="归档文件",
        required=False,
        help_text="从平台导出的内容，可以一次选几个；工作群不用上传",
        widget=FilesInput(attrs={"accept": ACCEPT}),
    )

    def told(self) -> dict[str, Any]:
        """Return what the verb takes."""
        files = [Archive(each.name, each.read()) for each in self.cleaned_data["archives"]]
        return {
            "notice_link": self.cleaned_data["notice_link"],
            "closed_on": self.cleaned_data["closed_on"],
            "archives": files,
        }
