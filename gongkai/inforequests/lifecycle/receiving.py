"""The ways in that an office publishes and must prove open (Art. 12(2), 29; practice.md 2.7)."""

from enum import StrEnum


class ReceivingChannel(StrEnum):
    """A way in that a test can reach from outside."""

    EMAIL = "EMAIL"
    ONLINE = "ONLINE"
    FAX = "FAX"
    PHONE = "PHONE"

    @property
    def label(self) -> str:
        """Return the way in Chinese."""
        return {"EMAIL": "电子邮箱", "ONLINE": "在线申请", "FAX": "传真", "PHONE": "联系电话"}[
            self.value
        ]

    @property
    def how(self) -> str:
        """Return in Chinese how it is tested from outside the office."""
        return {
            "EMAIL": "点【发送自测邮件】，系统收到后自动登记；"
            "或者用外部邮箱发一封，看是否进入【来信邮件】",
            "ONLINE": "用办公网以外的手机打开在线申请页面，看能否打开、填写到提交前一步",
            "FAX": "从别处发一页传真，看是否收到、是否清楚",
            "PHONE": "在公布的办公时间内用外线拨打，看是否有人接听",
        }[self.value]
