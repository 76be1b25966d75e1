"""The forms of a policy and its clauses; what may be done with it."""

from typing import Any

from django import forms

from gongkai.orgs.models import Organ
from gongkai.servicehall import actions
from gongkai.servicehall.actions import ClauseTold, FulfilmentWay, PolicyTold
from gongkai.servicehall.lifecycle import PolicyState
from gongkai.servicehall.models import EnterprisePolicy
from gongkai.servicehall.queries import HallPerson
from gongkai.servicehall.staff.doing import (
    Act,
    ActForm,
    Subject,
    asks,
    by_slug,
    plainly,
)
from gongkai.servicehall.staff.fields import (
    amount_field,
    choice_field,
    count_field,
    day_field,
    row_field,
    text_field,
)

_TOLD = (
    *("name", "document_number", "issuer", "document_link", "tags", "phone"),
    *("valid_from", "valid_to"),
)
_CLAUSE = (
    *("number", "name", "way", "conditions", "materials", "standard", "cap", "fund"),
    *("opens_on", "closes_on"),
)
_SPARE = 2


class PolicyForm(ActForm):
    """What is told of a policy."""

    organ = row_field("责任部门", Organ.objects.none())
    name = text_field("policy_name")
    document_number = text_field("document_number", required=False)
    issuer = text_field("issuer")
    document_link = text_field("document_link", required=False, help_text="政策文件在网站上的网址")
    tags = text_field("tags", required=False, help_text="如：工业、规模以上、全县")
    phone = text_field("phone", label="咨询电话", required=False)
    valid_from = day_field("开始日期")
    valid_to = day_field("截止日期", required=False, help_text="长期有效的不填")

    def fill(self) -> None:
        """Offer the organs this person records for; show what is told now."""
        if self.row is None:
            self.fields["organ"].queryset = self.person.own_organs
            return
        del self.fields["organ"]
        for name in _TOLD:
            self.initial.setdefault(name, getattr(self.row, name))

    def told(self) -> PolicyTold:
        """Return what is told."""
        return PolicyTold(**{name: self.cleaned_data[name] for name in _TOLD})


class ClauseForm(forms.Form):
    """One clause; one without a name is none."""

    number = count_field("序号", 999, required=False)
    name = text_field("clause_name", required=False)
    way = choice_field("兑现方式", FulfilmentWay, empty="", initial="EXAMINED")
    conditions = text_field("clause_conditions", required=False)
    materials = text_field("clause_materials", required=False)
    standard = text_field("standard", required=False)
    cap = amount_field("上限（元）", required=False)
    fund = text_field("fund", required=False)
    opens_on = day_field("申报开始", required=False)
    closes_on = day_field("申报截止", required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.empty_permitted = True

    def clean(self) -> dict[str, Any]:
        """Refuse a clause that says something but has no name."""
        told = self.cleaned_data
        if not told.get("name") and any(
            told.get(each) for each in ("conditions", "materials", "standard", "cap", "fund")
        ):
            self.add_error("name", "请填写“兑现点名称”；不要这个兑现点的，请把它整个清空")
        return told


def clause_forms(data: Any = None, policy: EnterprisePolicy | None = None) -> forms.BaseFormSet:
    made = forms.formset_factory(ClauseForm, extra=_SPARE, max_num=40, absolute_max=50)
    rows = policy.clauses.all() if policy is not None else ()
    initial = [{name: getattr(row, name) for name in _CLAUSE} for row in rows]
    return made(data, prefix="clauses", initial=initial)


def told_clauses(rows: forms.BaseFormSet) -> list[ClauseTold]:
    found = [row.cleaned_data for row in rows if row.cleaned_data.get("name")]
    last = max([each["number"] or 0 for each in found], default=0)
    clauses = []
    for each in found:
        if not each["number"]:
            last += 1
        number = each["number"] or last
        values = {**each, "number": number, "way": FulfilmentWay(each["way"])}
        clauses.append(ClauseTold(**values))
    return clauses


def _records(person: HallPerson, policy: EnterprisePolicy) -> bool:
    return person.records_for(policy)


POLICY_ACTS = by_slug(
    Act(
        "publish",
        "发布政策",
        asks(),
        plainly(actions.publish_policy),
        _records,
        lambda policy: policy.state == PolicyState.DRAFT,
        main=True,
        hint="发布以后在网站显示，企业可以申报。",
    ),
    Act(
        "end",
        "结束政策",
        asks(why=text_field("why")),
        plainly(actions.end_policy),
        _records,
        lambda policy: policy.state == PolicyState.PUBLISHED,
        hint="结束以后不再受理申报，已经申报的案件继续办理。",
    ),
)


def _find(person: HallPerson, pk: Any) -> EnterprisePolicy | None:
    return person.policies.filter(pk=pk).select_related("organ", "county").first()


POLICY = Subject("policies", "policy", "policy_act", _find, POLICY_ACTS)
