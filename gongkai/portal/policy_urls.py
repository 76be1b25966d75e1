"""Public addresses of the policy library, and of the gazette."""

from django.urls import URLPattern, path

from gongkai.portal import policy, policy_data

urlpatterns: list[URLPattern] = [
    path("zwgk/zcwjk/", policy.library_page, name="portal_library"),
    path("zwgk/zcwjk/list.json", policy_data.listed),
    path("zwgk/zcwjk/list.csv", policy_data.sheet),
    path("zwgk/zfgb/", policy.gazette_list, name="portal_gazettes"),
    path("zwgk/zfgb/<int:year>/<int:number>.html", policy.gazette_issue, name="portal_gazette"),
    path("zwgk/zfgb/<int:year>/<int:number>.pdf", policy.gazette_pdf, name="portal_gazette_pdf"),
]
