"""Screens of comments: the list with what is made of them, recording one, who commented."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from gongkai.engagement import actions, queries
from gongkai.engagement.lifecycle import (
    CommentChannel,
    Disposition,
    EngagementError,
    SolicitationEvent,
    SolicitationState,
)
from gongkai.engagement.lifecycle.solicitations import allows
from gongkai.engagement.models import Comment, Solicitation
from gongkai.engagement.staff.access import SolicitationScreen, blame
from gongkai.engagement.staff.forms import CommentForm, DisposeForm
from gongkai.engagement.staff.solicitations import FormScreen

PAGE = 50


class CommentsView(SolicitationScreen):
    """The comments of a solicitation; several with one point are disposed of together."""

    template_name = "engagement/comments.html"
    page_title = "意见和处理"

    def trail(self) -> list[dict[str, Any]]:
        """Return the solicitation's own page."""
        pk = self.kwargs["pk"]
        return [{"url": reverse("engagement:solicitation", args=[pk]), "label": "征集详情"}]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show one page of comments: those that wait, or all."""
        row = self.solicitation(pk)
        return self.show(row, DisposeForm(comments=queries.comments_of(row)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Dispose of the chosen comments, or show the form again with what is wrong."""
        row = self.solicitation_to_change(pk)
        form = DisposeForm(request.POST, comments=queries.comments_of(row))
        if not form.is_valid():
            return self.show(row, form)
        told = form.cleaned_data
        try:
            done = actions.dispose(
                row,
                list(told["comments"]),
                disposition=Disposition(told["disposition"]),
                summary=told["summary"],
                reason=told["reason"],
                **self.who,
            )
        except EngagementError as refused:
            return self.show(row, blame(form, refused))
        messages.success(request, f"已处理{len(done)}条意见。")
        return redirect(request.get_full_path())

    def show(
        self, row: Solicitation, form: DisposeForm, opened: Comment | None = None
    ) -> HttpResponse:
        """Show the comments, with who made one of them when that was asked for and logged."""
        shown = self.request.GET.get("shown", "waiting")
        waiting = None if shown == "all" else ""
        found = queries.comments_of(row, disposition=waiting)
        page = Paginator(found, PAGE).get_page(self.request.GET.get("p"))
        may_act = self.person.may_act_for(row.organ_id)
        may_dispose = may_act and allows(SolicitationState(row.state), SolicitationEvent.DISPOSE)
        chosen = set(form.data.getlist("comments")) if form.is_bound else set()
        return self.show_form(
            form,
            row=row,
            comments=[(each, str(each.pk) in chosen) for each in page],
            items=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            shown=shown,
            may_act=may_act,
            may_dispose=may_dispose,
            figures=queries.figures_of(row),
            opened=opened,
            who=opened.who if opened is not None else (),
        )


class CommenterView(CommentsView):
    """Show who made a comment; each showing is logged."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, comment: UUID) -> HttpResponse:
        """Log the showing and show the comments with that name."""
        row = self.solicitation_to_change(pk)
        found = queries.comments_of(row).filter(pk=comment).first()
        if found is None:
            raise Http404("没有这条意见。")
        actions.show_commenter(found, **self.who)
        return self.show(row, DisposeForm(comments=queries.comments_of(row)), found)


class RecordCommentView(FormScreen):
    """Record a comment that came by letter, mail, telephone or at a meeting."""

    page_title = "登记意见"
    done = "已登记意见。"

    def form(self, row: Solicitation, *args: Any) -> CommentForm:
        """Return the form; today is the day unless told."""
        return CommentForm(*args, initial={"received_on": self.person.today})

    def take(self, row: Solicitation, form: CommentForm) -> None:
        """Record it."""
        told = dict(form.cleaned_data)
        channel = CommentChannel(told.pop("channel"))
        actions.comment(row, channel=channel, **told, **self.who)
