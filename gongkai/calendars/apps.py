"""Wires calendars into Django."""

from importlib import import_module

from django.apps import AppConfig

from gongkai import audit


class CalendarsConfig(AppConfig):
    """The app calendars."""

    name = "gongkai.calendars"
    verbose_name = "工作日历"

    def ready(self) -> None:
        """Register the daily duty; tell the log how to say the verbs and fields."""
        import_module("gongkai.calendars.tasks")
        audit.words.update(
            {
                "calendars.enter_notice": "录入放假通知",
                "calendars.enter_closure": "录入临时停止办公",
                "title": "名称",
                "document_number": "文号",
                "issued_on": "发文日期",
                "off_days": "放假日期",
                "shifted_workdays": "调休上班日期",
            }
        )
