"""The dossier: a document and its interpretations side by side, what is missing, what to do.

The texts are written and reviewed on the screens of 公开信息; here they are kept together.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.widgets.button import HeaderButton

from gongkai.disclosure.queries import EntryState, told_of
from gongkai.orgs.queries import Official
from gongkai.policy import actions
from gongkai.policy.lifecycle import DocumentState
from gongkai.policy.models import Interpretation, PolicyDocument
from gongkai.policy.queries import dossiers
from gongkai.policy.queries.documents import life_of
from gongkai.policy.rules import DocumentKind, validity_on
from gongkai.policy.rules.dossiers import InterpretationForm
from gongkai.policy.staff import dossier_forms as forms
from gongkai.policy.staff.forms import ReasonForm
from gongkai.policy.staff.working import RELEASERS, WorkingView

PAGE = 50


class DossierView(WorkingView):
    """One document with its interpretations."""

    template_name = "policy/dossier.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the dossier."""
        document = self.document(pk)
        self.page_title = f"{document.title}：文件和解读"
        found = dossiers.dossier_of(document)
        may_change = self.may_change(document)
        states = {side.entry.state for side in (found.text, *found.interpretations) if side}
        context = self.get_context_data(
            document=document,
            dossier=found,
            validity=validity_on(life_of(document), self.person.today),
            may_change=may_change,
            may_submit=may_change and EntryState.DRAFT in states,
            may_publish=self.may_release(document)
            and found.text is not None
            and found.text.entry.state == EntryState.SIGNED,
            drafting=document.state == DocumentState.DRAFTING,
        )
        return self.render_to_response(context)

    def may_release(self, document: PolicyDocument) -> bool:
        """Say whether this person's post releases texts of the organ."""
        person = Official(self.request.user, self.person.now, RELEASERS)
        return person.may_act_for(document.organ_id)

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer the registration."""
        url = reverse("policy:record", args=[self.kwargs["pk"]])
        return [HeaderButton("登记内容", url=url, icon_name="doc-full")]


class DossierActView(DossierView):
    """Send the texts of a dossier to review, or release them, together."""

    act = "submit"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Go back: this only acts."""
        return redirect("policy:dossier", pk)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Act, and tell on the dossier what came of it."""
        document = self.document(pk)
        if self.act == "submit":
            if not self.may_change(document):
                raise PermissionDenied
            self.try_verb(
                request, lambda: actions.submit_dossier(document, **self.said), "已一并送审"
            )
        else:
            if not self.may_release(document):
                raise PermissionDenied
            by = Official(request.user, self.person.now, RELEASERS).actor
            self.try_verb(
                request,
                lambda: actions.publish_dossier(document, by=by, at=self.person.now),
                "文件和解读已一并发布",
            )
        return redirect("policy:dossier", pk)


class DossiersView(WorkingView):
    """The dossiers on their road, and public documents without an interpretation."""

    template_name = "policy/dossiers.html"
    page_title = "起草和解读"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the list."""
        seen = list(self.person.sees.values_list("pk", flat=True))
        lacking = request.GET.get("list") == "lacking"
        found = dossiers.without_interpretation(seen) if lacking else dossiers.draftings(seen)
        page = Paginator(found, PAGE).get_page(request.GET.get("p"))
        return self.render_to_response(self.get_context_data(items=page, lacking=lacking))

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer a new document to those who may write."""
        if not self.person.acts_for.exists():
            return []
        return [HeaderButton("起草文件", url=reverse("policy:draft"), icon_name="plus")]


class DraftView(WorkingView):
    """Begin a document whose text is written here."""

    page_title = "起草文件"
    button = "开始起草"
    explains = "文件和解读一并起草、审签、发布。先填写基本信息，下一步写正文、添加解读。"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse a person who may write for no organ."""
        if not self.person.acts_for.exists():
            raise PermissionDenied
        self.back = reverse("policy:dossiers")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        return self.show(forms.DossierForm(organs=self.person.acts_for))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin."""
        form = forms.DossierForm(request.POST, organs=self.person.acts_for)
        made: list[PolicyDocument] = []

        def verb() -> None:
            organ, terms = form.cleaned_data["organ"], form.terms()
            path = dossiers.usual_section(DocumentKind(terms["kind"]), organ.kind)
            section = dossiers.section_at(organ.county_id or organ.pk, path)
            if section is None:
                raise actions.PolicyError("网站还没有这类文件的栏目，请先开设栏目")
            made.append(
                actions.draft_dossier(
                    organ, section=section, told=form.told(), **terms, **self.said
                )
            )

        answer = self.run(form, verb, "已建立，请写正文并添加解读", self.back)
        return redirect("policy:dossier", made[0].pk) if made else answer


class OneDossierView(WorkingView):
    """A form over one dossier that the person may change."""

    document_now: PolicyDocument

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the document; 404 unseen, refused when only seen."""
        self.document_now = self.document_to_change(kwargs["pk"])
        self.back = reverse("policy:dossier", args=[kwargs["pk"]])
        return super().dispatch(request, *args, **kwargs)


class TermsView(OneDossierView):
    """Say the kind and the term of a document that is being drafted."""

    page_title = "类别和有效期"
    button = "保存"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what stands."""
        names = ("kind", "effective_on", "ends_on")
        stands = {name: getattr(self.document_now, name) for name in names}
        return self.show(forms.TermsForm(initial=stands))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save."""
        form = forms.TermsForm(request.POST)
        document, said = self.document_now, self.said
        return self.run(
            form, lambda: actions.set_terms(document, **form.terms(), **said), "已保存", self.back
        )


class AddInterpretationView(OneDossierView):
    """Begin an interpretation."""

    page_title = "添加解读"
    button = "添加"
    explains = "可以添加几种形式的解读。图解须有图片和文字说明，音视频须有文字内容。"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Propose a title."""
        title = dossiers.dossier_of(self.document_now).text
        named = title.title if title else self.document_now.title
        return self.show(forms.InterpretationStartForm(initial={"title": f"《{named}》政策解读"}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Begin."""
        form = forms.InterpretationStartForm(request.POST)
        made: list[Interpretation] = []

        def verb() -> None:
            made.append(
                actions.add_interpretation(
                    self.document_now,
                    form=InterpretationForm(form.cleaned_data["form"]),
                    told=form.told(self.document_now),
                    pairs=form.pairs_told(),
                    **self.said,
                )
            )

        return self.run(form, verb, "已添加解读，请写正文", self.back)


class ExemptView(OneDossierView):
    """Settle that the document needs no interpretation."""

    page_title = "免予解读"
    button = "确定"
    explains = "仅限内容简单、不涉及公众权利义务的文件；理由与文件一并交审核人员审核。"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the reason."""
        return self.show(ReasonForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Exempt."""
        form = ReasonForm(request.POST)
        document, said = self.document_now, self.said
        return self.run(
            form,
            lambda: actions.exempt_interpretation(
                document, reason=form.cleaned_data["reason"], **said
            ),
            "已写明免予解读的理由",
            self.back,
        )


class RequireView(OneDossierView):
    """Take the exemption back."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Require an interpretation again."""
        document, said = self.document_now, self.said
        self.try_verb(
            request, lambda: actions.require_interpretation(document, **said), "已取消免予解读"
        )
        return redirect(self.back)


class PairsView(WorkingView):
    """Write the questions and answers of a Q&A anew."""

    page_title = "编写问答"
    button = "保存"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the Q&A; its document must be the person's to change."""
        found = Interpretation.objects.select_related("entry").filter(
            pk=kwargs["pk"], form=InterpretationForm.QUESTIONS
        )
        self.interpretation = found.first()
        if self.interpretation is None:
            raise Http404
        self.document_to_change(self.interpretation.document_id)
        self.back = reverse("policy:dossier", args=[self.interpretation.document_id])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what stands."""
        hand = told_of(self.interpretation.entry)
        if hand is None:
            raise Http404
        pairs = dossiers.pairs_of(hand.told.body)
        lines = "\n\n".join(f"问：{each.question}\n答：{each.answer}" for each in pairs)
        return self.show(forms.PairsForm(initial={"pairs": lines, "revision": hand.revision}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save."""
        form = forms.PairsForm(request.POST)
        interpretation, said = self.interpretation, self.said

        def verb() -> None:
            revision = form.cleaned_data["revision"]
            actions.write_pairs(interpretation, pairs=form.pairs_told(), revision=revision, **said)

        return self.run(form, verb, "已保存", self.back)
