"""Every figure that sheets and indicators may ask for: name, Chinese words, unit (law.md 3.6).

Each is counted by the chapter in which the work was done (`sources.counting`), by organ, and opens
its records. A unit of "%" means two counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class FigureTold:
    """One figure: what it is called, what it counts."""

    label: str
    unit: str

    @property
    def is_rate(self) -> bool:
        """Say whether it is told of how many."""
        return self.unit == "%"


FIGURES: Mapping[str, FigureTold] = MappingProxyType(
    {
        "requests.received": FigureTold("新收申请", "件"),
        "requests.in_person": FigureTold("当面申请", "件"),
        "requests.post": FigureTold("信函申请", "件"),
        "requests.online": FigureTold("网络申请", "件"),
        "requests.fax": FigureTold("传真申请", "件"),
        "requests.natural": FigureTold("自然人申请", "件"),
        "requests.organisations": FigureTold("法人或其他组织申请", "件"),
        "requests.carried_in": FigureTold("上期结转申请", "件"),
        "requests.carried_out": FigureTold("结转下期申请", "件"),
        "requests.granted": FigureTold("予以公开", "件"),
        "requests.partial": FigureTold("部分公开", "件"),
        "requests.withheld": FigureTold("不予公开", "件"),
        "requests.unavailable": FigureTold("无法提供", "件"),
        "requests.declined": FigureTold("不予处理", "件"),
        "requests.otherwise": FigureTold("其他处理", "件"),
        "requests.on_time": FigureTold("申请按期答复率", "%"),
        "requests.overdue": FigureTold("超期答复的申请", "件"),
        "remedies.reconsideration": FigureTold("审结的行政复议", "件"),
        "remedies.reconsideration_corrected": FigureTold("行政复议被纠正", "件"),
        "remedies.litigation": FigureTold("审结的行政诉讼", "件"),
        "remedies.litigation_corrected": FigureTold("行政诉讼被纠正", "件"),
        "disclosure.published": FigureTold("主动公开信息", "条"),
        "disclosure.renewed": FigureTold("更新信息", "条"),
        "disclosure.late": FigureTold("逾期公开信息", "条"),
        "disclosure.outstanding": FigureTold("应公开未公开信息", "条"),
        "disclosure.withdrawn": FigureTold("撤下信息", "条"),
        "policy.made": FigureTold("制发行政规范性文件", "件"),
        "policy.published": FigureTold("公开行政规范性文件", "件"),
        "policy.repealed": FigureTold("废止行政规范性文件", "件"),
        "policy.interpretations": FigureTold("公开政策解读", "条"),
        "newmedia.wechat": FigureTold("微信公众号发布", "条"),
        "newmedia.weibo": FigureTold("微博发布", "条"),
        "newmedia.others": FigureTold("其他新媒体发布", "条"),
        "engagement.messages": FigureTold("收到留言", "件"),
        "engagement.messages_on_time": FigureTold("留言按期答复率", "%"),
        "engagement.errors": FigureTold("收到网站纠错", "件"),
        "engagement.solicitations": FigureTold("开展意见征集", "次"),
        "engagement.surveys": FigureTold("开展网上调查", "次"),
        "engagement.interviews": FigureTold("在线访谈", "期"),
        "engagement.responses": FigureTold("回应公众关注热点", "次"),
        "proposals.published": FigureTold("公开建议提案办理结果", "件"),
        "hotline.received": FigureTold("承办热线工单", "件"),
        "hotline.on_time": FigureTold("热线按期办结率", "%"),
        "hotline.satisfied": FigureTold("热线满意率", "%"),
        "inspections.findings": FigureTold("检查发现问题", "个"),
        "inspections.repeated": FigureTold("重复出现的问题", "个"),
        "inspections.closed": FigureTold("问题销号率", "%"),
        "inspections.overdue": FigureTold("超期未整改的问题", "个"),
        "oversight.trainings": FigureTold("组织业务培训", "次"),
        "oversight.trained": FigureTold("参加培训", "人次"),
        "oversight.attended": FigureTold("派员参加培训", "人次"),
        "oversight.meetings": FigureTold("召开政务公开工作会议", "次"),
        "oversight.activities": FigureTold("开展体验、开放活动", "次"),
        "oversight.tasks_done": FigureTold("工作要点任务完成率", "%"),
        "oversight.accountability": FigureTold("责任追究", "件"),
    }
)
