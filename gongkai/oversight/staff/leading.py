"""Screens that lead an appraisal: begin it, its indicators, each step from rating to ranking."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from gongkai.oversight import actions
from gongkai.oversight.lifecycle import OversightError
from gongkai.oversight.models import Appraisal, Indicator
from gongkai.oversight.rules.scoring import Method
from gongkai.oversight.staff.access import (
    FormView,
    OfficeForm,
    OversightView,
    or_404,
    refuse_unless,
)
from gongkai.oversight.staff.appraisal_forms import AppraisalForm, IndicatorForm, ShowForm
from gongkai.oversight.staff.appraisals import AppraisalScreen
from gongkai.oversight.staff.plan_forms import SureForm, WhyForm
from gongkai.oversight.staff.plans import url


class DraftAppraisalView(OfficeForm):
    """Begin an appraisal."""

    page_title = button = "制定考核"
    done = "已建立，请添加指标，分值合计等于满分后下发。"

    def form(self, *args: Any) -> AppraisalForm:
        """Return the form with the usual days of the year."""
        today = self.person.today
        earlier = Appraisal.objects.filter(county=self.county).order_by("-year")
        initial = {
            "year": today.year,
            "starts_on": today.replace(month=1, day=1),
            "ends_on": today.replace(month=12, day=31),
            "full": 100,
        }
        return AppraisalForm(*args, earlier=earlier, initial=initial)

    def take(self, form: AppraisalForm) -> str:
        """Begin it."""
        like = form.cleaned_data["like"]
        made = actions.draft_appraisal(self.county, told=form.told(), like=like, **self.who)
        return url("appraisal", made.pk)

    def back(self) -> str:
        """Return the list."""
        return url("appraisals")


class KeptAppraisalForm(FormView, AppraisalScreen):
    """A form of an appraisal for its keeper."""

    def open(self) -> None:
        """Find the appraisal."""
        self.held = self.appraisal()
        refuse_unless(self.person.keeps(self.held.county_id))

    def back(self) -> str:
        """Return the appraisal."""
        return url("appraisal", self.held.pk)

    def extra(self) -> dict[str, Any]:
        """Return the name of the appraisal."""
        return {"about": self.held.title}


class AddIndicatorView(KeptAppraisalForm):
    """Add an indicator."""

    page_title = button = "添加指标"

    def form(self, *args: Any) -> IndicatorForm:
        """Return the form."""
        return IndicatorForm(*args, initial={"method": Method.BY_HAND})

    def take(self, form: IndicatorForm) -> str:
        """Add it."""
        actions.add_indicator(self.held, told=form.told(), **self.who)
        return self.back()


class IndicatorScreen(OversightView):
    """An indicator of an appraisal that is drafted, for its keeper."""

    def indicator(self) -> Indicator:
        """Return it, or refuse."""
        rows = Indicator.objects.select_related("appraisal__county")
        seen = rows.filter(appraisal__in=self.person.appraisals.order_by())
        found = or_404(seen.filter(pk=self.kwargs["pk"]).first())
        refuse_unless(self.person.keeps(found.appraisal.county_id))
        return found


class ChangeIndicatorView(FormView, IndicatorScreen):
    """Change an indicator."""

    page_title = "修改指标"

    def open(self) -> None:
        """Find it."""
        self.row = self.indicator()

    def form(self, *args: Any) -> IndicatorForm:
        """Return the form with what is told."""
        names = ("group", "item", "standard", "points", "method", "figure", "each", "target")
        return IndicatorForm(*args, initial={name: getattr(self.row, name) for name in names})

    def take(self, form: IndicatorForm) -> str:
        """Change it."""
        actions.change_indicator(self.row, told=form.told(), **self.who)
        return self.back()

    def back(self) -> str:
        """Return the appraisal."""
        return url("appraisal", self.row.appraisal_id)


class RemoveIndicatorView(IndicatorScreen):
    """Take an indicator out."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Remove it."""
        row = self.indicator()
        try:
            actions.remove_indicator(row, **self.who)
        except OversightError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "已删除。")
        return redirect(url("appraisal", row.appraisal_id))


class StepView(KeptAppraisalForm):
    """A step of the whole appraisal that needs no more than a button."""

    verb: Any = None

    def form(self, *args: Any) -> SureForm:
        """Return the form."""
        return SureForm(*args)

    def take(self, form: SureForm) -> str:
        """Take the step."""
        type(self).verb(self.held, **self.who)
        return self.back()


class OpenRatingView(StepView):
    """Hand the indicators down."""

    page_title = button = "下发指标、开始自评"
    hint = "下发后，指标不再修改；本县各部门、乡镇都列入考核，可以自评。"
    done = "已下发，各单位可以自评。"
    verb = actions.open_rating


class BeginReviewView(StepView):
    """End self-rating, take the figures."""

    page_title = button = "结束自评、开始评审"
    hint = "按数据计分的指标现在取数、计分，数据从此不变；其他指标由工作人员打分，再由另一人复核。"
    done = "已取数，请逐个单位打分、复核。"
    verb = actions.begin_review


class ConfirmView(StepView):
    """Fix the result; heads and leaders do."""

    page_title = button = "确认结果"
    hint = "确认后，总分、名次、等次固定，不再变动。"
    done = "结果已确认。"
    verb = actions.confirm_results

    def open(self) -> None:
        """Find the appraisal, for a head."""
        self.held = self.appraisal()
        refuse_unless(self.held.county_id in self.person.headed_ids)


class ShowView(KeptAppraisalForm):
    """Show the result to the organs."""

    page_title = button = "公示结果"
    hint = "公示后，各单位可以看到本单位各项得分和全县排名，在期限内可以提出异议。"
    done = "已公示。"

    def form(self, *args: Any) -> ShowForm:
        """Return the form."""
        return ShowForm(*args)

    def take(self, form: ShowForm) -> str:
        """Show it."""
        actions.show_results(self.held, **form.cleaned_data, **self.who)
        return self.back()


class PublishView(StepView):
    """Publish the ranking on the site."""

    page_title = button = "在网站公布排名"
    hint = "公布名次、单位、总分和等次；各项指标的得分、异议不公布。"
    done = "已公布，网站“政务公开考核”栏目可以看到。"
    verb = actions.publish_ranking


class UnpublishView(KeptAppraisalForm):
    """Take the ranking off the site."""

    page_title = button = "从网站撤下排名"
    hint = "撤下以后，考核结果不变，可以再次公布。"
    done = "已撤下。"

    def form(self, *args: Any) -> WhyForm:
        """Return the form."""
        return WhyForm(*args)

    def take(self, form: WhyForm) -> str:
        """Take it off."""
        actions.unpublish_ranking(self.held, **form.cleaned_data, **self.who)
        return self.back()
