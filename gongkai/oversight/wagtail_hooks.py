"""Hangs the office's own work into Wagtail's admin: addresses and the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.orgs.queries import Official
from gongkai.oversight.queries import REPORTERS, VIEWERS
from gongkai.oversight.staff import (
    accountability,
    appraisals,
    drafting,
    evaluations,
    events,
    leading,
    papers,  # noqa: F401 -- who opens the proof of tasks, events, scores and cases
    plans,
    ratings,
    scores,
    sheets,
    tasks,
)

_PLANS = [
    path("", plans.PlansView.as_view(), name="plans"),
    path("plans/add/", drafting.DraftPlanView.as_view(), name="draft_plan"),
    path("plans/<int:pk>/", plans.PlanView.as_view(), name="plan"),
    path("plans/<int:pk>/tasks.xlsx", plans.PlanXlsxView.as_view(), name="plan_xlsx"),
    path("plans/<int:pk>/import/", drafting.ImportTasksView.as_view(), name="import_tasks"),
    path("plans/<int:pk>/add/", drafting.AddTaskView.as_view(), name="add_task"),
    path("plans/<int:pk>/issue/", drafting.IssueView.as_view(), name="issue_plan"),
    path("plans/<int:pk>/close/", drafting.CloseView.as_view(), name="close_plan"),
    path("tasks/<int:pk>/", tasks.TaskView.as_view(), name="task"),
    path("tasks/<int:pk>/change/", drafting.ChangeTaskView.as_view(), name="change_task"),
    path("tasks/<int:pk>/remove/", drafting.RemoveTaskView.as_view(), name="remove_task"),
    path("tasks/<int:pk>/report/", tasks.ReportView.as_view(), name="report_task"),
    path("tasks/<int:pk>/accept/", tasks.AcceptView.as_view(), name="accept_task"),
    path("tasks/<int:pk>/back/", tasks.SendBackView.as_view(), name="send_task_back"),
    path("tasks/<int:pk>/move/", tasks.MoveView.as_view(), name="move_task"),
    path("tasks/<int:pk>/drop/", tasks.DropView.as_view(), name="drop_task"),
]
_EVENTS = [
    path("events/", events.EventsView.as_view(), name="events"),
    path("events/add/", events.RecordEventView.as_view(), name="record_event"),
    path("events/<int:pk>/", events.EventView.as_view(), name="event"),
    path("events/<int:pk>/change/", events.ChangeEventView.as_view(), name="change_event"),
    path("events/<int:pk>/strike/", events.StrikeEventView.as_view(), name="strike_event"),
    path("events/<int:pk>/sign-in/", events.SignInView.as_view(), name="sign_in"),
]
_ONE = "appraisals/<int:pk>/"
_APPRAISALS = [
    path("appraisals/", appraisals.AppraisalsView.as_view(), name="appraisals"),
    path("appraisals/add/", leading.DraftAppraisalView.as_view(), name="draft_appraisal"),
    path(_ONE, appraisals.AppraisalView.as_view(), name="appraisal"),
    path(f"{_ONE}scores.xlsx", appraisals.AppraisalXlsxView.as_view(), name="appraisal_xlsx"),
    path(f"{_ONE}indicators/add/", leading.AddIndicatorView.as_view(), name="add_indicator"),
    path(f"{_ONE}open/", leading.OpenRatingView.as_view(), name="open_rating"),
    path(f"{_ONE}review/", leading.BeginReviewView.as_view(), name="begin_review"),
    path(f"{_ONE}show/", leading.ShowView.as_view(), name="show_results"),
    path(f"{_ONE}confirm/", leading.ConfirmView.as_view(), name="confirm_results"),
    path(f"{_ONE}publish/", leading.PublishView.as_view(), name="publish_ranking"),
    path(f"{_ONE}unpublish/", leading.UnpublishView.as_view(), name="unpublish_ranking"),
    path("indicators/<int:pk>/", leading.ChangeIndicatorView.as_view(), name="change_indicator"),
    path(
        "indicators/<int:pk>/remove/",
        leading.RemoveIndicatorView.as_view(),
        name="remove_indicator",
    ),
    path("units/<int:pk>/", scores.UnitView.as_view(), name="unit"),
    path("units/<int:pk>/rate/", scores.RateUnitView.as_view(), name="rate_unit"),
    path("units/<int:pk>/score/", scores.ScoreUnitView.as_view(), name="score_unit"),
    path("units/<int:pk>/check/", scores.CheckUnitView.as_view(), name="check_unit"),
    path("ratings/<int:pk>/", ratings.RatingView.as_view(), name="rating"),
    path("ratings/<int:pk>/object/", ratings.ObjectView.as_view(), name="object_to"),
    path("objections/<int:pk>/", ratings.AnswerView.as_view(), name="answer_objection"),
]
_OTHERS = [
    path("evaluations/", evaluations.EvaluationsView.as_view(), name="evaluations"),
    path("evaluations/add/", evaluations.ChooseView.as_view(), name="choose_survey"),
    path("evaluations/mark/<int:pk>/", evaluations.MarkView.as_view(), name="mark_survey"),
    path("evaluations/<int:pk>/", evaluations.EvaluationView.as_view(), name="evaluation"),
    path("cases/", accountability.CasesView.as_view(), name="cases"),
    path("cases/add/", accountability.RecordCaseView.as_view(), name="record_case"),
    path("cases/<uuid:pk>/", accountability.CaseView.as_view(), name="case"),
    path("cases/<uuid:pk>/people/", accountability.PeopleView.as_view(), name="case_people"),
    path("cases/<uuid:pk>/strike/", accountability.StrikeCaseView.as_view(), name="strike_case"),
    path("sheets/", sheets.SheetView.as_view(), name="sheets"),
    path("sheets/behind/", sheets.BehindView.as_view(), name="sheet_behind"),
    path("sheets/file/<str:kind>/", sheets.FileView.as_view(), name="sheet_file"),
]
_PATTERNS = [*_PLANS, *_EVENTS, *_APPRAISALS, *_OTHERS]


class OversightItem(MenuItem):
    """Shown to those whose posts let them see the work of some organ."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the signed-in person sees any organ."""
        return Official(request.user, timezone.now(), REPORTERS, VIEWERS).sees_any


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screens under their own namespace."""
    return [path("oversight/", include((_PATTERNS, "oversight"), namespace="oversight"))]


@hooks.register("register_admin_menu_item")
def register_work() -> MenuItem:
    """Add the office's work to the main menu."""
    url = reverse("oversight:plans")
    return OversightItem("监督保障", url, name="oversight", icon_name="clipboard-list", order=228)
