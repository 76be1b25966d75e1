"""Wires registers into Django."""

from django.apps import AppConfig

from gongkai import audit


class RegistersConfig(AppConfig):
    """The app registers."""

    name = "gongkai.registers"
    verbose_name = "统计台账"

    def ready(self) -> None:
        """Tell the log how to say the verbs and fields."""
        audit.words.update(
            {
                "registers.enter_batch": "登记统计批次",
                "registers.import_batches": "导入统计批次",
                "registers.withdraw_batch": "撤回统计批次",
                "registers.withdraw_import": "撤回整次导入",
                "kind": "类别",
                "period": "统计期间",
                "item_change": "项目增减",
                "decisions": "处理决定数量",
                "projects": "采购项目数量",
                "amount": "金额（元）",
                "source_name": "数据来源",
                "source_sha256": "来源文件校验值",
                "batches": "批次",
            }
        )
