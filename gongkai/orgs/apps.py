"""Wires orgs into Django."""

from importlib import import_module

from django.apps import AppConfig

from gongkai import audit


class OrgsConfig(AppConfig):
    """The app orgs."""

    name = "gongkai.orgs"
    verbose_name = "机构"

    def ready(self) -> None:
        """Register the daily duty; tell the log how to say the verbs and fields."""
        import_module("gongkai.orgs.tasks")
        from gongkai.accounts.queries import tell_duties
        from gongkai.orgs.models import OrganKind, Role
        from gongkai.orgs.staff.duties import DUTIES

        tell_duties(DUTIES)

        audit.words.update([*OrganKind.choices, *Role.choices])
        audit.words.update(
            {
                "orgs.establish": "设立机构",
                "orgs.amend": "修改机构资料",
                "orgs.rename": "机构更名",
                "orgs.abolish": "撤销机构",
                "orgs.succeed": "登记承接机构",
                "orgs.appoint": "任职",
                "orgs.dismiss": "离任",
                "orgs.delegate": "委托岗位",
                "orgs.end_delegation": "终止委托",
                "orgs.hand_over": "工作移交",
                "orgs.confirm_access": "权限复核",
                "accounts": "账号数",
                "successor_person": "受托人或者接任人",
                "work_moved": "转交的工作件数",
                "quarter_from": "季度首日",
                "posts_held": "岗位数",
                "dormant": "长期未登录账号数",
                "kind": "类别",
                "full_name": "全称",
                "short_name": "简称",
                "county": "所属县",
                "superior": "上级机构",
                "region_code": "行政区划代码",
                "credit_code": "统一社会信用代码",
                "document_prefix": "机关代字",
                "address": "办公地址",
                "order": "排序",
                "role": "岗位",
                "valid_from": "起始日期",
                "valid_to": "终止日期",
                "posts_ended": "终止的岗位",
                "successor": "承接机构",
                "effective_on": "生效日期",
            }
        )
