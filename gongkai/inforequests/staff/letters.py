"""Letters of the procedure that are made after the act they belong to, or made anew."""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from gongkai.inforequests import actions
from gongkai.inforequests.lifecycle.errors import RequestError
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.queries.step_letters import TELLS_OF
from gongkai.inforequests.staff.access import CaseScreen
from gongkai.letters.actions import open_letter
from gongkai.letters.models import Letter
from gongkai.letters.queries import LetterError, LetterKind, LetterState, letters_about

_TWO_CLICKS = timedelta(seconds=5)


def letters_to_issue(info_request: InfoRequest) -> list[tuple[str, str]]:
    """Return the letters that may be made for the acts of a case: "L02:4" and Chinese words."""
    found = []
    for act in info_request.acts.order_by("sequence"):
        for kind, events in TELLS_OF.items():
            if act.kind in events:
                whom = act.data.get("whom", "")
                about = f"{act.on:%Y-%m-%d}，{whom}" if whom else f"{act.on:%Y-%m-%d}"
                found.append((f"{kind.value}:{act.sequence}", f"{kind.label}（{about}）"))
    return found


class ReceiptLetterView(CaseScreen):
    """The receipt (L01) that the window prints while the request is at the window; logged."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return the newest receipt of the case as PDF."""
        self.info_request = self.case(pk)
        if not self.person.may_show(self.info_request):
            raise PermissionDenied
        letter = receipt_letter(self.info_request)
        if letter is None:
            raise Http404("这件申请还没有制发登记回执。")
        try:
            data = open_letter(letter, "pdf", **self.who)
        except LetterError as refused:
            messages.error(request, str(refused))
            return redirect("inforequests:record", pk)
        response = HttpResponse(data, content_type="application/pdf")
        response["Content-Disposition"] = "inline; filename=receipt.pdf"
        response["Cache-Control"] = "private, no-store"
        return response


def receipt_letter(info_request: InfoRequest) -> Letter | None:
    """Return the newest standing receipt of a case."""
    made = letters_about(info_request.typed_id)
    return made.filter(kind=LetterKind.RECEIPT, state=LetterState.ISSUED).last()


class LetterView(CaseScreen):
    """Make one letter for one act."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Issue the letter asked for, or say what stands against it."""
        self.info_request = self.case(pk)
        self.allow_handling(self.info_request)
        asked = request.POST.get("letter", "")
        if asked not in dict(letters_to_issue(self.info_request)):
            messages.error(request, "这份文书现在不能制发，请重新选择")
            return redirect("inforequests:record", pk)
        code, _, sequence = asked.partition(":")
        try:
            with transaction.atomic():
                if twin := self.just_made(code):
                    messages.warning(request, f"刚刚已经制发{twin}，没有重复制发")
                    return redirect("inforequests:record", pk)
                letter = actions.issue_letter(
                    self.info_request,
                    kind=code,
                    act=int(sequence),
                    on=self.person.today,
                    **self.who,
                )
        except RequestError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"已制发{letter}")
        return redirect("inforequests:record", pk)

    def just_made(self, kind: str) -> Letter | None:
        """Return the letter that a first click has made, with the case locked for a second one."""
        InfoRequest.objects.select_for_update(of=("self",)).get(pk=self.info_request.pk)
        return Letter.objects.filter(
            about=self.info_request.typed_id,
            kind=kind,
            state=LetterState.ISSUED,
            issued_by_account=self.person.user.username,
            issued_at__gt=self.person.now - _TWO_CLICKS,
        ).first()
