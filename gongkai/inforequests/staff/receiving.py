"""The screen on which an office tests its own ways in and records the result."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from gongkai.inforequests.actions.receiving import record_test, send_test_mail
from gongkai.inforequests.lifecycle.errors import RequestError
from gongkai.inforequests.lifecycle.receiving import ReceivingChannel
from gongkai.inforequests.queries import HANDLERS
from gongkai.inforequests.queries.receiving import ChannelRow, channel_rows
from gongkai.inforequests.staff.access import RequestsView
from gongkai.inforequests.staff.fields import choose_field, day_field, line_field


class ResultForm(forms.Form):
    """What came of a test."""

    which = choose_field("受理渠道", [])
    on = day_field("自测日期")
    passed = choose_field("结果", [("", "请选择"), ("yes", "畅通"), ("no", "不通")])
    note = line_field(
        "情况", 300, required=False, help_text="不通的，写明现象和处理办法；不写个人姓名"
    )

    def __init__(self, *args: object, rows: list[ChannelRow], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        told = [(row.key, f"{row.organ.short_name} {row.channel.label}") for row in rows]
        self.fields["which"].choices = [("", "请选择"), *told]


class ChannelTestsView(RequestsView):
    """The ways in of the organs whose requests the person handles: last test, next test."""

    template_name = "inforequests/channel_tests.html"
    page_title = "受理渠道自测"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Refuse those who handle no requests."""
        self.rows = channel_rows(sorted(self.person.organs_as(HANDLERS)), self.person.today)
        if not self.person.organs_as(HANDLERS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the ways in."""
        return self.show(ResultForm(rows=self.rows, initial={"on": self.person.today}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send a test mail, or record a result; show what stands against it."""
        form = ResultForm(request.POST, rows=self.rows)
        if request.POST.get("do") == "send":
            form = ResultForm(rows=self.rows, initial={"on": self.person.today})
            return self.send(form, request.POST.get("which", ""))
        if not form.is_valid():
            return self.show(form)
        told = form.cleaned_data
        row = self.row(told["which"])
        try:
            record_test(
                row.organ,
                channel=row.channel,
                passed=told["passed"] == "yes",
                note=told["note"],
                on=told["on"],
                **self.who,
            )
        except RequestError as refused:
            field = getattr(refused, "field", "")
            form.add_error(field if field in form.fields else None, str(refused))
            return self.show(form)
        messages.success(request, f"已登记{row.organ.short_name}“{row.channel.label}”的自测结果")
        return redirect("inforequests:channel_tests")

    def send(self, form: ResultForm, which: str) -> HttpResponse:
        """Send a test mail to the mailbox that was chosen."""
        row = self.row(which)
        try:
            send_test_mail(row.organ, **self.who)
        except RequestError as refused:
            messages.error(self.request, str(refused))
            return self.show(form)
        messages.success(self.request, "自测邮件已交付发送，收到后自动登记结果")
        return redirect("inforequests:channel_tests")

    def row(self, which: str) -> ChannelRow:
        """Return the way in of that key; refuse one that the person does not handle."""
        for row in self.rows:
            if row.key == which:
                return row
        raise PermissionDenied

    def show(self, form: ResultForm) -> HttpResponse:
        """Show the screen; 422 when the form was refused."""
        context = self.get_context_data(
            rows=self.rows, form=form, media=form.media, email=ReceivingChannel.EMAIL
        )
        return self.render_to_response(context, status=422 if form.errors else 200)
