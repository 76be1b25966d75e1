"""Lists of a county: sensitive words, blocked links, words that are no mistakes; for the office.

A file is looked at first: what was read travels through the form, signed for the person.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from gongkai.adapters import xlsx
from gongkai.adapters.readers.limits import ReadError
from gongkai.disclosure import actions, queries
from gongkai.disclosure.models import ListedTerm, ListKind
from gongkai.disclosure.rules import DisclosureError, EntryRefused
from gongkai.disclosure.rules.terms import TermTold, read_rows, read_text
from gongkai.disclosure.staff.access import put_beside
from gongkai.disclosure.staff.list_forms import StopForm, TermForm, TermsFileForm
from gongkai.disclosure.staff.sections import CountyView

PAGE, SHOWN = 50, 200
KEPT_SECONDS = 8 * 3600


@dataclass(frozen=True, slots=True)
class Told:
    """What screens say of a list."""

    slug: str
    kind: ListKind
    title: str
    what: str
    example: str


LISTS = (
    Told(
        "words",
        ListKind.WORD,
        "敏感词",
        "发布前检查、夜间复查和网站巡查发现名单上的词，按“须处理”或“请核对”提示。",
        "词语，两个字以上；字母大小写、全角半角都能查到",
    ),
    Told(
        "links",
        ListKind.LINK,
        "禁用链接",
        "正文和网页里的链接指向名单上的网址，就会提示。写域名的，包括它的下级域名。",
        "如 example.com，或者只禁一个目录：example.com/list",
    ),
    Told(
        "no-mistakes",
        ListKind.ALLOWED,
        "不是错误的词",
        "错字检查误报的词。列入以后，发布前检查、巡查和 checkwording 命令都不再提示这个词。",
        "连同前后能认得出的几个字，如三爪仑漂流节",
    ),
)
_BY_SLUG = {told.slug: told for told in LISTS}


class ListsView(CountyView):
    """A screen of one list, for those who keep it."""

    told = LISTS[0]

    def enter(self, **named: Any) -> HttpResponse | None:
        """Find the list and refuse whom the county's settings are not given to."""
        self.keeper_only()
        if "slug" in named:
            if named["slug"] not in _BY_SLUG:
                raise Http404("没有这个名单。")
            self.told = _BY_SLUG[named["slug"]]
        return None

    def trail(self) -> list[dict[str, Any]]:
        """Return the list."""
        url = reverse("disclosure:list", args=[self.told.slug])
        return [{"url": url, "label": self.told.title}]

    def show(self, form: forms.Form, **more: Any) -> HttpResponse:
        """Show a form; 422 when it was refused."""
        context = self.get_context_data(form=form, told=self.told, **more)
        wrong = bool(form.errors or more.get("wrong"))
        return self.render_to_response(context, status=422 if wrong else 200)


class ListView(ListsView):
    """The entries of a list, with who listed and who stopped each."""

    template_name = "disclosure/lists/index.html"
    page_title = "词语和链接名单"

    def trail(self) -> list[dict[str, Any]]:
        """Return nothing: this is the list."""
        return []

    def get(self, request: HttpRequest, slug: str = "") -> HttpResponse:
        """Show a page of it."""
        words = request.GET.get("q", "")
        rows = queries.listed_terms(self.county.pk, self.told.kind, words)
        page = Paginator(rows, PAGE).get_page(request.GET.get("p"))
        context = self.get_context_data(
            lists=LISTS, told=self.told, page=page, words=words, today=self.person.today
        )
        return self.render_to_response(context)


class AddView(ListsView):
    """List a word or link; from a check's finding, with the word filled in."""

    template_name = "disclosure/lists/form.html"
    page_title = "列入名单"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the form."""
        initial = {"word": request.GET.get("word", "")[:200], "from_on": self.person.today}
        return self.show(TermForm(told=self.told, initial=initial))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """List it, or show the form again."""
        form = TermForm(request.POST, told=self.told)
        if not form.is_valid():
            return self.show(form)
        try:
            made = actions.list_term(self.county, self.told.kind, form.value(), **self.who)
        except DisclosureError as refused:
            put_beside(form, refused)
            return self.show(form)
        messages.success(request, f"“{made.word}”已列入{self.told.title}名单。")
        entry = request.GET.get("entry", "")
        if entry.isdigit() and len(entry) < 18:
            return redirect("disclosure:entry_check", int(entry))
        return redirect("disclosure:list", self.told.slug)


class StopView(ListsView):
    """Stop an entry."""

    template_name = "disclosure/lists/form.html"
    page_title = "停用"
    term: ListedTerm

    def enter(self, **named: Any) -> HttpResponse | None:
        """Find the entry of this county; 404 in another one."""
        self.keeper_only()
        rows = ListedTerm.objects.filter(county=self.county, pk=named["pk"])
        found = rows.first()
        if found is None:
            raise Http404("名单上没有这一项，或者您无权查看。")
        self.term = found
        self.told = next(told for told in LISTS if told.kind == found.kind)
        return None

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form."""
        return self.show(StopForm(), term=self.term)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Stop it, or show the form again."""
        form = StopForm(request.POST)
        if not form.is_valid():
            return self.show(form, term=self.term)
        try:
            actions.unlist_term(self.term, why=form.cleaned_data["reason"], **self.who)
        except DisclosureError as refused:
            put_beside(form, refused)
            return self.show(form, term=self.term)
        messages.success(request, f"“{self.term.word}”已停用。")
        return redirect("disclosure:list", self.told.slug)


class ImportView(ListsView):
    """List what a file holds: look first, then confirm."""

    template_name = "disclosure/lists/import.html"
    page_title = "导入名单"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the form."""
        return self.show(TermsFileForm(told=self.told, initial={"from_on": self.person.today}))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Read the file and show what it holds, or list what was shown."""
        if "confirm" in request.POST:
            return self._bring(request)
        form = TermsFileForm(request.POST, request.FILES, told=self.told)
        if not form.is_valid():
            return self.show(form)
        try:
            rows = rows_of(form.cleaned_data["file"])
            terms, wrong = read_rows(
                rows,
                usual=form.value(),
                is_link=self.told.kind == ListKind.LINK,
                today=self.person.today,
            )
        except ReadError as unreadable:
            form.add_error("file", str(unreadable))
            return self.show(form)
        except EntryRefused as refused:
            put_beside(form, refused)
            return self.show(form)
        if wrong:
            return self.show(form, wrong=wrong[:SHOWN], many=len(wrong))
        known = queries.listed_terms(self.county.pk, self.told.kind).standing()
        words = set(known.values_list("word", flat=True))
        new = [each for each in terms if each.word not in words]
        return self.show(
            form,
            new=new[:SHOWN],
            count=len(new),
            known=len(terms) - len(new),
            read=True,
            token=sign(new, self._salt()),
        )

    def _bring(self, request: HttpRequest) -> HttpResponse:
        form = TermsFileForm(told=self.told, initial={"from_on": self.person.today})
        try:
            terms = unsign(request.POST.get("token", ""), self._salt())
            listed = actions.list_terms(self.county, self.told.kind, terms, **self.who)
        except signing.BadSignature:
            messages.error(request, "预览超过8小时或者已经失效，请重新选择文件。")
            return self.show(form)
        except DisclosureError as refused:
            messages.error(request, str(refused))
            return self.show(form)
        messages.success(request, f"已列入{listed}项。")
        return redirect("disclosure:list", self.told.slug)

    def _salt(self) -> str:
        return f"disclosure.lists:{self.county.pk}:{self.told.slug}:{self.person.actor.account}"


def rows_of(file: Any) -> list[list[str]]:
    """Return the rows of an uploaded sheet or text; raises ReadError or EntryRefused."""
    data = file.read(xlsx.LIMITS.file_bytes + 1)
    if not file.name.lower().endswith((".txt", ".csv")):
        grids = xlsx.read_tables(data)
        return [list(row) for grid in grids[:1] for row in grid.matrix]
    if len(data) > xlsx.LIMITS.file_bytes:
        raise ReadError("文件超过5MB，请分成几个文件后再导入。")
    return read_text(data)


def sign(terms: list[TermTold], salt: str) -> str:
    """Return entries as text that only this person can hand back, for this list."""
    days = {"from_on", "until_on"}
    told = [
        {name: value and value.isoformat() if name in days else value
         for name, value in asdict(each).items()}
        for each in terms
    ]  # fmt: skip
    return signing.dumps(told, salt=salt, compress=True)


def unsign(token: str, salt: str) -> list[TermTold]:
    """Return the entries that `sign` wrote; raises BadSignature when made up or too old."""
    told = signing.loads(token, salt=salt, max_age=KEPT_SECONDS)
    for each in told:
        for name in ("from_on", "until_on"):
            each[name] = date.fromisoformat(each[name]) if each[name] else None
    return [TermTold(**each) for each in told]
