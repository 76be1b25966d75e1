"""Screens of cleaning-up campaigns: the list, one with its accounts, decisions, the end."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from gongkai.newmedia import actions, queries
from gongkai.newmedia.lifecycle import CampaignState, Decision, MediaError
from gongkai.newmedia.models import Campaign, CampaignItem
from gongkai.newmedia.staff.access import MediaView, OfficeView, blame
from gongkai.newmedia.staff.record_forms import CampaignForm, DecideForm, FinishForm


class CampaignsView(MediaView):
    """The campaigns a person sees."""

    template_name = "newmedia/campaigns.html"
    page_title = "清理整合"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them with their progress."""
        rows = [(each, queries.progress_of(each)) for each in self.person.campaigns[:50]]
        return self.render_to_response(self.get_context_data(rows=rows))

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer a new one to the office."""
        if not self.person.counties:
            return []
        url = reverse("newmedia:begin_campaign")
        return [HeaderButton("发起清理整合", url=url, icon_name="plus")]


class _CampaignScreen(MediaView):
    """A screen of one campaign."""

    def campaign(self, pk: int) -> Campaign:
        """Return a campaign that this person sees; else 404."""
        rows = Campaign.objects.filter(pk__in=self.person.campaigns.order_by().values("pk"))
        found = rows.filter(pk=pk).select_related("county").first()
        if found is None:
            raise Http404("没有这次清理整合，或者您无权查看。")
        return found

    def campaign_to_keep(self, pk: int) -> Campaign:
        """Return a campaign that this person runs; 404 unseen, refused when only seen."""
        found = self.campaign(pk)
        if not self.person.keeps(found.county_id):
            raise PermissionDenied
        return found

    def trail(self) -> list[dict[str, Any]]:
        """Return the list of campaigns."""
        return [{"url": reverse("newmedia:campaigns"), "label": "清理整合"}]


class CampaignView(_CampaignScreen):
    """One campaign: progress, each account with what becomes of it; an organ sees its own."""

    template_name = "newmedia/campaign.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        campaign = self.campaign(pk)
        self.page_title = campaign.name
        items = queries.items_of(campaign)
        keeps = self.person.keeps(campaign.county_id)
        seen = set(self.person.organ_ids)
        shown = [each for each in items if keeps or each.account.organ_id in seen]
        running = campaign.state == CampaignState.RUNNING
        context = self.get_context_data(
            campaign=campaign,
            progress=queries.progress_of(campaign, items if keeps else shown),
            rows=[(each, queries.is_done(each)) for each in shown],
            may_decide=keeps and running,
            late=running and campaign.ends_on < self.person.official.today,
        )
        return self.render_to_response(context)


class BeginCampaignView(OfficeView):
    """Begin a campaign."""

    template_name = "newmedia/form.html"
    page_title = "发起清理整合"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self.show(CampaignForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin it, or show the form again."""
        form = CampaignForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            made = actions.begin_campaign(self.county, **form.cleaned_data, **self.who)
        except MediaError as refused:
            return self.show(blame(form, refused))
        messages.success(request, "已发起，现有账号都已列入，请逐个提出处理意见。")
        return redirect("newmedia:campaign", made.pk)

    def show(self, form: forms.Form) -> HttpResponse:
        """Show the form."""
        hint = "发起后，现在运行的账号全部列入清单。"
        return self.show_form(form, hint=hint, back=reverse("newmedia:campaigns"))

    def trail(self) -> list[dict[str, Any]]:
        """Return the list of campaigns."""
        return [{"url": reverse("newmedia:campaigns"), "label": "清理整合"}]


class _KeptForm(_CampaignScreen):
    """A form of a campaign that the office fills in."""

    template_name = "newmedia/form.html"
    done = ""

    def answer(self, form: forms.Form, campaign: Campaign, take: Any, **shown: Any) -> HttpResponse:
        """Do it when the form is right, or show it again with what is wrong."""
        back = reverse("newmedia:campaign", args=[campaign.pk])
        if not form.is_bound or not form.is_valid():
            return self.show_form(form, back=back, **shown)
        try:
            take(form.cleaned_data)
        except MediaError as refused:
            return self.show_form(blame(form, refused), back=back, **shown)
        messages.success(self.request, self.done)
        return redirect(back)


class DecideView(_KeptForm):
    """Decide what becomes of an account."""

    page_title = "提出处理意见"
    done = "已保存。"

    def get(self, request: HttpRequest, pk: int, item: int) -> HttpResponse:
        """Show the form with what was decided before."""
        return self.act(pk, item)

    def post(self, request: HttpRequest, pk: int, item: int) -> HttpResponse:
        """Decide, or show the form again."""
        return self.act(pk, item, request.POST)

    def act(self, pk: int, item: int, *args: Any) -> HttpResponse:
        """Show or do it."""
        campaign = self.campaign_to_keep(pk)
        rows = CampaignItem.objects.select_related("account__organ", "campaign")
        found = rows.filter(campaign=campaign, pk=item).first()
        if found is None:
            raise Http404("这次清理整合中没有这个账号。")
        told = {"decision": found.decision, "into": found.into_id, "reason": found.reason}
        form = DecideForm(*args, item=found, initial=told)

        def take(told: dict[str, Any]) -> None:
            decision = Decision(told["decision"])
            actions.decide(
                found, decision=decision, into=told["into"], reason=told["reason"], **self.who
            )

        return self.answer(form, campaign, take, account=found.account)


class FinishView(_KeptForm):
    """Finish a campaign."""

    page_title = "完成清理整合"
    done = "已完成，结果已固定。"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form."""
        return self.act(pk)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Finish, or show the form again."""
        return self.act(pk, request.POST)

    def act(self, pk: int, *args: Any) -> HttpResponse:
        """Show or do it."""
        campaign = self.campaign_to_keep(pk)
        progress = queries.progress_of(campaign)
        told = (
            f"共清理账号{progress.accounts}个，保留{progress.keep}个，整合{progress.merge}个，"
            f"关停{progress.close}个。"
        )
        form = FinishForm(*args, initial={"outcome": told})

        def take(told: dict[str, Any]) -> None:
            actions.finish_campaign(campaign, outcome=told["outcome"], **self.who)

        return self.answer(form, campaign, take)
