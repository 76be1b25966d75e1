"""Screens of posts: an account's list, one recorded by hand, one struck off."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from gongkai.newmedia import actions, queries
from gongkai.newmedia.lifecycle import MediaError
from gongkai.newmedia.models import Account, Post
from gongkai.newmedia.staff.access import MediaView, blame
from gongkai.newmedia.staff.account import AccountFormView
from gongkai.newmedia.staff.forms import WhyForm
from gongkai.newmedia.staff.record_forms import PostForm

PAGE = 50


class PostsView(MediaView):
    """What an account posted, newest first, struck off ones too."""

    template_name = "newmedia/posts.html"
    page_title = "发布记录"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show one page of the list."""
        self.about = account = self.account(pk)
        page = Paginator(queries.posts_of(account, struck=True), PAGE).get_page(
            request.GET.get("p")
        )
        context = self.get_context_data(
            account=account,
            items=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            counting=queries.posts_of(account).count(),
            linkurl=reverse("newmedia:posts", args=[account.pk]),
            may_record=self.person.records_for(account),
        )
        return self.render_to_response(context)

    def trail(self) -> list[dict[str, Any]]:
        """Return the account's page."""
        return self.to_account(self.about)

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer to record one to those who may."""
        if not self.person.records_for(self.about):
            return []
        url = reverse("newmedia:record_post", args=[self.about.pk])
        return [HeaderButton("登记一条", url=url, icon_name="plus")]


class RecordPostView(AccountFormView):
    """Record one post."""

    page_title = "登记发布记录"
    done = "已登记。"

    def form(self, account: Account, *args: Any) -> PostForm:
        """Return the form; now is the moment unless told."""
        return PostForm(*args, initial={"posted_at": timezone.localtime(self.person.now)})

    def take(self, account: Account, form: PostForm) -> None:
        """Record it."""
        actions.record_post(account, posted=form.posted(), **self.who)


class StrikeView(MediaView):
    """Strike a post off that was recorded wrongly."""

    template_name = "newmedia/form.html"
    page_title = "撤销发布记录"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the reason."""
        return self.show(self.post_to_strike(pk), WhyForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Strike it off, or show the form again."""
        post, form = self.post_to_strike(pk), WhyForm(request.POST)
        if not form.is_valid():
            return self.show(post, form)
        try:
            actions.strike_post(post, why=form.cleaned_data["why"], **self.who)
        except MediaError as refused:
            return self.show(post, blame(form, refused))
        messages.success(request, "已撤销，不再计数。")
        return redirect("newmedia:posts", post.account_id)

    def post_to_strike(self, pk: int) -> Post:
        """Return a post of an account this person records for; 404 unseen, else refused."""
        rows = Post.objects.filter(account__in=self.person.accounts.order_by())
        found = rows.select_related("account__organ", "account__county").filter(pk=pk).first()
        if found is None:
            raise Http404("没有这条发布记录，或者您无权查看。")
        if not self.person.records_for(found.account):
            raise PermissionDenied
        self.about = found.account
        return found

    def show(self, post: Post, form: WhyForm) -> HttpResponse:
        """Show the form with the post it is about."""
        back = reverse("newmedia:posts", args=[post.account_id])
        hint = f"{timezone.localtime(post.posted_at):%Y-%m-%d %H:%M}　{post.title}"
        return self.show_form(form, account=post.account, hint=hint, back=back)

    def trail(self) -> list[dict[str, Any]]:
        """Return the account's page."""
        return self.to_account(self.about)
