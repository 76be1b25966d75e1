"""Wires the staff home into Django."""

from importlib import import_module

from django.apps import AppConfig

from gongkai import audit

_WORDS = {
    "operating.back_up": "备份",
    "operating.restore": "从备份恢复",
    "operating.retry_jobs": "重新执行已放弃的任务",
    "records": "记录数",
    "files": "文件数",
    "dump": "数据库内容摘要",
    "jobs": "任务数",
}


class DeskConfig(AppConfig):
    """The staff home."""

    name = "gongkai.desk"
    verbose_name = "工作台"

    def ready(self) -> None:
        """Hang into the staff side search, turning over and operation; say their words."""
        import_module("gongkai.desk.turnover.hooks")
        import_module("gongkai.desk.finding.hooks")
        import_module("gongkai.desk.handing_over")
        import_module("gongkai.desk.operating.hooks")
        for name, said in _WORDS.items():
            audit.words.setdefault(name, said)
