"""Wires the service hall into Django: words of the log, what is sealed."""

from django.apps import AppConfig

from gongkai import audit
from gongkai.adapters.rotation import SealedKind, sealed_kinds

_WORDS = {
    "servicehall.draft_item": "编制政务服务事项",
    "servicehall.change_item": "修改事项名称、编码",
    "servicehall.import_items": "导入政务服务事项",
    "servicehall.suspend": "暂停办理事项",
    "servicehall.resume": "恢复办理事项",
    "servicehall.cancel": "取消事项",
    "servicehall.move_in": "事项进驻大厅",
    "servicehall.move_out": "事项撤出大厅",
    "servicehall.revise": "编制新一版办事指南",
    "servicehall.write": "编制办事指南",
    "servicehall.submit": "提交审核办事指南",
    "servicehall.send_back": "退回修改办事指南",
    "servicehall.publish": "审核发布办事指南",
    "servicehall.open_hall": "登记大厅",
    "servicehall.change_hall": "修改大厅信息",
    "servicehall.close_hall": "停用大厅",
    "servicehall.move_organ_in": "登记进驻部门",
    "servicehall.move_organ_out": "登记部门撤出",
    "servicehall.open_window": "登记窗口",
    "servicehall.close_window": "停用窗口",
    "servicehall.assign": "登记进驻人员",
    "servicehall.release": "登记人员离开",
    "servicehall.draft_policy": "登记惠企政策",
    "servicehall.write_policy": "修改惠企政策",
    "servicehall.publish_policy": "发布惠企政策",
    "servicehall.end_policy": "结束惠企政策",
    "servicehall.file_case": "登记兑现申报",
    "servicehall.examine": "兑现初审通过",
    "servicehall.approve": "兑现金额核定",
    "servicehall.put_on_notice": "兑现公示",
    "servicehall.take_objection": "登记兑现异议",
    "servicehall.dismiss_objection": "兑现异议不成立",
    "servicehall.clear": "兑现公示无异议",
    "servicehall.pay": "登记兑现拨付",
    "servicehall.refuse": "不予兑现",
    "servicehall.withdraw": "撤回兑现申报",
    "servicehall.show_bank": "查看兑现账户信息",
    "servicehall.accept": "受理帮代办",
    "servicehall.begin_step": "登记帮代办环节",
    "servicehall.finish_step": "帮代办环节完成",
    "servicehall.complete": "帮代办办结",
    "servicehall.stop": "终止帮代办",
    "servicehall.rate": "登记帮代办评价",
    "servicehall.show_applicant": "查看帮代办申请人",
    "servicehall.forget_applicant": "清除帮代办申请人信息",
    "servicehall.open_zone": "登记政务公开专区",
    "servicehall.change_zone": "修改专区信息",
    "servicehall.close_zone": "停用专区",
    "servicehall.enter_visits": "填报专区人次",
    "servicehall.check_zone": "登记专区检查",
    "servicehall.reseal": "更换密钥重新加密",
    "effective_on": "生效日期",
    "cancelled_on": "取消日期",
    "agent": "帮代办员",
    "begun_on": "开始日期",
    "body": "办理单位",
    "commissioned": "已签委托书",
    "document_link": "文件链接",
    "examined_on": "初审日期",
    "facilities": "设施",
    "issuer": "发文机关",
    "notice_from": "公示开始",
    "notice_to": "公示结束",
    "opening": "开放时间",
    "services": "服务内容",
    "paid_on": "拨付日期",
    "tags": "标签",
    "hall": "大厅",
    "joined_on": "进驻或者启用日期",
    "left_on": "撤出或者停用日期",
    "version": "版本",
    "changed": "修改的内容",
    "window": "窗口",
    "person": "人员",
    "area": "面积（平方米）",
    "investment": "投资（元）",
    "clauses": "兑现点数",
    "clause": "兑现点",
    "asked": "申请金额（元）",
    "granted": "核定金额（元）",
    "paid": "拨付金额（元）",
    "visits": "访问人次",
    "remark": "检查情况",
    "rating": "评价",
}


class ServicehallConfig(AppConfig):
    """The app servicehall."""

    name = "gongkai.servicehall"
    verbose_name = "政务服务"

    def ready(self) -> None:
        """Name the verbs; let `gongkai rotatekeys` find the sealed rows."""
        from gongkai.servicehall import actions, queries

        for name, word in _WORDS.items():
            audit.words.setdefault(name, word)
        sealed_kinds["servicehall"] = SealedKind(
            "惠企政策兑现、帮代办", queries.to_reseal, actions.reseal
        )
