"""Where the parts of disclosure upon request stand on the site, and which can be opened."""

from dataclasses import dataclass

from gongkai.portal.offices import ADDRESS as BASE


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the column: its address under `BASE`, its name, what it is for."""

    slug: str
    title: str
    description: str

    @property
    def url(self) -> str:
        """Return its address."""
        return f"{BASE}{self.slug}"


GUIDE = Part("zn/", "依申请公开指南", "向谁申请、怎样申请、多久答复、是否收费，不服怎么办。")
FLOW = Part("lct/", "依申请公开流程图", "从提出申请到送达答复，每一步由谁办、多长时间。")
FILE = Part("zxsq/", "在线申请", "选择机关，填写申请表，当场得到申请编号和查询码；无需注册。")
FORMS = Part("sqb/", "申请表下载", "空白申请表（Word、PDF），可打印填写后当面或者邮寄提交。")
FOLLOW = Part("cx/", "结果查询", "凭申请编号和查询码查看办理进度，下载答复书和公开的信息。")
FIGURES = Part("tj/", "依申请公开统计", "收到和办理申请的数量、结果、按期答复情况，可下载数据。")
PARTS = (FILE, FOLLOW, GUIDE, FLOW, FORMS, FIGURES)
