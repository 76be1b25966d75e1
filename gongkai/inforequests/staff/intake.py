"""Taking a request in at the desk: the form, the number, the code, the sheet to be signed."""

from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from gongkai.files.actions import FileRefused, store
from gongkai.files.models import Purpose
from gongkai.inforequests import actions
from gongkai.inforequests.lifecycle.errors import AlreadyAsked, RequestError
from gongkai.inforequests.models import AcceptingOffice, InfoRequest, IntakeChannel
from gongkai.inforequests.staff.access import CaseScreen, RequestsView
from gongkai.inforequests.staff.intake_forms import IntakeForm
from gongkai.inforequests.staff.letters import receipt_letter

_FIELDS = {"submitted_at": "arrived_on", "on": "confirmed_on"}
_PAPERS = {"proof": Purpose.IDENTITY_PROOF, "attachments": Purpose.REQUEST_ATTACHMENT}
RECEIPT = "L01"
_TWICE = (
    "同一申请人三十日内已经提交内容相同的申请（{}），正在办理；核对后确需再次登记的，请勾选"
    "“已经核对，不是重复提交，仍然登记”"
)


class AddView(RequestsView):
    """The form of Art. 29, filled in by a clerk; nothing typed is lost when it is refused."""

    template_name = "inforequests/add.html"
    page_title = "登记申请"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Refuse those who may take requests in for no organ."""
        if not self.person.takes_in_for.exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        initial = {"arrived_on": self.person.today, "submission_key": uuid4().hex}
        return self.show(IntakeForm(organs=self.person.takes_in_for, initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take the request in and show its receipt, or the form again with what is wrong."""
        form = IntakeForm(request.POST, request.FILES, organs=self.person.takes_in_for)
        if not form.is_valid():
            return self.show(form)
        try:
            info_request = self.take_in(form)
        except AlreadyAsked as asked:
            form.add_error("again", _TWICE.format(asked.number))
            return self.show(form)
        except (RequestError, FileRefused) as refused:
            field = _FIELDS.get(getattr(refused, "field", ""), getattr(refused, "field", ""))
            form.add_error(field if field in form.fields else None, str(refused))
            return self.show(form)
        if not getattr(info_request, "query_code", ""):
            messages.warning(request, f"这份表单已经登记过，申请编号 {info_request.number}")
            return redirect("inforequests:record", info_request.pk)
        return self.show_receipt(info_request)

    def take_in(self, form: IntakeForm) -> InfoRequest:
        """Submit and, when the day of receipt is known, register: both or neither.

        A form sent twice is the request it made the first time, with the same code.
        """
        told, data = form.told(), form.cleaned_data
        who = {"by": self.person.acting_for(data["organ"].pk), "at": self.person.now}
        key = data["submission_key"]
        with transaction.atomic():
            sent = InfoRequest.objects.filter(submission_key=key).first() if key else None
            info_request = actions.submit(
                data["organ"],
                told=told,
                requester=form.requester(),
                submitted_at=form.submitted_at(self.person.now),
                submission_key=key,
                **who,
            )
            fresh = sent is None or sent.pk != info_request.pk
            code = getattr(info_request, "query_code", "")
            known = data["confirmed_on"] or not IntakeChannel(told.channel).needs_confirmation
            if fresh and known:
                info_request = actions.register(
                    info_request, confirmed_on=data["confirmed_on"], **who
                )
                if data["with_letter"]:
                    on = self.person.today
                    actions.issue_letter(info_request, kind=RECEIPT, act=2, on=on, **who)
            if fresh:
                self.keep_papers(info_request, form, who)
            info_request.query_code = code
        return info_request

    def keep_papers(self, info_request: InfoRequest, form: IntakeForm, who: dict[str, Any]) -> None:
        """Store the proof of identity and the letter; raises FileRefused naming the field."""
        for name, purpose in _PAPERS.items():
            file = form.cleaned_data[name]
            if not file:
                continue
            try:
                store(
                    organ=info_request.organ,
                    about=info_request.typed_id,
                    purpose=purpose,
                    name=file.name,
                    content=file.read(),
                    **who,
                )
            except FileRefused as refused:
                raise FileRefused(str(refused), name) from None

    def show(self, form: IntakeForm) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        context = self.get_context_data(form=form, media=form.media)
        return self.render_to_response(context, status=422 if form.errors else 200)

    def show_receipt(self, info_request: InfoRequest) -> HttpResponse:
        """Show the number and the code, which is shown this once."""
        self.template_name = "inforequests/receipt.html"
        self.page_title = f"已登记 {info_request.number}"
        return self.render_to_response(self.get_context_data(**receipt(info_request)))


class CodeView(CaseScreen):
    """A new query code for a requester who has lost theirs; the old one stops working."""

    http_method_names = ["post"]
    template_name = "inforequests/receipt.html"
    page_title = "新的查询码"

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Give a new code and show it this once."""
        self.info_request = self.case(pk)
        if not self.person.may_show(self.info_request):
            raise PermissionDenied
        code = actions.renew_query_code(self.info_request, **self.who)
        self.info_request.query_code = code
        return self.render_to_response(self.get_context_data(**receipt(self.info_request)))


class SheetView(CaseScreen):
    """The sheet of an oral request (口头申请笔录), read back and signed; the showing is logged."""

    http_method_names = ["post"]
    template_name = "inforequests/sheet.html"
    page_title = "口头申请笔录"

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the sheet with who asks in full."""
        self.info_request = self.case(pk)
        if not self.person.may_show(self.info_request):
            raise PermissionDenied
        requester = actions.show_requester(self.info_request, **self.who)
        context = self.get_context_data(
            info_request=self.info_request,
            requester=requester.told.items(),
            items_asked=self.info_request.items.order_by("place"),
            clerk=self.person.user.name,
        )
        return self.render_to_response(context)


def receipt(info_request: InfoRequest) -> dict[str, Any]:
    """Return what the receipt shows."""
    return {
        "info_request": info_request,
        "code": info_request.query_code,
        "office": AcceptingOffice.objects.filter(organ=info_request.organ_id).first(),
        "oral": info_request.channel == IntakeChannel.ORAL,
        "confirm": info_request.received_on is None,
        "receipt_letter": receipt_letter(info_request),
    }
