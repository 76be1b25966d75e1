"""The secrecy review form (政府信息公开审查呈批单, law.md 6.4): item by item, then a conclusion.

保密法 (2024) 35 and its 实施条例 42: named reviewer, 先审查、后公开, 逐项审查; Art. 14 to 16 say
what may stand against release.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from gongkai.disclosure.rules.errors import EntryRefused, Fault


class SecrecyQuestion(StrEnum):
    """What is looked for, one by one."""

    STATE_SECRET = "STATE_SECRET"  # noqa: S105 -- a question, no password
    WORK_SECRET = "WORK_SECRET"  # noqa: S105 -- a question, no password
    FORBIDDEN = "FORBIDDEN"
    SAFETY = "SAFETY"
    COMMERCIAL = "COMMERCIAL"
    PERSONAL = "PERSONAL"
    INTERNAL = "INTERNAL"
    AGGREGATION = "AGGREGATION"

    @property
    def label(self) -> str:
        """Return the question as the form prints it."""
        return _QUESTIONS[self]


_QUESTIONS = {
    SecrecyQuestion.STATE_SECRET: "是否涉及国家秘密（条例第十四条、保密法第三十五条）",
    SecrecyQuestion.WORK_SECRET: "是否涉及工作秘密（保密法第六十四条）",
    SecrecyQuestion.FORBIDDEN: "是否属于法律、行政法规禁止公开的信息（条例第十四条）",
    SecrecyQuestion.SAFETY: (
        "公开后是否可能危及国家安全、公共安全、经济安全、社会稳定（条例第十四条）"
    ),
    SecrecyQuestion.COMMERCIAL: "是否涉及商业秘密且未经权利人同意（条例第十五条）",
    SecrecyQuestion.PERSONAL: "是否涉及个人隐私、未处理的个人信息（条例第十五条、个人信息保护法）",
    SecrecyQuestion.INTERNAL: (
        "是否属于不予公开的内部事务、过程性信息、行政执法案卷信息（条例第十六条）"
    ),
    SecrecyQuestion.AGGREGATION: "与已公开的信息汇聚后是否可能泄露上述内容",
}


class SecrecyConclusion(StrEnum):
    """What the reviewer concludes."""

    PUBLIC = "PUBLIC"
    SEVERED = "SEVERED"
    NOT_PUBLIC = "NOT_PUBLIC"
    REFERRED = "REFERRED"

    @property
    def label(self) -> str:
        """Return the Chinese name of the conclusion."""
        return {
            "PUBLIC": "可以公开",
            "SEVERED": "删减后可以公开",
            "NOT_PUBLIC": "不予公开",
            "REFERRED": "报请有关主管部门确定",
        }[self.value]


@dataclass(frozen=True, slots=True)
class SecrecyForm:
    """The form filled in: True means yes, it is touched; `basis` says why it may be public."""

    answers: Mapping[SecrecyQuestion, bool] = field(default_factory=dict)
    conclusion: SecrecyConclusion | None = None
    basis: str = ""
    opinion: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return what `ReviewAct.form` keeps."""
        return {
            "answers": {question.value: answer for question, answer in self.answers.items()},
            "conclusion": self.conclusion.value if self.conclusion else "",
            "basis": self.basis.strip(),
            "opinion": self.opinion.strip(),
        }


def check_form(form: SecrecyForm, mode: str) -> None:
    """Refuse a form that leaves an item open or does not allow the release.

    Raises:
        EntryRefused: each item at fault; what may not be public goes back by `return_entry`.
    """
    faults = [
        Fault(question.value, f"请逐项审查：{question.label}")
        for question in SecrecyQuestion
        if question not in form.answers
    ]
    faults += [
        Fault(question.value, f"{question.label}：答“是”的不能通过保密审查，请退回修改")
        for question, answer in form.answers.items()
        if answer
    ]
    if form.conclusion is None:
        faults.append(Fault("conclusion", "请选择审查结论"))
    elif form.conclusion not in (SecrecyConclusion.PUBLIC, SecrecyConclusion.SEVERED):
        faults.append(
            Fault("conclusion", f"结论为“{form.conclusion.label}”的不能通过，请退回并写明理由")
        )
    elif form.conclusion == SecrecyConclusion.SEVERED and mode != "SEVERED":
        faults.append(
            Fault(
                "conclusion",
                "结论为“删减后可以公开”的，请退回拟稿人删减，并将公开属性改为“删减后主动公开”",
            )
        )
    if not form.basis.strip():
        faults.append(Fault("basis", "请写明公开的依据，如“条例第二十条第一项”"))
    if len(form.basis) > 300 or len(form.opinion) > 500:
        faults.append(Fault("opinion", "依据不得超过300个字，意见不得超过500个字"))
    if faults:
        raise EntryRefused(*faults)
