"""Forms of the administrator's screens; the verbs check, these only read."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.accounts.models import User
from gongkai.orgs.models import Organ, OrganKind, Role
from gongkai.orgs.staff.base import DayInput

_DOCUMENT = "如“赣府字〔2021〕35号”"


class DetailsForm(forms.Form):
    """What of an organ has no dates of its own."""

    superior = forms.ModelChoiceField(
        Organ.objects.none(),
        label="上级机构",
        required=False,
        help_text="派出机构、内设机构填所属部门，其数据并入该部门的年度报告",
    )
    region_code = forms.CharField(label="行政区划代码", max_length=12)
    credit_code = forms.CharField(label="统一社会信用代码", max_length=18, required=False)
    document_prefix = forms.CharField(label="机关代字", max_length=20, required=False)
    address = forms.CharField(label="办公地址", max_length=200, required=False)
    phone = forms.CharField(label="公开电话", max_length=40, required=False)
    order = forms.IntegerField(label="排序", min_value=0, initial=0)

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["superior"].queryset = organs


class EstablishForm(DetailsForm):
    """A new organ."""

    kind = forms.ChoiceField(label="类别", choices=OrganKind.choices)
    full_name = forms.CharField(label="全称", max_length=100)
    short_name = forms.CharField(label="简称", max_length=50, required=False)
    code = forms.CharField(
        label="机构代码",
        max_length=40,
        help_text="小写字母、数字、连字符，设立后不可更改；操作日志按此代码成链",
    )
    county = forms.ModelChoiceField(Organ.objects.none(), label="所属县", required=False)
    on = forms.DateField(label="设立日期", widget=DayInput)
    document_number = forms.CharField(
        label="依据文号", max_length=100, required=False, help_text=_DOCUMENT
    )
    field_order = ("kind", "full_name", "short_name", "code", "county", "superior", "on")

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, organs=organs, **kwargs)
        counties = organs.filter(kind=OrganKind.COUNTY_GOVERNMENT)
        self.fields["county"].queryset = counties


class RenameForm(forms.Form):
    """A new name from a day."""

    full_name = forms.CharField(label="新全称", max_length=100)
    short_name = forms.CharField(label="新简称", max_length=50, required=False)
    on = forms.DateField(label="启用日期", widget=DayInput)
    document_number = forms.CharField(
        label="依据文号", max_length=100, required=False, help_text=_DOCUMENT
    )


class AbolishForm(forms.Form):
    """An end on a day."""

    on = forms.DateField(
        label="撤销日期", widget=DayInput, help_text="撤销当日起不再是机关；其记录保留"
    )
    document_number = forms.CharField(
        label="依据文号", max_length=100, required=False, help_text=_DOCUMENT
    )


class SucceedForm(forms.Form):
    """Who takes over."""

    successor = forms.ModelChoiceField(Organ.objects.none(), label="承接机构")
    on = forms.DateField(label="生效日期", widget=DayInput)
    document_number = forms.CharField(
        label="依据文号", max_length=100, required=False, help_text=_DOCUMENT
    )

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = organs


class AppointForm(forms.Form):
    """A post for somebody."""

    user = forms.ModelChoiceField(User.objects.none(), label="人员")
    role = forms.ChoiceField(label="岗位", choices=Role.choices)
    on = forms.DateField(label="任职日期", widget=DayInput)
    until = forms.DateField(
        label="离任日期", widget=DayInput, required=False, help_text="当日起不再任职；可不填"
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people.filter(is_active=True)
        self.fields["user"].label_from_instance = lambda user: f"{user.name}（{user.username}）"


class DismissForm(forms.Form):
    """The end of a post."""

    on = forms.DateField(label="离任日期", widget=DayInput, help_text="当日起不再任职")
    reason = forms.CharField(label="事由", max_length=200, required=False)


class AccountForm(forms.Form):
    """A new account."""

    username = forms.CharField(label="账号", max_length=50)
    name = forms.CharField(label="姓名", max_length=100)
    phone = forms.CharField(label="办公电话", max_length=30, required=False)
    new = forms.CharField(
        label="初始密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="首次登录时须由本人修改",
    )


class ResetForm(forms.Form):
    """A new first password."""

    new = forms.CharField(
        label="新的初始密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="下次登录时须由本人修改",
    )


class ReasonForm(forms.Form):
    """Why an account is closed or opened."""

    reason = forms.CharField(label="事由", max_length=200)
