"""Hangs the files into Wagtail's admin: addresses only; files are reached from their records."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from gongkai.files.staff import folder, redacting

_PATTERNS = [
    path("of/<str:about>/", folder.FolderView.as_view(), name="folder"),
    path("upload/", folder.UploadView.as_view(), name="upload"),
    path("<uuid:pk>/", folder.FileView.as_view(), name="file"),
    path("<uuid:pk>/download/", folder.DownloadView.as_view(), name="download"),
    path("<uuid:pk>/read/", folder.ReadView.as_view(), name="read"),
    path("<uuid:pk>/page/<int:number>/", folder.PageView.as_view(), name="page"),
    path("<uuid:pk>/remove/", folder.RemoveView.as_view(), name="remove"),
    path("<uuid:pk>/convert/", redacting.ConvertView.as_view(), name="convert"),
    path("<uuid:pk>/redact/", redacting.RedactView.as_view(), name="redact"),
    path("<uuid:pk>/release/", redacting.ReleaseView.as_view(), name="release"),
]


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screens under their own namespace."""
    return [path("files/", include((_PATTERNS, "files"), namespace="files"))]
