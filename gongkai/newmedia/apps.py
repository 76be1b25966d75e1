"""Wires new media into Django: jobs, withdrawals that are followed, words of the log."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig

from gongkai import audit
from gongkai.audit import recorded

WITHDRAWN = "disclosure.withdraw"

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
    "newmedia.publish": "发布到新媒体",
    "newmedia.submit_publication": "新媒体平台已接收",
    "newmedia.appear": "新媒体发布成功",
    "newmedia.fail_publication": "新媒体发布失败",
    "newmedia.retry_publication": "重新发布到新媒体",
    "newmedia.hand_over_publication": "改为人工发布到新媒体",
    "newmedia.record_by_hand": "登记人工发布到新媒体",
    "newmedia.cancel_publication": "取消发布到新媒体",
    "newmedia.take_down_publication": "撤回新媒体发布",
    "newmedia.record_gone": "登记新媒体已撤回",
    "proofs": "截图数",
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
        """Register the jobs, name the verbs, follow what is withdrawn from the website."""
        for name, word in _WORDS.items():
            audit.words.setdefault(name, word)
        import_module("gongkai.newmedia.tasks")
        recorded.connect(_hear, dispatch_uid="newmedia.withdrawn")


def _hear(event: Any, **_: Any) -> None:
    """Put the withdrawal everywhere into the outbox when an entry is taken off the website."""
    if event.verb != WITHDRAWN or not event.target.startswith("disclosure:"):
        return
    from gongkai.newmedia.tasks import FOLLOW
    from gongkai.outbox.actions import put

    key = event.target.partition(":")[2]
    put(FOLLOW, {"entry": int(key)}, at=event.at, dedupe_key=key)
