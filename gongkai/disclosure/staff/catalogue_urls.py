"""Addresses of the catalogues and guides; hung up by `disclosure.wagtail_hooks`."""

from django.urls import path

from gongkai.disclosure.staff import catalogue, catalogue_matrix, catalogue_verbs, guides
from gongkai.disclosure.staff.catalogue_import import ImportPage

PATTERNS = [
    path("catalogues/", catalogue.IndexPage.as_view(), name="catalogues"),
    path("catalogues/found/", catalogue_verbs.FoundPage.as_view(), name="found_catalogue"),
    path("catalogues/<int:pk>/", catalogue.OneCataloguePage.as_view(), name="catalogue"),
    path(
        "catalogues/<int:pk>/close/",
        catalogue_verbs.CloseCataloguePage.as_view(),
        name="close_catalogue",
    ),
    path("catalogues/<int:pk>/import/", ImportPage.as_view(), name="import_catalogue"),
    path(
        "catalogues/<int:pk>/export.xlsx",
        catalogue.ExportDownload.as_view(),
        name="export_catalogue",
    ),
    path(
        "catalogues/<int:pk>/coverage/",
        catalogue_matrix.MatrixPage.as_view(),
        name="catalogue_matrix",
    ),
    path(
        "catalogues/<int:pk>/coverage/items/",
        catalogue_matrix.BehindPage.as_view(),
        name="catalogue_behind",
    ),
    path(
        "catalogues/<int:pk>/fields/add/",
        catalogue_verbs.AddFieldPage.as_view(),
        name="add_catalogue_field",
    ),
    path("fields/<int:pk>/", catalogue.FieldPage.as_view(), name="catalogue_field"),
    path(
        "fields/<int:pk>/rename/",
        catalogue_verbs.RenameFieldPage.as_view(),
        name="rename_catalogue_field",
    ),
    path(
        "fields/<int:pk>/close/",
        catalogue_verbs.CloseFieldPage.as_view(),
        name="close_catalogue_field",
    ),
    path(
        "fields/<int:pk>/items/add/",
        catalogue_verbs.AddItemPage.as_view(),
        name="add_catalogue_item",
    ),
    path(
        "items/<int:pk>/change/",
        catalogue_verbs.ChangeItemPage.as_view(),
        name="change_catalogue_item",
    ),
    path(
        "items/<int:pk>/close/",
        catalogue_verbs.CloseItemPage.as_view(),
        name="close_catalogue_item",
    ),
    path("items/<int:pk>/organs/", catalogue_verbs.OrgansPage.as_view(), name="catalogue_organs"),
    path("legal/<int:pk>/", catalogue_matrix.LegalPage.as_view(), name="legal_coverage"),
    path("guides/", guides.GuidesPage.as_view(), name="guides"),
    path("guides/<int:pk>/", guides.GuidePage.as_view(), name="guide"),
    path("guides/<int:pk>/change/", guides.OrganPagePage.as_view(), name="change_organ_page"),
]
