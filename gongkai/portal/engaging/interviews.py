"""Questions to the guests of an interview, sent online until a moment told in the notice."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.engagement.actions import EngagementError, Refused, ask_question
from gongkai.engagement.models import Interview
from gongkai.engagement.queries import PublicInterview, interview_for_questions
from gongkai.portal.documents import county_of
from gongkai.portal.engaging.forms import QuestionForm
from gongkai.portal.engaging.sending import PUBLIC, TOO_OFTEN, let_in, shown, tell
from gongkai.portal.requests import doors

SECTION = "/hdjl/zxft/"
_DOOR = "questions"


@doors.private
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: str) -> HttpResponseBase:
    """Show the form, and take a question in."""
    about = _interview(request, pk)
    if request.method != "POST":
        return _form_page(request, about, QuestionForm())
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _form_page(request, about, form, status=422)
    now = timezone.now()
    if not let_in(request, form, _DOOR, now):
        form.add_error(None, TOO_OFTEN)
        return _form_page(request, about, form, status=429)
    told = Interview(pk=about.id)
    try:
        ask_question(
            told, text=form.cleaned_data["asked"], submission_key=form.key, by=PUBLIC, at=now
        )
    except EngagementError as refused:
        tell(form, refused)
        status = 409 if isinstance(refused, Refused) else 422
        return _form_page(request, about, form, status=status)
    response = redirect("portal_question_sent", pk=about.id)
    response.status_code = 303
    return response


@doors.private
@require_safe
def sent(request: HttpRequest, pk: str) -> HttpResponseBase:
    """Say that the question came in."""
    return shown(request, "question_sent", about=_interview(request, pk), section=SECTION)


def _interview(request: HttpRequest, pk: str) -> PublicInterview:
    about = interview_for_questions(county_of(request), int(pk), timezone.now())
    if about is None:
        raise Http404("没有这次访谈")
    return about


def _form_page(
    request: HttpRequest, about: PublicInterview, form: QuestionForm, *, status: int = 200
) -> HttpResponse:
    return shown(request, "question_form", status=status, about=about, form=form, section=SECTION)
