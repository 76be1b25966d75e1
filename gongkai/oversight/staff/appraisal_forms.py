"""The forms of an appraisal: what it is, its indicators, the scores of one organ in one form."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.oversight.actions import AppraisalTold, GivenTold, IndicatorTold, SelfTold
from gongkai.oversight.models import Appraisal, Rating
from gongkai.oversight.rules.figures import FIGURES
from gongkai.oversight.rules.scoring import Method
from gongkai.oversight.staff.fields import (
    choice_field,
    count_field,
    day_field,
    decimal_field,
    row_field,
    text_field,
)


class AppraisalForm(forms.Form):
    """A new appraisal."""

    year = count_field("年度", min_value=2008, max_value=2100)
    title = text_field("title", help_text="如：靖安县2026年政务公开工作考核")
    starts_on = day_field("考核起始日期", help_text="按数据计分的指标，统计这段时间的记录")
    ends_on = day_field("考核截止日期")
    full = decimal_field("满分", initial=100)
    self_due_on = day_field("自评期限")

    def __init__(self, *args: Any, earlier: QuerySet[Appraisal], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["like"] = row_field(
            "沿用指标",
            earlier,
            required=False,
            empty_label="不沿用",
            help_text="照抄以前一次考核的指标，再修改",
        )

    def told(self) -> AppraisalTold:
        """Return the appraisal."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "like"}
        return AppraisalTold(**values)


class IndicatorForm(forms.Form):
    """One indicator."""

    group = text_field("group", help_text="如：主动公开")
    item = text_field("item", help_text="如：按期公开")
    standard = text_field("standard", rows=3, required=False)
    points = decimal_field("分值")
    method = choice_field("计分方式", [(each.value, each.label) for each in Method])
    figure = choice_field(
        "数据项",
        [(name, f"{each.label}（{each.unit}）") for name, each in FIGURES.items()],
        required=False,
        help_text="人工评分的不选；按比率计分的选择“%”的数据项",
    )
    each = decimal_field("每件扣分", required=False, help_text="计分方式为“每件（个）扣分”时填写")
    target = decimal_field(
        "目标值", required=False, help_text="计分方式为“按目标完成量计分”时填写，达到目标得满分"
    )

    def told(self) -> IndicatorTold:
        """Return the indicator."""
        return IndicatorTold(**self.cleaned_data)


class ShowForm(forms.Form):
    """Until when organs may object."""

    object_until = day_field("异议期限", help_text="各单位到这一天为止可以提出异议")


class ObjectForm(forms.Form):
    """What an organ says against a score."""

    reason = text_field("objection", rows=4)


class AnswerForm(forms.Form):
    """How an objection is ruled."""

    upheld = choice_field("处理", [("yes", "采纳，改分"), ("no", "不采纳")])
    points = decimal_field("改为多少分", required=False, help_text="采纳的填写")
    answer = text_field("answer", rows=4)


class RatingsForm(forms.Form):
    """The scores of one organ: points and words by indicator, links where it rates itself."""

    def __init__(self, *args: Any, ratings: Sequence[Rating], own: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        self.ratings, self.own = ratings, own
        for rating in ratings:
            points = rating.self_points if own else rating.given
            words = rating.self_words if own else rating.given_words
            name = f"{rating.indicator}"
            self.fields[f"points-{rating.pk}"] = decimal_field(
                f"{name}得分", required=False, initial=_plain(points)
            )
            self.fields[f"words-{rating.pk}"] = text_field(
                "self_words" if own else "given_words",
                label=f"{name}说明",
                required=False,
                rows=2,
                initial=words,
            )
            if own:
                self.fields[f"link-{rating.pk}"] = text_field(
                    "link", label=f"{name}佐证链接", required=False, initial=rating.self_link
                )

    @property
    def lines(self) -> list[tuple[Rating, list[Any]]]:
        """Each score with its fields."""
        parts = ("points", "words", "link") if self.own else ("points", "words")
        return [(each, [self[f"{part}-{each.pk}"] for part in parts]) for each in self.ratings]

    def rated(self) -> dict[int, SelfTold]:
        """Return what the organ gives itself."""
        told = self.cleaned_data
        return {
            each.pk: SelfTold(
                told[f"points-{each.pk}"], told[f"words-{each.pk}"], told[f"link-{each.pk}"]
            )
            for each in self.ratings
        }

    def given(self) -> dict[int, GivenTold]:
        """Return what the office gives."""
        told = self.cleaned_data
        return {
            each.pk: GivenTold(told[f"points-{each.pk}"], told[f"words-{each.pk}"])
            for each in self.ratings
        }


def _plain(value: Any) -> str:
    return format(value.normalize(), "f") if value else ("0" if value == 0 else "")
