"""The addresses of entries, sections and rules."""

from django.urls import path, re_path

from gongkai.disclosure.staff import (
    acts,
    attached,
    checking,
    items,
    listing,
    lists,
    previews,
    record,
    rulings,
    sections,
    writing,
)

PATTERNS = [
    path("entries/", listing.IndexView.as_view(), name="entries"),
    path("entries/add/", writing.StartView.as_view(), name="entry_add"),
    path("entries/publish/", listing.PublishSeveralView.as_view(), name="publish_several"),
    path("entries/<int:pk>/", record.RecordView.as_view(), name="entry"),
    path("entries/<int:pk>/edit/", writing.EditView.as_view(), name="entry_edit"),
    path("entries/<int:pk>/act/<slug:slug>/", acts.ActView.as_view(), name="entry_act"),
    path("entries/<int:pk>/check/", checking.CheckView.as_view(), name="entry_check"),
    path("entries/<int:pk>/items/", items.ItemsView.as_view(), name="entry_items"),
    path("entries/<int:pk>/sheet/", record.SheetView.as_view(), name="entry_sheet"),
    path("entries/<int:pk>/preview/", previews.PreviewView.as_view(), name="entry_preview"),
    path(
        "entries/<int:pk>/preview/<int:number>/",
        previews.PreviewView.as_view(),
        name="entry_preview_version",
    ),
    path("entries/<int:pk>/files/<uuid:file>/", attached.FileView.as_view(), name="entry_file"),
    re_path(
        r"^overrides/(?P<pk>[0-9]{1,18})/(?P<answer>grant|refuse)/$",
        checking.OverrideView.as_view(),
        name="override",
    ),
    path("sections/", sections.SectionsView.as_view(), name="sections"),
    path("sections/add/", sections.OpenSectionView.as_view(), name="open_section"),
    path("sections/<int:pk>/change/", sections.ChangeSectionView.as_view(), name="change_section"),
    path("sections/<int:pk>/close/", sections.CloseSectionView.as_view(), name="close_section"),
    path("lists/", lists.ListView.as_view(), name="lists"),
    path("lists/stop/<int:pk>/", lists.StopView.as_view(), name="unlist_term"),
    path("lists/<slug:slug>/", lists.ListView.as_view(), name="list"),
    path("lists/<slug:slug>/add/", lists.AddView.as_view(), name="list_term"),
    path("lists/<slug:slug>/import/", lists.ImportView.as_view(), name="import_terms"),
    path("rules/", rulings.RulesView.as_view(), name="rules"),
]
