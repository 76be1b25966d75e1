"""Wires new media into Django: words of the log."""

from django.apps import AppConfig

from gongkai import audit

_WORDS = {
    "newmedia.apply": "申请开设新媒体账号",
    "newmedia.register": "登记新媒体账号",
    "newmedia.approve": "同意开设新媒体账号",
    "newmedia.refuse": "不予开设新媒体账号",
    "newmedia.reapply": "重新申请开设新媒体账号",
    "newmedia.give_up": "放弃开设新媒体账号",
    "newmedia.open": "登记开通新媒体账号",
    "newmedia.ask_change": "申请变更新媒体账号",
    "newmedia.change": "同意变更新媒体账号",
    "newmedia.refuse_change": "不同意变更新媒体账号",
    "newmedia.suspend": "责令新媒体账号整改",
    "newmedia.resume": "新媒体账号恢复正常",
    "newmedia.keep_up": "维护新媒体账号信息",
    "newmedia.mark_main": "设置新媒体主账号",
    "newmedia.enter_month": "填报新媒体月度数据",
    "newmedia.ask_closing": "申请注销新媒体账号",
    "newmedia.let_close": "同意注销新媒体账号",
    "newmedia.refuse_closing": "不同意注销新媒体账号",
    "newmedia.close": "登记注销新媒体账号",
    "newmedia.record_post": "登记新媒体发布记录",
    "newmedia.strike_post": "撤销新媒体发布记录",
    "newmedia.import_posts": "导入新媒体发布记录",
    "newmedia.begin_campaign": "发起新媒体清理整合",
    "newmedia.decide": "提出清理整合意见",
    "newmedia.finish_campaign": "完成新媒体清理整合",
    "platform": "平台类型",
    "platform_id": "平台账号ID",
    "link": "链接",
    "certified_as": "认证主体",
    "certificate": "证书编号",
    "audience": "服务对象",
    "publishes": "信息发布",
    "talks": "互动",
    "serves": "办事",
    "functions": "功能类型",
    "main": "主账号",
    "responsible": "责任人",
    "undertaker": "承办或者运维单位",
    "contractor": "托管或者外包公司",
    "contract_ends_on": "合同到期日",
    "keeper": "密码保管人",
    "password_changed_on": "最近更换密码",
    "links_home": "链接政府网站",
    "approval_number": "审批文号",
    "approved_on": "审批日期",
    "filed_number": "备案编号",
    "opened_on": "开设日期",
    "closed_on": "注销日期",
    "replacement": "替代渠道",
    "notice_link": "注销公告链接",
    "archives": "归档文件数",
    "month": "月份",
    "followers": "关注量",
    "received": "留言量",
    "answered": "答复量",
    "updated_on": "最后更新日期",
    "posted_at": "发布时间",
    "posts": "发布记录",
    "decision": "处理意见",
    "into": "并入账号",
    "accounts": "账号数",
    "keep": "保留",
    "merge": "整合",
    "close": "关停",
    "outcome": "工作结果",
}


class NewmediaConfig(AppConfig):
    """The app newmedia."""

    name = "gongkai.newmedia"
    verbose_name = "政务新媒体"

    def ready(self) -> None:
        """Name the verbs."""
        for name, word in _WORDS.items():
            audit.words.setdefault(name, word)
