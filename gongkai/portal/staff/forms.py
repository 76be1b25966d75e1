"""The form of what the public site says of itself at its foot (国办发〔2017〕47号)."""

from typing import Any

from django import forms
from django.core.validators import URLValidator

from gongkai.portal.actions import Profile
from gongkai.portal.models import SiteProfile

_IDENTITY_CODE = r"^[0-9A-Za-z]{10}$"


def line_field(name: str, **more: Any) -> forms.CharField:
    """Return a field for one fact, named and bounded as the row that keeps it."""
    kept = SiteProfile._meta.get_field(name)
    return forms.CharField(
        label=kept.verbose_name,
        max_length=kept.max_length,
        required=not kept.blank,
        error_messages={
            "required": f"请填写“{kept.verbose_name}”",
            "max_length": f"“{kept.verbose_name}”不能超过{kept.max_length}字，请删减",
        },
        **more,
    )


def address_field(name: str, help_text: str) -> forms.URLField:
    """Return a field for an address on the web; other schemes are refused."""
    kept = SiteProfile._meta.get_field(name)
    wrong = f"“{kept.verbose_name}”应当是以https://或者http://开头的网址，请修改"
    field = forms.URLField(
        label=kept.verbose_name,
        max_length=kept.max_length,
        required=False,
        assume_scheme="https",
        help_text=help_text,
        error_messages={
            "invalid": wrong,
            "max_length": f"“{kept.verbose_name}”不能超过{kept.max_length}个字符，请修改",
        },
    )
    field.validators = [
        *(each for each in field.validators if not isinstance(each, URLValidator)),
        URLValidator(schemes=["https", "http"], message=wrong),
    ]
    return field


class SiteInfoForm(forms.Form):
    """What stands at the foot of every page; what is left empty is not shown."""

    name = line_field("name", help_text="与机关名称一致，显示在每页的页头")
    sponsor = line_field("sponsor")
    undertaker = line_field("undertaker")
    address = line_field("address")
    phone = line_field("phone", help_text="网站的联系电话，如0795-4662133")
    identity_code = forms.RegexField(
        _IDENTITY_CODE,
        label="网站标识码",
        required=False,
        help_text="10位，由全国政府网站信息报送系统分配",
        error_messages={"invalid": "“网站标识码”应当是10位数字或者字母，请核对后修改"},
    )
    icp_number = line_field("icp_number")
    police_number = line_field("police_number")
    badge_url = address_field("badge_url", "机构编制部门发放的党政机关网站标识指向的网址")
    errors_url = address_field("errors_url", "国家政务服务平台分配给本网站的纠错网址")

    def profile(self, kept: SiteProfile) -> Profile:
        """Return the whole profile; whether the site is a demonstration stays as it is kept."""
        return Profile(**self.cleaned_data, demonstration=kept.demonstration)
