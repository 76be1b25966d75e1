"""Public addresses of service items, halls, policies for enterprises and zones."""

from django.urls import URLPattern, path, re_path

from gongkai.portal.hall import items, places, policies

urlpatterns: list[URLPattern] = [
    path("zwgk/zwfwsx/", items.index, name="portal_services"),
    path("zwgk/zwfwsx/<int:pk>.html", items.item_page, name="portal_service_item"),
    path("zwgk/zwfwsx/bm/<slug:code>/", items.by_organ, name="portal_services_organ"),
    path("zwgk/zwfwsx/zt/<slug:theme>/", items.by_theme, name="portal_services_theme"),
    re_path(
        r"^zwgk/zwfwsx/(?P<whom>geren|faren)/$", items.by_audience, name="portal_services_whom"
    ),
    path("zwgk/zwfwsx/dating/", places.halls, name="portal_halls"),
    path("zwgk/hqzcdx/", policies.policies, name="portal_fulfilment"),
    path("zwgk/hqzcdx/<int:year>/", policies.payments, name="portal_payments"),
    path("zwgk/zqml/", places.zones, name="portal_zones"),
]
