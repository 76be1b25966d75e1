"""Screens of the scores of one organ: rating itself, scoring, checking."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from gongkai.oversight import actions, queries
from gongkai.oversight.lifecycle import AppraisalState, OversightError
from gongkai.oversight.models import AppraisalUnit, Rating
from gongkai.oversight.staff.access import FormView, OversightView, or_404, refuse_unless
from gongkai.oversight.staff.appraisal_forms import RatingsForm
from gongkai.oversight.staff.plans import url
from gongkai.oversight.staff.shown import (
    LONG,
    MOST,
    NUMBER,
    SHORT,
    Cell,
    Link,
    Table,
    heads,
    points,
)

_S = AppraisalState


class UnitScreen(OversightView):
    """A screen of one organ's scores."""

    def unit(self) -> AppraisalUnit:
        """Return the organ if this person opens its scores; else 404."""
        rows = AppraisalUnit.objects.select_related("appraisal__county", "organ")
        found = rows.filter(pk=self.kwargs["pk"], appraisal__in=self.person.appraisals).first()
        return or_404(found if found is not None and self.person.opens(found) else None)

    def trail(self) -> list[tuple[str, str]]:
        """Return the list and the appraisal."""
        appraisal = self.unit().appraisal
        return [(url("appraisals"), "考核"), (url("appraisal", appraisal.pk), appraisal.title)]


class UnitView(UnitScreen):
    """One organ: each indicator with self-rating, figure, score, who checked."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        unit = self.unit()
        appraisal = unit.appraisal
        self.page_title = unit.organ.name
        ratings = queries.ratings_of(unit)
        told = [each.given for each in ratings if each.given is not None]
        shows = self.shows_scores(unit)
        said = f"得分合计{points(sum(told))}分，满分{points(appraisal.full)}分。" if shows else ""
        if appraisal.state == _S.CONFIRMED:
            said = f"总分{points(unit.total)}分，第{unit.rank}名，等次{unit.grade}。"
        head = heads(("指标", MOST), ("分值", NUMBER), ("自评", NUMBER), ("数据", NUMBER),
                     ("得分", NUMBER), ("说明", LONG), ("评分、复核", SHORT))  # fmt: skip
        return self.show(
            state=appraisal.get_state_display(),
            said=said,
            links=self.links(unit),
            tables=[Table("各项得分", head, [_line(each, shows) for each in ratings])],
        )

    def shows_scores(self, unit: AppraisalUnit) -> bool:
        """Say whether scores are told: to organs once the result is shown."""
        ranked = unit.appraisal.state in (_S.SHOWN, _S.CONFIRMED)
        return ranked or self.person.keeps(unit.appraisal.county_id)

    def links(self, unit: AppraisalUnit) -> list[Link]:
        """Return what this person may do now."""
        state, keeps = unit.appraisal.state, self.person.keeps(unit.appraisal.county_id)
        if state == _S.RATING and self.person.rates(unit):
            return [Link("自评", url("rate_unit", unit.pk), main=True)]
        if state == _S.REVIEW and keeps:
            return [
                Link("打分", url("score_unit", unit.pk), main=True),
                Link("复核得分", url("check_unit", unit.pk), post=True),
            ]
        return []


class RatingsView(FormView, UnitScreen):
    """All scores of an organ in one form."""

    template_name = "oversight/ratings.html"
    own = False

    def open(self) -> None:
        """Find the organ."""
        self.held = self.unit()

    def form(self, *args: Any) -> RatingsForm:
        """Return the form."""
        return RatingsForm(*args, ratings=queries.ratings_of(self.held), own=self.own)

    def back(self) -> str:
        """Return the organ's page."""
        return url("unit", self.held.pk)

    def extra(self) -> dict[str, Any]:
        """Return whose scores these are."""
        return {"about": f"{self.held.appraisal.title}：{self.held.organ.name}", "own": self.own}


class RateUnitView(RatingsView):
    """An organ rates itself."""

    page_title = "自评"
    own, button, done = True, "保存自评", "自评已保存，期限内可以修改。"
    hint = "不填得分的指标不作自评。佐证材料可以在每项得分的页面上传。"

    def open(self) -> None:
        """Find the organ, for who rates for it."""
        super().open()
        refuse_unless(self.person.rates(self.held))

    def take(self, form: RatingsForm) -> str:
        """Rate it."""
        actions.rate_unit(self.held, form.rated(), **self.who)
        return self.back()


class ScoreUnitView(RatingsView):
    """The office scores an organ."""

    page_title = "打分"
    button, done = "保存得分", "得分已保存，请另一位工作人员复核。"
    hint = "按数据计分的指标已经算好，改动的须写明理由。"

    def open(self) -> None:
        """Find the organ, for the office."""
        super().open()
        refuse_unless(self.person.keeps(self.held.appraisal.county_id))

    def take(self, form: RatingsForm) -> str:
        """Score it."""
        actions.score_unit(self.held, form.given(), **self.who)
        return self.back()


class CheckUnitView(UnitScreen):
    """Check what somebody else has given."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Check it."""
        unit = self.unit()
        refuse_unless(self.person.keeps(unit.appraisal.county_id))
        try:
            checked = actions.check_unit(unit, **self.who)
        except OversightError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"已复核{checked}项。")
        return redirect(url("unit", pk))


def _line(rating: Rating, shows: bool) -> tuple[Cell, ...]:
    counted = rating.counted
    return (
        Cell(rating.indicator.item, url("rating", rating.pk), rating.indicator.group),
        Cell(points(rating.indicator.points)),
        Cell(points(rating.self_points)),
        Cell(counted.said if counted and shows else "—", more=counted.percent if counted else ""),
        Cell(points(rating.given) if shows else "—"),
        Cell((rating.given_words if shows else "") or rating.self_words or "—"),
        Cell(rating.given_by or "—", more=f"复核：{rating.checked_by}" if rating.checked_by else "")
        if shows
        else Cell("—"),
    )
