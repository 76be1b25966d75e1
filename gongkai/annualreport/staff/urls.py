"""Addresses of the yearly report in the staff side."""

from django.urls import path

from gongkai.annualreport.staff.board import BoardView, YearsView
from gongkai.annualreport.staff.cells import CellView, FigureView, RecordView
from gongkai.annualreport.staff.consolidation import ConsolidationView
from gongkai.annualreport.staff.prose import ReportProseView, ReturnProseView
from gongkai.annualreport.staff.reports import DownloadView, ReportView
from gongkai.annualreport.staff.returns import ReturnView

app_name = "annualreport"
urlpatterns = [
    path("", YearsView.as_view(), name="years"),
    path("<int:year_id>/", BoardView.as_view(), name="board"),
    path("<int:year_id>/consolidation/", ConsolidationView.as_view(), name="consolidation"),
    path("<int:year_id>/cell/<str:whose>/<path:path>/", CellView.as_view(), name="cell"),
    path("<int:year_id>/figure/<str:whose>/<str:name>/", FigureView.as_view(), name="figure"),
    path("return/<int:pk>/", ReturnView.as_view(), name="return"),
    path("return/<int:pk>/prose/", ReturnProseView.as_view(), name="return_prose"),
    path("report/<int:pk>/", ReportView.as_view(), name="report"),
    path("report/<int:pk>/prose/", ReportProseView.as_view(), name="report_prose"),
    path("report/<int:pk>/download/<str:kind>/", DownloadView.as_view(), name="download"),
    path("record/<str:record>/", RecordView.as_view(), name="record"),
]
