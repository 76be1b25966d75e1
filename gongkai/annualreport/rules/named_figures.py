"""Figures of prose that no table has: what each is called and counted in.

Each is told by the chapter in which the work was done (`sources.named`), never typed: how much the
website, the accounts, the hotline, the service hall and the office itself did in the year. A rate
is worked out of its two counts; in a sum of organs the counts are added up first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Named:
    """One figure: its Chinese name and unit ("%" of a rate, "万元" of an amount kept in 元)."""

    label: str
    unit: str

    @property
    def is_rate(self) -> bool:
        """Say whether it is told of how many."""
        return self.unit == "%"


NAMED: Mapping[str, Named] = MappingProxyType(
    {
        "disclosure.published": Named("网站公开信息", "条"),
        "proposals.published": Named("公开建议提案办理信息", "条"),
        "newmedia.WEIBO": Named("政务微博发布信息", "条"),
        "newmedia.WECHAT": Named("政务微信公众号发布信息", "条"),
        "catalogue.added": Named("标准目录增加公开事项", "个"),
        "hotline.received": Named("热线工单", "件"),
        "hotline.on_time_rate": Named("热线按期办结率", "%"),
        "hotline.satisfaction_rate": Named("热线满意率", "%"),
        "hall.organs": Named("政务服务中心进驻部门", "个"),
        "hall.people": Named("政务服务中心进驻人员", "名"),
        "hall.items": Named("政务服务中心进驻事项", "项"),
        "hall.area": Named("政务服务中心面积", "平方米"),
        "hall.investment": Named("政务服务中心投资", "万元"),
        "hall.fulfilled": Named("惠企政策兑现事项", "件"),
        "hall.fulfilled_amount": Named("惠企政策兑现金额", "万元"),
        "newmedia.closed": Named("清理注销新媒体账号", "个"),
        "newmedia.groups_closed": Named("清理注销工作群", "个"),
        "registers.publicity_rate": Named("双公示按期公开率", "%"),
        "complaints.received": Named("收到投诉举报", "件"),
        "complaints.true": Named("投诉举报认定属实", "件"),
        "complaints.circulated": Named("投诉举报通报批评", "件"),
        "complaints.referred": Named("投诉举报移送追究责任", "件"),
        "oversight.trainings": Named("组织业务培训", "次"),
        "oversight.trained": Named("参加业务培训", "人次"),
        "oversight.meetings": Named("召开政务公开工作会议", "次"),
        "oversight.activities": Named("开展体验、开放活动", "次"),
        "oversight.tasks_done_rate": Named("工作要点任务完成率", "%"),
        "oversight.appraised": Named("参加工作考核单位", "个"),
        "oversight.satisfaction_rate": Named("社会评议满意率", "%"),
        "oversight.accountability": Named("责任追究", "件"),
    }
)
