"""Entering one batch and withdrawing one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from gongkai.registers import actions, queries, rules
from gongkai.registers.rules import RegisterKind
from gongkai.registers.staff.access import RegisterView
from gongkai.registers.staff.forms import BatchForm, ReasonForm


class EnterView(RegisterView):
    """Enter a batch of one kind; what was typed stays when something is wrong."""

    template_name = "registers/enter.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the kind and refuse those who may enter for nobody."""
        try:
            self.kind = RegisterKind(kwargs["kind"])
        except ValueError:
            raise Http404 from None
        self.page_title = f"登记{self.kind.label}"
        self.recorder_only()
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Show the empty form."""
        return self.show(BatchForm(kind=self.kind, organs=self.person.acts_for))

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Enter the batch, or show the form again with every fault."""
        form = BatchForm(request.POST, request.FILES, kind=self.kind, organs=self.person.acts_for)
        if not form.is_valid():
            return self.show(form)
        try:
            batch = actions.enter_batch(
                form.cleaned_data["organ"],
                figures=form.figures(),
                by=self.person.actor,
                at=self.person.now,
            )
        except rules.EntryRefused as refused:
            form.add_faults(refused.faults)
            return self.show(form)
        except rules.RegisterError as refused:
            form.add_error(None, str(refused))
            return self.show(form)
        messages.success(request, self.done(batch.organ, batch.period_end))
        return redirect(self.record_url(batch))

    def show(self, form: BatchForm) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        context = self.get_context_data(form=form, media=form.media)
        return self.render_to_response(context, status=422 if form.errors else 200)

    def done(self, organ: Any, day: Any) -> str:
        """Say what was entered and the stock that follows from it."""
        if "item_change" not in rules.FIGURES[self.kind]:
            return f"已登记{organ.short_name}“{self.kind.label}”一批"
        stock = queries.stock_on(organ, self.kind, day)
        return f"已登记{organ.short_name}“{self.kind.label}”一批，{day:%Y-%m-%d}项目数量为{stock}"


class WithdrawView(RegisterView):
    """Withdraw a batch with a reason."""

    template_name = "registers/withdraw.html"
    page_title = "撤回批次"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the reason."""
        return self.show(self.batch_to_change(pk), ReasonForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Withdraw, or show the form again."""
        batch = self.batch_to_change(pk)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.show(batch, form)
        reason = form.cleaned_data["reason"]
        try:
            actions.withdraw_batch(batch, reason=reason, by=self.person.actor, at=self.person.now)
        except rules.RegisterError as refused:
            form.add_error(None, str(refused))
            return self.show(batch, form)
        messages.success(request, f"已撤回：{batch}")
        return redirect(self.record_url(batch))

    def show(self, batch: Any, form: ReasonForm) -> HttpResponse:
        """Show what is withdrawn and the form."""
        context = self.get_context_data(batch=batch, form=form, back=self.record_url(batch))
        return self.render_to_response(context, status=422 if form.errors else 200)
