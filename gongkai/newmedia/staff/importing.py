"""Importing tables of posts and of accounts: upload, see every row and fault, confirm.

The cells read from the file travel through the confirming form, signed for the person, so that
nothing half-imported lies about; on confirmation they are read and checked again.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from wagtail.admin import messages

from gongkai.adapters import xlsx
from gongkai.adapters.readers.limits import ReadError
from gongkai.newmedia import actions
from gongkai.newmedia.lifecycle import NEVER_OPEN, MediaError, RowFault, RowsWrong
from gongkai.newmedia.models import Account
from gongkai.newmedia.queries.importing import (
    account_rows_of,
    faults_of_posts,
    known_rows,
    post_rows,
)
from gongkai.newmedia.rules.platforms import Platform, PostKind
from gongkai.newmedia.rules.worksheet import (
    ACCOUNT_HEADS,
    NEEDED_OF_ACCOUNTS,
    NEEDED_OF_POSTS,
    POST_HEADS,
    Line,
    table_of,
)
from gongkai.newmedia.staff.access import XLSX, OfficeView, RecorderView
from gongkai.newmedia.staff.record_forms import AccountsForm, PostsForm
from gongkai.orgs.queries import existing_between, organs_of

KEPT_SECONDS = 4 * 3600
SHOWN_ROWS = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as read: its name and hash, the account chosen for it, its rows of cells."""

    name: str
    sha256: str
    account: int | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an upload would take in: rows as they are shown, faults, how many are known."""

    rows: Sequence[Any]
    faults: Sequence[RowFault]
    known: int = 0


class _ImportView(RecorderView):
    """Upload a table, see it, confirm it."""

    template_name = "newmedia/import.html"
    heads: Mapping[str, tuple[str, ...]] = {}
    needed: Sequence[str] = ()
    salt = ""
    unit = ""
    shown_heads: tuple[str, ...] = ()
    template_url = ""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the upload form."""
        return self.show(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Read the file and show its rows and faults, or take in what was shown before."""
        if "token" in request.POST:
            return self.confirm(request)
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form)
        file = form.cleaned_data["file"]
        data = file.read(xlsx.LIMITS.file_bytes + 1)
        try:
            table = table_of(xlsx.read_tables(data), self.heads, self.needed)
        except ReadError as unreadable:
            form.add_error("file", str(unreadable))
            return self.show(form)
        account = form.cleaned_data.get("account")
        upload = Upload(
            file.name[:200], hashlib.sha256(data).hexdigest(), account and account.pk, table.lines
        )
        if table.faults:
            return self.show(form, upload, Preview((), table.faults))
        return self.show(form, upload, self.preview(upload))

    def confirm(self, request: HttpRequest) -> HttpResponse:
        """Take in the rows of an uploaded file, all or none."""
        try:
            upload = self.unsign(request.POST["token"])
        except signing.BadSignature:
            messages.error(request, "预览已过期或不是您的，请重新选择文件")
            return redirect(request.path)
        preview = self.preview(upload)
        if preview.faults:
            return self.show(self.form(), upload, preview)
        try:
            done = self.take(upload)
        except RowsWrong as wrong:
            return self.show(self.form(), upload, Preview(preview.rows, wrong.faults))
        except MediaError as refused:
            fault = RowFault(1, "", str(refused))
            return self.show(self.form(), upload, Preview(preview.rows, (fault,)))
        messages.success(request, done)
        return redirect("newmedia:accounts")

    def show(
        self, form: forms.Form, upload: Upload | None = None, preview: Preview | None = None
    ) -> HttpResponse:
        """Show the form, and under it what an uploaded file says."""
        told: dict[str, Any] = {"upload": upload, "preview": preview, "unit": self.unit}
        wrong = bool(form.errors)
        if upload is not None and preview is not None:
            told["faults"] = sorted(preview.faults, key=lambda fault: fault.row)
            told["shown"] = [self.line(row) for row in preview.rows[:SHOWN_ROWS]]
            told["heads"], told["more"] = self.shown_heads, len(preview.rows) > SHOWN_ROWS
            told["fresh"] = len(preview.rows) - preview.known
            if preview.faults:
                wrong = True
            elif told["fresh"]:
                told["token"] = self.sign(upload)
        context = self.get_context_data(
            form=form,
            shown_rows=SHOWN_ROWS,
            template_url=reverse(self.template_url),
            back=reverse("newmedia:accounts"),
            **told,
        )
        return self.render_to_response(context, status=422 if wrong else 200)

    def sign(self, upload: Upload) -> str:
        """Return an upload as text that only this person can hand back, for four hours."""
        lines = [[line.row, dict(line.cells)] for line in upload.lines]
        value = [upload.name, upload.sha256, upload.account, lines]
        return signing.dumps(value, salt=self.whose, compress=True)

    def unsign(self, token: str) -> Upload:
        """Return the upload that `sign` made for this person; raises BadSignature."""
        name, sha256, account, lines = signing.loads(token, salt=self.whose, max_age=KEPT_SECONDS)
        return Upload(name, sha256, account, tuple(Line(row, cells) for row, cells in lines))

    @property
    def whose(self) -> str:
        """The salt under which this person's uploads are signed."""
        return f"{self.salt}:{self.person.official.actor.account}"

    def form(self, *args: Any) -> forms.Form:
        """Return the upload form."""
        raise NotImplementedError

    def preview(self, upload: Upload) -> Preview:
        """Return what an upload would take in."""
        raise NotImplementedError

    def take(self, upload: Upload) -> str:
        """Take it in and say what was done."""
        raise NotImplementedError

    def line(self, row: Any) -> tuple[object, ...]:
        """Return a row as the preview shows it."""
        raise NotImplementedError


class ImportPostsView(_ImportView):
    """Take in a table of posts."""

    page_title = "导入发布记录"
    heads, needed = POST_HEADS, NEEDED_OF_POSTS
    salt, unit, template_url = "newmedia.posts", "条", "newmedia:posts_template"
    shown_heads = ("行", "账号", "标题", "发布时间", "类型")

    def form(self, *args: Any) -> PostsForm:
        """Return the form with the accounts this person records for."""
        return PostsForm(*args, accounts=self.accounts())

    def accounts(self) -> Any:
        """Return the accounts whose posts this person may record."""
        never = [state.value for state in NEVER_OPEN]
        return self.person.recorded.exclude(state__in=never).select_related("organ", "county")

    def preview(self, upload: Upload) -> Preview:
        """Return the posts of an upload."""
        usual = self.accounts().filter(pk=upload.account).first() if upload.account else None
        rows, faults = post_rows(upload.lines, self.accounts(), self.person.official.today, usual)
        faults += faults_of_posts(rows, self.person.now)
        return Preview(rows, faults, 0 if faults else len(known_rows(rows)))

    def take(self, upload: Upload) -> str:
        """Take them in."""
        rows = self.preview(upload).rows
        county = rows[0].account.county
        run = actions.import_posts(
            county, rows, source_name=upload.name, source_sha256=upload.sha256, **self.who
        )
        known = f"，另有{run.known}条已经登记过" if run.known else ""
        return f"已从“{run.source_name}”导入{run.rows}条{known}。"

    def line(self, row: Any) -> tuple[object, ...]:
        """Return a post as the preview shows it."""
        account: Account = row.account
        posted = f"{timezone.localtime(row.posted_at):%Y-%m-%d %H:%M}"
        return (row.row, str(account), row.title, posted, row.kind.label)


class ImportAccountsView(OfficeView, _ImportView):
    """Take in a table of accounts that are open."""

    page_title = "导入账号"
    heads, needed = ACCOUNT_HEADS, NEEDED_OF_ACCOUNTS
    salt, unit, template_url = "newmedia.accounts", "个", "newmedia:accounts_template"
    shown_heads = ("行", "主办单位", "平台类型", "账号名称", "备案编号")

    def form(self, *args: Any) -> AccountsForm:
        """Return the form."""
        return AccountsForm(*args)

    def preview(self, upload: Upload) -> Preview:
        """Return the accounts of an upload."""
        today = self.person.official.today
        organs = organs_of(self.county).filter(existing_between(today, today))
        return Preview(*account_rows_of(upload.lines, organs, today))

    def take(self, upload: Upload) -> str:
        """Register them."""
        made = actions.import_accounts(self.preview(upload).rows, **self.who)
        return f"已登记{len(made)}个账号。"

    def line(self, row: Any) -> tuple[object, ...]:
        """Return an account as the preview shows it."""
        told = row.told
        return (
            told.row,
            row.organ.short_name,
            told.platform.label,
            told.terms.name,
            told.filed_number,
        )


class TemplateView(RecorderView):
    """The empty workbook to be filled in."""

    heads: Mapping[str, tuple[str, ...]] = {}
    file_name = ""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send it."""
        choices = {
            "platform": tuple(each.label for each in Platform),
            "kind": tuple(each.label for each in PostKind),
            "main": ("是", "否"),
            "links_home": ("是", "否"),
        }
        wide = ("title", "link")
        columns = tuple(
            xlsx.Column(names[0], 36 if name in wide else 16, choices.get(name, ()))
            for name, names in self.heads.items()
        )
        book = xlsx.write_tables([xlsx.SheetOut("填报", columns)])
        answer = HttpResponse(book, content_type=XLSX)
        answer["Content-Disposition"] = content_disposition_header(True, self.file_name)
        return answer
