"""Every address of one process: the public site and the staff side together.

`urls_public` has no staff view and `urls_staff` no public form, so that the two may
also run as two processes behind different addresses.
"""

from django.urls import include, path

urlpatterns = [
    path("staff/", include("gongkai.config.urls_staff")),
    path("", include("gongkai.config.urls_public")),
]
