"""Surveys: what is asked, the ballot, the results with charts (law.md 4.3).

Nothing of who answers is kept. A browser that has answered carries a signed mark and is not asked
again; how many ballots come from one network in an hour is bounded as for every form.
"""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.engagement.actions import EngagementError, Refused, Standing, answer_survey
from gongkai.engagement.models import Survey
from gongkai.engagement.queries import (
    PublicSurvey,
    public_survey,
    public_surveys,
    questions_of,
    results_of,
)
from gongkai.oversight.queries import public_evaluation
from gongkai.portal.columns import SURVEYS
from gongkai.portal.documents import county_of
from gongkai.portal.engaging.forms import BallotForm
from gongkai.portal.engaging.sending import PUBLIC, TOO_OFTEN, let_in, shown, tell
from gongkai.portal.requests import doors, tickets

_DOOR = "surveys"
_MOST_KEPT = 50  # surveys that one browser's mark remembers
ANSWERED = tickets.Kind("gk_survey", timedelta(days=400), SURVEYS.url)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the surveys, those that run first."""
    surveys = public_surveys(county_of(request), timezone.localdate())
    if not surveys:
        raise Http404("还没有网上调查")
    ordered = sorted(surveys, key=lambda each: not each.takes_ballots)
    context = {"column": SURVEYS, "surveys": ordered}
    return render(request, "portal/engaging/surveys.html", context)


@require_safe
def one(request: HttpRequest, pk: str) -> HttpResponse:
    """Show a survey: its questions while it runs, its results once they are public."""
    about = _survey(request, pk)
    public = about.standing is Standing.FED_BACK
    context = {
        "column": SURVEYS,
        "about": about,
        "questions": () if public else questions_of(about.id),
        "results": results_of(about.id) if public else (),
        "evaluation": public_evaluation(about.id) if public else None,
    }
    return render(request, "portal/engaging/survey.html", context)


@doors.private
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: str) -> HttpResponseBase:
    """Show the ballot, and take it in."""
    about = _survey(request, pk)
    questions = questions_of(about.id)
    if about.id in _answered(request):
        return _ballot_page(request, about, None)
    if request.method != "POST":
        return _ballot_page(request, about, BallotForm(questions=questions))
    form = BallotForm(request.POST, questions=questions)
    if not form.is_valid():
        return _ballot_page(request, about, form, status=422)
    now = timezone.now()
    if not let_in(request, form, _DOOR, now):
        form.add_error(None, TOO_OFTEN)
        return _ballot_page(request, about, form, status=429)
    try:
        answer_survey(
            Survey(pk=about.id),
            picks=form.picks(),
            remarks=form.remarks(),
            submission_key=form.key,
            by=PUBLIC,
            at=now,
        )
    except EngagementError as refused:
        tell(form, refused)
        status = 409 if isinstance(refused, Refused) else 422
        return _ballot_page(request, about, form, status=status)
    response = redirect("portal_survey_thanks", pk=about.id)
    response.status_code = 303
    kept = [*_answered(request), about.id][-_MOST_KEPT:]
    tickets.give(response, request, ANSWERED, {"surveys": kept})
    return response


@doors.private
@require_safe
def thanks(request: HttpRequest, pk: str) -> HttpResponseBase:
    """Say that the ballot came in."""
    return shown(request, "survey_thanks", column=SURVEYS, about=_survey(request, pk))


def _answered(request: HttpRequest) -> list[int]:
    ticket = tickets.read(request, ANSWERED)
    return list(ticket["surveys"]) if ticket else []


def _survey(request: HttpRequest, pk: str) -> PublicSurvey:
    about = public_survey(county_of(request), int(pk), timezone.localdate())
    if about is None:
        raise Http404("没有这次调查")
    return about


def _ballot_page(
    request: HttpRequest, about: PublicSurvey, form: BallotForm | None, *, status: int = 200
) -> HttpResponse:
    return shown(request, "ballot", status=status, column=SURVEYS, about=about, form=form)
