"""Wires records into Django: its duties, and how the log says its verbs."""

from importlib import import_module

from django.apps import AppConfig

from gongkai import audit

_WORDS = {
    "records.begin_logs": "开始保存访问日志",
    "records.pack_case": "导出案卷包",
    "records.make_list": "编制移交清单",
    "records.open_list": "下载移交清单",
    "records.receive_list": "登记清单接收",
    "pieces": "文件数",
    "kind": "种类",
    "since": "起始日期",
    "until": "截止日期",
    "count": "条数",
    "form": "格式",
    "received_on": "接收日期",
    "received_by": "接收人",
}


class RecordsConfig(AppConfig):
    """The app records."""

    name = "gongkai.records"
    verbose_name = "档案与日志"

    def ready(self) -> None:
        """Register the duties, name the verbs."""
        for name, word in _WORDS.items():
            audit.words.setdefault(name, word)
        import_module("gongkai.records.tasks")
