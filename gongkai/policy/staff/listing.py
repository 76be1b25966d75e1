"""Seeing policy documents: the list with validity on a day, one document with its history."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.admin.widgets.button import HeaderButton

from gongkai.audit import word
from gongkai.audit.queries import history_of
from gongkai.policy import queries
from gongkai.policy.lifecycle import TRANSITIONS, DocumentEvent, DocumentState
from gongkai.policy.models import PolicyDocument
from gongkai.policy.rules import DocumentKind, Life, validity_on
from gongkai.policy.staff.access import PolicyView
from gongkai.policy.staff.forms import FilterForm
from gongkai.statute.lifecycles import allowed_events

PAGE = 50
# The buttons of a document, each leading to the screen of its event.
SCREENS = {
    DocumentEvent.PUBLISH: ("policy:publish", "登记公开"),
    DocumentEvent.AMEND: ("policy:amend", "登记修改"),
    DocumentEvent.REPEAL: ("policy:repeal", "登记废止"),
    DocumentEvent.RELATE: ("policy:relate", "登记关联文件"),
    DocumentEvent.LAPSE: ("policy:lapse", "宣布失效"),
    DocumentEvent.FILE: ("policy:file", "登记备案"),
    DocumentEvent.CORRECT: ("policy:correct", "更正登记"),
    DocumentEvent.WITHDRAW: ("policy:withdraw", "撤回登记"),
}


class IndexView(PolicyView):
    """The documents of every organ the person sees, with filters and validity on a day."""

    template_name = "policy/index.html"
    page_title = "政策文件"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the list."""
        seen = list(self.person.sees.values_list("pk", flat=True))
        filters = FilterForm(
            request.GET or None, organs=self.person.sees, years=queries.years(seen)
        )
        told = filters.cleaned_data if filters.is_valid() else {}
        organ = told.get("organ")
        found = queries.documents(
            [organ.pk] if organ else seen,
            kind=DocumentKind(told["kind"]) if told.get("kind") else None,
            year=told.get("year"),
            state=DocumentState(told["state"]) if told.get("state") else None,
            words=told.get("words", "").strip(),
        )
        day = filters.asked_day(self.person.today)
        page = Paginator(found, PAGE).get_page(request.GET.get("p"))
        context = self.get_context_data(
            rows=queries.rows(page.object_list, day),
            day=day,
            items=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            filters=filters,
        )
        return self.render_to_response(context)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here; the list is the chapter's own home."""
        return self.breadcrumbs_items

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer registration to those who may register."""
        if not self.person.acts_for.exists():
            return []
        return [HeaderButton("登记文件", url=reverse("policy:register"), icon_name="plus")]


class RecordView(PolicyView):
    """One document: what is registered, validity, relations, who did what."""

    template_name = "policy/record.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the document."""
        document = self.document(pk)
        self.page_title = document.title
        may_change = self.may_change(document)
        seen = set(self.person.sees.values_list("pk", flat=True))
        life = queries.life_of(document)
        context = self.get_context_data(
            document=document,
            issuers=[issuer.name for issuer in document.joint_issuers.all()],
            validity=validity_on(life, self.person.today),
            acted_on=[
                (relation, relation.source is not None and relation.source.organ_id in seen)
                for relation in queries.standing_acts_on(document)
            ],
            acts=[
                (relation, relation.target.organ_id in seen)
                for relation in queries.acts_of(document)
            ],
            history=[(word(line.verb), line) for line in history_of(document.record_id)],
            may_change=may_change,
            buttons=self.buttons(document, life) if may_change else [],
        )
        return self.render_to_response(context)

    def buttons(self, document: PolicyDocument, life: Life) -> list[tuple[str, str]]:
        """Return address and label of what the lifecycle and the validity allow now."""
        events = set(allowed_events(TRANSITIONS, DocumentState(document.state)))
        if life.repealed_on is not None:
            events -= {DocumentEvent.REPEAL, DocumentEvent.AMEND, DocumentEvent.LAPSE}
        if document.kind == DocumentKind.OTHER:
            events -= {DocumentEvent.FILE}
        if document.entry_id is not None:  # released with its text, not by registration
            events -= {DocumentEvent.PUBLISH}
        return [
            (reverse(SCREENS[event][0], args=[document.pk]), SCREENS[event][1])
            for event in SCREENS
            if event in events
        ]
