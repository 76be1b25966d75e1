"""Entering one batch, correcting one by a new version, withdrawing one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from gongkai.registers import actions, queries, rules
from gongkai.registers.lifecycle import BatchState
from gongkai.registers.rules import RegisterKind
from gongkai.registers.staff.access import RegisterView
from gongkai.registers.staff.forms import BatchForm, CorrectForm, ReasonForm


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
                source=form.source,
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
        for what in queries.overlaps([(batch.organ, form.figures())], but=[batch.pk]).values():
            messages.warning(request, f"这一批{what}，请核对是否重复计数；重复的请撤回")
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


class CorrectView(RegisterView):
    """Put a new version in the place of a batch; what was typed stays when something is wrong."""

    template_name = "registers/correct.html"
    page_title = "更正批次"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form with the figures as they stand."""
        batch = self.batch_to_change(pk)
        if batch.state != BatchState.ENTERED:
            messages.error(request, "这一批次已经撤回，不能更正")
            return redirect(self.record_url(batch))
        kind = RegisterKind(batch.kind)
        names = (*rules.FIGURES[kind], "period_start", "period_end", "source_name", "note")
        initial = {name: getattr(batch, name) for name in names}
        return self.show(
            batch, CorrectForm(kind=kind, organs=self.person.acts_for, initial=initial)
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Correct the batch, or show the form again with every fault."""
        batch = self.batch_to_change(pk)
        form = CorrectForm(
            request.POST,
            request.FILES,
            kind=RegisterKind(batch.kind),
            organs=self.person.acts_for,
        )
        if not form.is_valid():
            return self.show(batch, form)
        try:
            new = actions.correct_batch(
                batch,
                figures=form.figures(),
                reason=form.cleaned_data["reason"],
                source=form.source,
                by=self.person.actor,
                at=self.person.now,
            )
        except rules.EntryRefused as refused:
            form.add_faults(refused.faults)
            return self.show(batch, form)
        except rules.RegisterError as refused:
            form.add_error(None, str(refused))
            return self.show(batch, form)
        messages.success(request, f"已更正：{new}")
        return redirect(self.record_url(new))

    def show(self, batch: Any, form: CorrectForm) -> HttpResponse:
        """Show what is corrected and the form."""
        context = self.get_context_data(batch=batch, form=form, back=self.record_url(batch))
        return self.render_to_response(context, status=422 if form.errors else 200)


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
