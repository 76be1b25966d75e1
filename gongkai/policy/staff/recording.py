"""The screens that change a document: register, correct, publish, amend, repeal, withdraw.

Every one asks in a form, calls one verb, and shows the form again with every fault and
all that was typed when the verb refuses.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from gongkai.disclosure.actions import DisclosureError
from gongkai.policy import actions, queries
from gongkai.policy.models import PolicyDocument, Relation
from gongkai.policy.rules import PolicyError, RelationKind
from gongkai.policy.staff import forms
from gongkai.policy.staff.access import PolicyView


class FormView(PolicyView):
    """A screen with one form over one verb."""

    template_name = "policy/form.html"
    button = "确定"
    explains = ""
    document_now: PolicyDocument | None = None

    def show(self, form: forms.FaultyForm) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        document = self.document_now
        context = self.get_context_data(
            form=form,
            document=document,
            button=self.button,
            explains=self.explains,
            back=self.record_url(document) if document else reverse("policy:index"),
        )
        return self.render_to_response(context, status=422 if form.errors else 200)

    def run(
        self, form: forms.FaultyForm, verb: Callable[[], PolicyDocument], done: str
    ) -> HttpResponse:
        """Call the verb of a valid form and go to the document, or show the form again."""
        if not form.is_valid():
            return self.show(form)
        try:
            document = verb()
        except (PolicyError, DisclosureError) as refused:
            form.add_refusal(refused)
            return self.show(form)
        messages.success(self.request, done)
        return redirect(self.record_url(document))

    @property
    def said(self) -> dict[str, Any]:
        """Who acts and when."""
        return {"by": self.person.actor, "at": self.person.now}


class RegisterView(FormView):
    """Register a document that an organ has made."""

    page_title = "登记文件"
    button = "登记"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        self.recorder_only()
        return self.show(forms.RegisterForm(organs=self.person.acts_for))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Register."""
        self.recorder_only()
        form = forms.RegisterForm(request.POST, organs=self.person.acts_for)

        def verb() -> PolicyDocument:
            organ = form.cleaned_data["organ"]
            return actions.register_document(organ, description=form.description(), **self.said)

        return self.run(form, verb, "已登记，公开后请登记公开日期")

    def recorder_only(self) -> None:
        """Refuse a person who may register for no organ."""
        if not self.person.acts_for.exists():
            raise PermissionDenied


class DocumentFormView(FormView):
    """A form over one document that the person may change."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the document; 404 unseen, refused when only seen."""
        self.document_now = self.document_to_change(kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)


class CorrectView(DocumentFormView):
    """Put right what was registered."""

    page_title = "更正登记"
    button = "更正"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what stands."""
        described = queries.description_of(self.document_now)
        return self.show(forms.CorrectForm(initial=forms.CorrectForm.initial_of(described)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Correct."""
        form = forms.CorrectForm(request.POST)

        def verb() -> PolicyDocument:
            reason, description = form.cleaned_data["reason"], form.description()
            return actions.correct(
                self.document_now, description=description, reason=reason, **self.said
            )

        return self.run(form, verb, "已更正，更正前的内容保留在操作记录中")


class PublishView(DocumentFormView):
    """Record the day of publication."""

    page_title = "登记公开"
    button = "登记公开"
    explains = "规章和行政规范性文件公开后才计入“公开”和“现行有效”的数量。"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Propose today."""
        return self.show(forms.PublishForm(initial={"published_on": self.person.today}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Publish."""
        form = forms.PublishForm(request.POST)

        def verb() -> PolicyDocument:
            day = form.cleaned_data["published_on"]
            return actions.publish(self.document_now, published_on=day, **self.said)

        return self.run(form, verb, "已登记公开")


class RelateView(DocumentFormView):
    """Record an amendment or the repeal of the document."""

    repeals = False
    named = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Name the screen by what it does."""
        self.page_title = self.button = self.named or ("登记废止" if self.repeals else "登记修改")
        if self.repeals:
            self.explains = "废止的文件仍保留在网上，自生效日起标注“废止”。"
        return super().dispatch(request, *args, **kwargs)

    def form(self, data: Any = None) -> forms.RelationForm:
        """Return the form; only documents that the person sees can be the source."""
        seen = PolicyDocument.objects.counting().of(self.person.sees.values("pk"))
        return forms.RelationForm(data, documents=seen)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the empty form."""
        return self.show(self.form())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Amend or repeal."""
        form = self.form(request.POST)

        def verb() -> PolicyDocument:
            act = actions.repeal if self.repeals else actions.amend
            relation = act(
                self.document_now,
                effective_on=form.cleaned_data["effective_on"],
                source=form.source,
                basis=form.cleaned_data["basis"],
                **self.said,
            )
            return relation.target

        return self.run(form, verb, "已登记废止" if self.repeals else "已登记修改")


class KinView(RelateView):
    """Record that another document interprets or implements this one."""

    named = "登记关联文件"

    def form(self, data: Any = None) -> forms.KinForm:
        """Return the form."""
        seen = PolicyDocument.objects.counting().of(self.person.sees.values("pk"))
        return forms.KinForm(data, documents=seen)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Relate."""
        form = self.form(request.POST)

        def verb() -> PolicyDocument:
            return actions.relate(
                self.document_now,
                kind=RelationKind(form.cleaned_data["kind"]),
                source=form.source,
                effective_on=form.source.formed_on,
                **self.said,
            ).target

        return self.run(form, verb, "已登记关联文件")


class LapseView(DocumentFormView):
    """Declare that the document lapses."""

    page_title = "宣布失效"
    button = "宣布失效"
    explains = "适用期已过、任务已经完成、调整对象消失的文件，宣布失效；年度报告中不计入废止。"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the last valid day and the reason."""
        return self.show(forms.LapseForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Declare."""
        form = forms.LapseForm(request.POST)

        def verb() -> PolicyDocument:
            return actions.lapse(self.document_now, **form.cleaned_data, **self.said)

        return self.run(form, verb, "已宣布失效")


class WithdrawView(DocumentFormView):
    """Withdraw the registration of a document that was registered in error."""

    page_title = "撤回登记"
    button = "确认撤回"
    explains = "只能撤回尚未公开、登记有误的文件，撤回后不计入任何数字，记录仍保留。"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the reason."""
        return self.show(forms.ReasonForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Withdraw."""
        form = forms.ReasonForm(request.POST)

        def verb() -> PolicyDocument:
            reason = form.cleaned_data["reason"]
            return actions.withdraw_document(self.document_now, reason=reason, **self.said)

        return self.run(form, verb, "已撤回登记")


class CancelRelationView(FormView):
    """Cancel an amendment or repeal that was recorded in error."""

    page_title = "撤销误登的修改或废止"
    button = "确认撤销"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the relation; its document must be the person's to change."""
        self.relation: Relation = self.relation_to_cancel(kwargs["pk"])
        self.document_now = self.relation.target
        self.explains = f"将撤销登记：{self.relation}"
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the reason."""
        return self.show(forms.ReasonForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Cancel."""
        form = forms.ReasonForm(request.POST)

        def verb() -> PolicyDocument:
            reason = form.cleaned_data["reason"]
            return actions.cancel_relation(self.relation, reason=reason, **self.said).target

        return self.run(form, verb, "已撤销")
