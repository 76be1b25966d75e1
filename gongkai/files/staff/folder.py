"""The files of one record: the list, adding files, one file's own page, reading, destroying."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from gongkai.adapters.filetype import TYPES
from gongkai.adapters.readers import ReadError
from gongkai.adapters.redaction import RENDERED, page_picture, page_sizes
from gongkai.files.actions import FileRefused, open_file, remove, store
from gongkai.files.models import Purpose, StoredFile
from gongkai.files.queries import FileLost, Panel, line_of, name_of, panel, text_of
from gongkai.files.staff.access import FilesView, sealed_off
from gongkai.orgs.models import Organ


class FolderView(FilesView):
    """The list of a record's files, and the form that adds one."""

    template_name = "files/folder.html"
    page_title = "文件"

    def get(self, request: HttpRequest, about: str) -> HttpResponse:
        """Show the list."""
        return self.show(about)

    def show(self, about: str, problems: list[str] | None = None) -> HttpResponse:
        """Show the list; with what stands against an upload, 422."""
        self.enter(about)
        shown: Panel | None = panel(about, self.request.user, self.now)
        context = self.get_context_data(panel=shown, access=self.access, problems=problems)
        return self.render_to_response(context, status=422 if problems else 200)


class UploadView(FolderView):
    """Adding files to a record; the record's chapter says who may."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store each file; what is refused is named, what is right is kept."""
        about = request.POST.get("about", "")
        access = self.enter(about)
        self.allow_adding()
        purpose = request.POST.get("purpose", "")
        offered = dict(panel(about, request.user, self.now).purposes)
        files = request.FILES.getlist("file")
        if purpose not in offered:
            return self.show(about, ["请选择“用途”。"])
        if not files:
            return self.show(about, ["请选择要上传的“文件”。"])
        organ, problems, stored = Organ.objects.get(pk=access.organ_id), [], 0
        for file in files:
            try:
                store(
                    organ=organ,
                    about=about,
                    purpose=Purpose(purpose),
                    name=file.name,
                    content=file.read(),
                    by=self.actor,
                    at=self.now,
                )
                stored += 1
            except FileRefused as refused:
                problems.append(f"“{file.name}”：{refused}")
        if stored:
            messages.success(request, f"已存入{stored}个文件")
        return self.show(about, problems) if problems else redirect(self.back(request))

    def back(self, request: HttpRequest) -> str:
        """Return the record's page, or the folder when the form stood there."""
        if request.POST.get("stay"):
            return reverse("files:folder", args=[request.POST["about"]])
        return self.access.address


class FileView(FilesView):
    """One file: what it is, what may be done with it, what was made from it."""

    template_name = "files/file.html"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the file's page."""
        return self.show(self.file(pk))

    def show(self, file: StoredFile, problem: str = "", field: str = "") -> HttpResponse:
        """Show the page; with what stands against a verb, 422."""
        self.page_title = name_of(file)
        try:
            text = text_of(file)
        except FileLost as lost:
            text, problem = "", problem or str(lost)
        line = line_of(file, bool(text))
        context = self.get_context_data(
            file=file,
            line=line,
            text=text[:20_000],
            access=self.access,
            made=[line_of(each, False) for each in file.made.order_by("stored_at")],
            problem=problem,
            field=field,
            pages=self.pages(file) if line.may_redact or file.locked else 0,
        )
        return self.render_to_response(context, status=422 if problem else 200)

    def pages(self, file: StoredFile) -> int:
        """Return 1 when the file can be looked at page by page, else 0."""
        return int(file.kind in RENDERED and not file.is_removed)


class DownloadView(FilesView):
    """The bytes of a file; each reading is logged."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return the file as an attachment."""
        file = self.file(pk)
        try:
            data = open_file(file, by=self.actor, at=self.now)
        except FileRefused as refused:
            messages.error(request, str(refused))
            return redirect("files:file", file.pk)
        return sealed_off(data, TYPES[file.kind].media_type, name_of(file))


class PageView(FilesView):
    """One page of a file as a picture."""

    def get(self, request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
        """Return the picture; 404 for no such page and for what cannot be shown."""
        file = self.file(pk)
        try:
            picture = page_picture(self.look(file), file.kind, number)
        except (FileRefused, ReadError) as refused:
            raise Http404(str(refused)) from None
        return sealed_off(picture, "image/jpeg")


class ReadView(FilesView):
    """A file page by page, for looking at a redaction before it goes out."""

    template_name = "files/read.html"
    _at_once = 10

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show ten pages from the one asked for."""
        file = self.file(pk)
        self.page_title = name_of(file)
        try:
            sizes = page_sizes(self.look(file), file.kind)
        except (FileRefused, ReadError) as refused:
            messages.error(request, str(refused))
            return redirect("files:file", file.pk)
        asked = request.GET.get("from", "1")
        first = min(max(int(asked) if asked.isdecimal() else 1, 1), len(sizes))
        last = min(first + self._at_once - 1, len(sizes))
        context = self.get_context_data(
            file=file,
            pages=range(first, last + 1),
            count=len(sizes),
            before=max(first - self._at_once, 1) if first > 1 else None,
            after=last + 1 if last < len(sizes) else None,
        )
        return self.render_to_response(context)


class RemoveView(FileView):
    """Destroying what was uploaded wrongly: a reason, and the row stays."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Destroy the file, or say why not."""
        file = self.file(pk)
        self.allow_adding()
        if file.locked:
            return self.show(file, "公开件已经锁定，只能在保管期满后销毁。")
        reason = request.POST.get("reason", "")
        try:
            remove(file, reason=reason, by=self.actor, at=self.now)
        except FileRefused as refused:
            return self.show(file, str(refused), refused.field)
        messages.success(request, "文件已销毁，记录保留")
        return redirect("files:folder", file.about)
