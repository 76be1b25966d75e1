"""Wires policy into Django."""

from django.apps import AppConfig

from gongkai import audit


class PolicyConfig(AppConfig):
    """The app policy."""

    name = "gongkai.policy"
    verbose_name = "政策文件"

    def ready(self) -> None:
        """Tell the log how to say the verbs and fields."""
        audit.words.update(
            {
                "policy.register_document": "登记文件",
                "policy.correct": "更正文件登记",
                "policy.publish": "登记文件公开",
                "policy.amend": "登记文件修改",
                "policy.repeal": "登记文件废止",
                "policy.cancel_relation": "撤销误登的修改或废止",
                "policy.withdraw_document": "撤回文件登记",
                "kind": "类别",
                "formed_on": "成文日期",
                "published_on": "公开日期",
                "effective_on": "生效日期",
                "ends_on": "有效期至",
                "joint_issuers": "联合发文机关",
                "source": "依据文件",
                "basis": "依据",
                "cancelled": "已撤销",
            }
        )
