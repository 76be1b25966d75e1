"""Wires remedies into Django."""

from django.apps import AppConfig

from gongkai import audit
from gongkai.remedies.lifecycle import Event


class RemediesConfig(AppConfig):
    """The app remedies."""

    name = "gongkai.remedies"
    verbose_name = "复议诉讼"

    def ready(self) -> None:
        """Tell the log how to say the verbs and fields."""
        audit.words.update({f"remedies.{each.value.lower()}": each.label for each in Event})
        audit.words.update(
            {
                "remedies.file_reconsideration": "登记行政复议",
                "remedies.file_suit": "登记行政诉讼",
                "subject": "案由",
                "case_number": "案号",
                "info_request": "所涉申请",
                "filed_on": "提出之日",
                "accepted_on": "受理（立案）之日",
                "copy_received_on": "收到副本之日",
                "answered_on": "书面答复（答辩）之日",
                "extension_days": "延长天数",
                "decided_on": "结案之日",
                "result": "结果",
            }
        )
