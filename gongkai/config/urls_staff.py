"""Addresses for officials: Wagtail's admin, in which every chapter hangs its own views.

The door stands before Wagtail's own: `accounts.staff.urls`.
"""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access

from gongkai.desk.home import HomeView

urlpatterns = [
    path("", require_admin_access(HomeView.as_view()), name="wagtailadmin_home"),
    path("", include("gongkai.accounts.staff.urls")),
    path("", include(wagtailadmin_urls)),
]
