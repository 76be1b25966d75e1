"""Making files: PDF from an office document, boxes drawn or typed and burnt in, the public copy."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from gongkai.adapters.readers import ReadError
from gongkai.adapters.redaction import PageSize, page_sizes
from gongkai.files.actions import FileRefused, convert, redact, release
from gongkai.files.models import StoredFile
from gongkai.files.queries import name_of
from gongkai.files.staff.access import FilesView
from gongkai.files.staff.boxes import LABELS, NAMES, Rows, read_rows
from gongkai.files.staff.folder import FileView

_TICKS = range(10, 100, 10)


class RedactView(FilesView):
    """One page as a picture, the boxes on it, and all boxes of all pages in the form."""

    template_name = "files/redact.html"

    def prepare(self, pk: UUID) -> StoredFile:
        """Find the file and its pages; refuse whoever may only look."""
        file = self.file(pk)
        self.allow_adding()
        self.page_title = f"遮盖：{name_of(file)}"
        self.sizes = page_sizes(self.look(file), file.kind)
        return file

    def dispatch(self, request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        """Send back to the file's page what cannot be shown page by page."""
        try:
            return super().dispatch(request, *args, **given)
        except (FileRefused, ReadError) as refused:
            messages.error(request, str(refused))
            return redirect("files:file", given["pk"])

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the first page without boxes."""
        return self.show(self.prepare(pk), Rows(), 1)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Turn a page, add or take away a row, preview, or burn."""
        file = self.prepare(pk)
        verb, _, told = request.POST.get("do", "refresh").partition(":")
        number = int(told) if told.isdecimal() else 0
        rows = read_rows(request.POST, len(self.sizes), number if verb == "drop" else None)
        page = self.page_asked(number if verb == "show" else 0)
        if verb == "flatten":
            return self.burn(file, Rows(), page)
        if verb in ("preview", "burn") and not rows.boxes and rows.are_right:
            return self.show(file, rows, page, "还没有遮盖区域，请先在页面上画框，或者填写位置。")
        if verb == "burn" and rows.are_right:
            return self.burn(file, rows, page)
        if verb == "preview" and rows.are_right:
            return self.preview(file, rows, page)
        problem = "" if rows.are_right else "有遮盖区域填写不对，见下表。"
        return self.show(file, rows, page, problem if verb in ("preview", "burn") else "")

    def page_asked(self, number: int) -> int:
        """Return the page to show: the one asked for, else the one that was shown."""
        if not number:
            typed = self.request.POST.get("shown", "")
            number = int(typed) if typed.isdecimal() else 1
        return min(max(number, 1), len(self.sizes))

    def burn(self, file: StoredFile, rows: Rows, page: int) -> HttpResponse:
        """Make the redacted file and go to it."""
        try:
            made = redact(file, boxes=rows.boxes, by=self.actor, at=self.now)
        except FileRefused as refused:
            return self.show(file, rows, page, str(refused))
        messages.success(self.request, "已生成新文件，请逐页看一遍再公开")
        return redirect("files:file", made.pk)

    def show(self, file: StoredFile, rows: Rows, page: int, problem: str = "") -> HttpResponse:
        """Show one page with its boxes, and the form; 422 with a problem."""
        size = self.sizes[page - 1]
        context = self.get_context_data(
            file=file,
            rows=rows.rows,
            labels=[LABELS[name] for name in NAMES],
            page=page,
            count=len(self.sizes),
            drawing=self.drawing(rows, page),
            across=[(tick, f"{size.width * tick / 100:.1f}") for tick in _TICKS],
            down=[(tick, f"{size.height * tick / 100:.1f}") for tick in _TICKS],
            empty=range(2),
            problem=problem,
        )
        return self.render_to_response(context, status=422 if problem else 200)

    def preview(self, file: StoredFile, rows: Rows, page: int) -> HttpResponse:
        """Show every page that has boxes, as it will be."""
        self.template_name = "files/preview.html"
        pages = sorted({box.page for box in rows.boxes})
        context = self.get_context_data(
            file=file,
            rows=rows.rows,
            drawings=[self.drawing(rows, each) for each in pages],
            page=page,
            count=len(self.sizes),
            boxes=len(rows.boxes),
        )
        return self.render_to_response(context)

    def drawing(self, rows: Rows, page: int) -> dict[str, Any]:
        """Return a page's size and boxes, as numbers that no locale touches."""
        size: PageSize = self.sizes[page - 1]
        return {
            "page": page,
            "width": f"{size.width:.2f}",
            "height": f"{size.height:.2f}",
            "shapes": rows.shapes(page, size),
        }


class ConvertView(FileView):
    """An office document to PDF."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Make the PDF and go to it."""
        file = self.file(pk)
        self.allow_adding()
        try:
            made = convert(file, by=self.actor, at=self.now)
        except FileRefused as refused:
            return self.show(file, str(refused))
        messages.success(request, "已转成 PDF")
        return redirect("files:file", made.pk)


class ReleaseView(FileView):
    """The public copy: checked, stored apart, locked."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Make the public copy and go to it, or list what the check found."""
        file = self.file(pk)
        if not self.access.may_release:
            raise PermissionDenied
        try:
            made = release(file, by=self.actor, at=self.now)
        except FileRefused as refused:
            self.findings = getattr(refused, "findings", [])
            return self.show(file, str(refused))
        messages.success(request, "检查通过，公开件已生成并锁定")
        return redirect("files:file", made.pk)

    findings: list[Any] = []

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        """Add what the check found."""
        return super().get_context_data(findings=self.findings, **given)
