"""Forms of what belongs to a case: a party, a paper with its file, a line of evidence."""

from django import forms

from gongkai.remedies.models import PaperKind, PartyRole
from gongkai.remedies.staff.forms import day_field, line_field


class PartyForm(forms.Form):
    """A party of a case."""

    role = forms.ChoiceField(label="身份", choices=PartyRole.choices)
    natural = forms.TypedChoiceField(
        label="类别",
        choices=[("1", "自然人"), ("", "法人或者其他组织")],
        coerce=bool,
        empty_value=False,
        required=False,
    )
    name = line_field("姓名（名称）", 100, help_text="加密保存，列表中只显示姓氏")
    contact = line_field("联系方式", 200, required=False, help_text="电话、地址，加密保存")


class PaperForm(forms.Form):
    """A paper of a case, with its file."""

    kind = forms.ChoiceField(label="文书", choices=PaperKind.choices)
    on = day_field("日期")
    number = line_field("文号", 100, required=False)
    file = forms.FileField(
        label="文件",
        required=False,
        help_text="扫描件或者电子文件，加密保存，不超过50MB",
        error_messages={"empty": "文件是空的，请核对后重新选择"},
    )
    note = line_field("备注", 300, required=False)

    def upload(self) -> tuple[str, bytes] | None:
        """Return the file's name and bytes, where one was given."""
        file = self.cleaned_data.get("file")
        return (file.name[:200], file.read()) if file else None


class EvidenceForm(forms.Form):
    """A line of the list of evidence."""

    name = line_field("证据（依据）名称", 200)
    proves = line_field("证明内容", 500)
    pages = line_field("页码", 40, required=False, help_text="如1-3")
