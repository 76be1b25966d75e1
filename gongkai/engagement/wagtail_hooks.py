"""Hangs the chapter into Wagtail's admin: addresses and the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from gongkai.engagement.queries import BANNER_RAISERS, OPINION_VIEWERS, RECORDERS, VIEWERS
from gongkai.engagement.staff import (
    banners,
    comments,
    faqs,
    figures,
    interviews,
    mailboxes,
    messages,
    opinion,
    reports,
    solicitations,
    surveys,
)
from gongkai.orgs.models import Role
from gongkai.orgs.queries import Official, holds_for_county

_ONE = "solicitations/<int:pk>/"
_MESSAGE, _SURVEY = "messages/<uuid:pk>/", "surveys/<int:pk>/"
_INTERVIEW, _OPINION = "interviews/<int:pk>/", "opinion/<int:pk>/"
_PATTERNS = [
    path("errors/", reports.ReportsView.as_view(), name="reports"),
    path("errors/<uuid:pk>/", reports.ReportView.as_view(), name="report"),
    path("errors/<uuid:pk>/contact/", reports.ContactView.as_view(), name="contact"),
    path("errors/<uuid:pk>/pass_on/", reports.PassOnView.as_view(), name="pass_on"),
    path("errors/<uuid:pk>/answer/", reports.AnswerView.as_view(), name="answer_error"),
    path("solicitations/", solicitations.SolicitationsView.as_view(), name="solicitations"),
    path("solicitations/add/", solicitations.DraftView.as_view(), name="draft_solicitation"),
    path(_ONE, solicitations.SolicitationView.as_view(), name="solicitation"),
    path(f"{_ONE}term/", solicitations.TermView.as_view(), name="term"),
    path(f"{_ONE}cancel/", solicitations.CancelView.as_view(), name="cancel"),
    path(f"{_ONE}document/", solicitations.DocumentView.as_view(), name="document"),
    path(f"{_ONE}document/unlink/", solicitations.UnlinkView.as_view(), name="unlink"),
    path(f"{_ONE}feedback/", solicitations.FeedbackView.as_view(), name="feedback"),
    path(f"{_ONE}comments/", comments.CommentsView.as_view(), name="comments"),
    path(f"{_ONE}comments/add/", comments.RecordCommentView.as_view(), name="record_comment"),
    path(f"{_ONE}comments/<uuid:comment>/who/", comments.CommenterView.as_view(), name="commenter"),
    path("messages/", messages.MessagesView.as_view(), name="messages"),
    path(_MESSAGE, messages.MessageView.as_view(), name="message"),
    path(f"{_MESSAGE}asker/", messages.AskerView.as_view(), name="asker"),
    path(f"{_MESSAGE}answer/", messages.AnswerMessageView.as_view(), name="answer_message"),
    path(f"{_MESSAGE}decline/", messages.DeclineMessageView.as_view(), name="decline_message"),
    path(f"{_MESSAGE}pass_on/", messages.PassMessageOnView.as_view(), name="pass_message_on"),
    path(f"{_MESSAGE}term/", messages.ClassifyMessageView.as_view(), name="classify_message"),
    path(f"{_MESSAGE}publish/", messages.PublishMessageView.as_view(), name="publish_message"),
    path(f"{_MESSAGE}take_off/", messages.TakeMessageOffView.as_view(), name="take_message_off"),
    path(f"{_MESSAGE}faq/", messages.FaqOfMessageView.as_view(), name="faq_of_message"),
    path("mailboxes/", mailboxes.MailboxesView.as_view(), name="mailboxes"),
    path("mailboxes/add/", mailboxes.OpenMailboxView.as_view(), name="open_mailbox"),
    path("mailboxes/<int:pk>/close/", mailboxes.CloseMailboxView.as_view(), name="close_mailbox"),
    path("surveys/", surveys.SurveysView.as_view(), name="surveys"),
    path("surveys/add/", surveys.DraftSurveyView.as_view(), name="draft_survey"),
    path(_SURVEY, surveys.SurveyView.as_view(), name="survey"),
    path(f"{_SURVEY}change/", surveys.ChangeSurveyView.as_view(), name="change_survey"),
    path(f"{_SURVEY}open/", surveys.OpenSurveyView.as_view(), name="open_survey"),
    path(f"{_SURVEY}extend/", surveys.ExtendSurveyView.as_view(), name="extend_survey"),
    path(f"{_SURVEY}results/", surveys.ResultsView.as_view(), name="publish_results"),
    path(f"{_SURVEY}cancel/", surveys.CancelSurveyView.as_view(), name="cancel_survey"),
    path("interviews/", interviews.InterviewsView.as_view(), name="interviews"),
    path("interviews/add/", interviews.PlanView.as_view(), name="plan_interview"),
    path(_INTERVIEW, interviews.InterviewView.as_view(), name="interview"),
    path(f"{_INTERVIEW}change/", interviews.ChangeInterviewView.as_view(), name="change_interview"),
    path(f"{_INTERVIEW}cancel/", interviews.CancelInterviewView.as_view(), name="cancel_interview"),
    path(f"{_INTERVIEW}exchange/", interviews.ExchangeView.as_view(), name="record_exchange"),
    path(f"{_INTERVIEW}transcript/", interviews.TranscriptView.as_view(), name="draft_transcript"),
    path("faqs/", faqs.FaqsView.as_view(), name="faqs"),
    path("faqs/add/", faqs.DraftFaqView.as_view(), name="draft_faq"),
    path("faqs/<int:pk>/confirm/", faqs.ConfirmFaqView.as_view(), name="confirm_faq"),
    path("opinion/", opinion.OpinionsView.as_view(), name="opinions"),
    path("opinion/add/", opinion.CollectView.as_view(), name="collect"),
    path(_OPINION, opinion.OpinionView.as_view(), name="opinion"),
    path(f"{_OPINION}consult/", opinion.ConsultView.as_view(), name="consult"),
    path(f"{_OPINION}judge/", opinion.JudgeView.as_view(), name="judge"),
    path(f"{_OPINION}respond/", opinion.RespondView.as_view(), name="respond"),
    path(f"{_OPINION}set_aside/", opinion.SetAsideView.as_view(), name="set_aside"),
    path(f"{_OPINION}evaluate/", opinion.EvaluateView.as_view(), name="evaluate"),
    path("banners/", banners.BannersView.as_view(), name="banners"),
    path("banners/add/", banners.RaiseBannerView.as_view(), name="raise_banner"),
    path("banners/<int:pk>/lift/", banners.LiftBannerView.as_view(), name="lift_banner"),
    path("figures/", figures.FiguresView.as_view(), name="figures"),
]


class EngagementItem(MenuItem):
    """Shown to those whose posts let them see the matters of some organ."""

    roles: frozenset[Role] = VIEWERS

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the signed-in person sees any organ."""
        return Official(request.user, timezone.now(), RECORDERS, self.roles).sees_any


class OpinionItem(EngagementItem):
    """Shown to those who see the register of public opinion."""

    roles = OPINION_VIEWERS


class BannerItem(EngagementItem):
    """Shown to those who may put a notice on the pages of a county."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the person holds such a post for a county or its office."""
        return holds_for_county(request.user, timezone.localdate(), BANNER_RAISERS)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screens under their own namespace."""
    return [path("engagement/", include((_PATTERNS, "engagement"), namespace="engagement"))]


@hooks.register("register_admin_menu_item")
def register_solicitations() -> MenuItem:
    """Add the solicitations to the main menu."""
    return EngagementItem(
        "意见征集",
        reverse("engagement:solicitations"),
        name="solicitations",
        icon_name="comment-add",
        order=227,
    )


@hooks.register("register_admin_menu_item")
def register_reports() -> MenuItem:
    """Add the error reports to the main menu."""
    return EngagementItem(
        "网站纠错", reverse("engagement:reports"), name="errors", icon_name="warning", order=228
    )


_ITEMS = (
    (EngagementItem, "咨询投诉", "messages", "mail"),
    (EngagementItem, "领导信箱", "mailboxes", "user"),
    (EngagementItem, "网上调查", "surveys", "form"),
    (EngagementItem, "访谈和发布会", "interviews", "openquote"),
    (EngagementItem, "常见问题", "faqs", "help"),
    (OpinionItem, "政务舆情", "opinions", "warning"),
    (BannerItem, "紧急提示", "banners", "warning"),
    (EngagementItem, "互动交流统计", "figures", "list-ul"),
)


@hooks.register("register_admin_menu_item")
def register_exchange() -> MenuItem:
    """Add messages, surveys, interviews, public opinion and banners, gathered in one entry."""
    items = [
        kind(label, reverse(f"engagement:{name}"), name=name, icon_name=icon, order=order)
        for order, (kind, label, name, icon) in enumerate(_ITEMS)
    ]
    menu = Menu(items=items)
    return SubmenuMenuItem("互动交流", menu, name="exchange", icon_name="comment", order=226)
