"""Forms of letters: filters of the register, a reason, a profile, a template."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.adapters.letter_docx_checks import LARGEST
from gongkai.letters.lifecycle import LetterState
from gongkai.letters.models import LetterProfile
from gongkai.letters.rules.kinds import LetterKind
from gongkai.orgs.models import Organ

_HELP = {
    "number_prefix": "文号开头的字，如“靖水”，文号即为“靖水公复〔2026〕1号”",
    "full_title": "不填的，用机构全称",
    "reconsideration_body": "不填的，部门和乡镇为县人民政府；县人民政府须填写设区的市人民政府；"
    "实行垂直领导的机关填写上一级主管部门",
    "reconsideration_online": "网上申请行政复议的名称和网址；网上送达的公文中写明",
    "court": "有管辖权的人民法院全称；实行集中管辖的，填写集中管辖的法院",
    "contact_office": "政府信息公开工作机构",
    "contact_phone": "不填的，用机构的公开电话",
    "contact_address": "不填的，用机构的办公地址",
    "seal_name": "不填的，用公文用全称",
}


class RegisterFilter(forms.Form):
    """What the register is narrowed to; anything unknown is passed over."""

    organ = forms.ModelChoiceField(
        label="发文机关", queryset=Organ.objects.none(), required=False, empty_label="全部机关"
    )
    kind = forms.ChoiceField(
        label="公文种类",
        required=False,
        choices=[("", "全部种类"), *((kind.value, kind.label) for kind in LetterKind)],
    )
    year = forms.TypedChoiceField(label="年份", required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "全部状态"), *((state.value, state.label) for state in LetterState)],
    )

    def __init__(self, *args: Any, organs: QuerySet[Organ], years: list[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs
        self.fields["year"].choices = [("", "全部年份"), *((year, f"{year}年") for year in years)]


class CancelForm(forms.Form):
    """Why a letter is cancelled."""

    reason = forms.CharField(
        label="作废理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请填写作废理由", "max_length": "作废理由不得超过500个字"},
    )


class ProfileForm(forms.ModelForm):
    """What an organ prints on its letters."""

    class Meta:
        model = LetterProfile
        fields = [
            "number_prefix",
            "full_title",
            "reconsideration_body",
            "court",
            "reconsideration_online",
            "contact_office",
            "contact_phone",
            "contact_address",
            "postcode",
            "seal_name",
        ]
        help_texts = _HELP
        error_messages = {"number_prefix": {"required": "请填写机关代字"}}


class TemplateForm(forms.Form):
    """An office's own template and the day from which it serves."""

    docx = forms.FileField(
        label="Word 文件（.docx）",
        help_text="先下载现用模板，用 Word 或者 WPS 修改文字后上传",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        error_messages={"required": "请选择要上传的模板", "empty": "文件是空的，请核对后重新选择"},
    )
    valid_from = forms.DateField(
        label="启用日期",
        help_text="成文日期在这一天及以后的公文使用这个模板",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "请填写启用日期", "invalid": "请填写有效的日期，如2026-03-02"},
    )

    def clean_docx(self) -> Any:
        """Refuse what is far too large before it is read."""
        file = self.cleaned_data["docx"]
        if file.size > LARGEST:
            raise forms.ValidationError("公文模板不得超过2MB，请删去与文书无关的内容后重新上传")
        return file


class RetireForm(forms.Form):
    """The day on which a template ends."""

    on = forms.DateField(
        label="停用日期",
        help_text="从这一天起改用县里的模板或者系统自带的模板",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "请填写停用日期", "invalid": "请填写有效的日期，如2026-03-02"},
    )
