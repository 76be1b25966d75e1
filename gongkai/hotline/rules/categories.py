"""归口分类: what a matter is about, in up to three levels; dispatch, reports and Open311 use it.

53号 leaves the table to provinces and cities; this is the usual cut of county reports (law.md
8.1 [L]), known by codes: two digits a level. A code that is no longer offered keeps its name.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Category:
    """One category: its code, its name, whether outside apps may report it on the spot."""

    code: str
    name: str
    outdoors: bool = False

    @property
    def level(self) -> int:
        """Return 1 to 3."""
        return len(self.code) // 2

    @property
    def parent(self) -> str:
        """Return the code above, "" for the first level."""
        return self.code[:-2]


# First level, then its second level; a star marks what can be seen outdoors and reported by apps,
# a colon what stands on the third level.
_TABLE = """
城乡建设 | 道路破损* 路灯照明* 供水 供气 排水积水* 物业管理 违法建设* 房屋质量 公租房
市容环卫 | 垃圾清运* 占道经营* 户外广告* 公厕管理* 油烟扰民
交通运输 | 农村公路* 公共交通 道路运输 停车管理* 交通信号*
农业农村 | 惠农补贴 农村宅基地 土地承包 高标准农田 动物防疫
自然资源 | 土地权属 征地补偿 不动产登记 矿产资源
生态环境 | 大气污染* 水污染* 噪声污染:建筑施工*,社会生活,工业企业 固体废物*
教育体育 | 入学入园 教师管理 校外培训 学校收费
卫生健康 | 医疗服务 公共卫生 疫情防控 计划生育
劳动社保 | 拖欠工资 养老保险 医疗保险 工伤认定 就业服务
民政救助 | 低保救助 养老服务 殡葬管理 残疾人服务
市场监管 | 消费维权:商品质量,预付费卡,网络购物 食品安全 价格收费 特种设备 营业执照
公安政法 | 户籍管理 治安管理 交通违法 法律服务
水利林业 | 河道管理* 农田灌溉 山林权属 森林防火*
文化旅游 | 景区管理 文化场所 广播电视
商贸金融 | 招商服务 惠企政策 非法集资
政务服务 | 办事流程 窗口服务 网上办事
党群其他 | 村级事务 干部作风 其他
"""


def _read(table: str) -> Mapping[str, Category]:
    found: dict[str, Category] = {}
    for first, line in enumerate(table.strip().splitlines(), 1):
        name, _, below = (part.strip() for part in line.partition("|"))
        found[f"{first:02d}"] = Category(f"{first:02d}", name)
        for second, told in enumerate(below.split(), 1):
            code = f"{first:02d}{second:02d}"
            head, _, leaves = told.partition(":")
            found[code] = Category(code, head.rstrip("*"), head.endswith("*"))
            for third, leaf in enumerate(leaves.split(",") if leaves else (), 1):
                lowest = f"{code}{third:02d}"
                found[lowest] = Category(lowest, leaf.rstrip("*"), leaf.endswith("*"))
    return found


CATEGORIES: Mapping[str, Category] = _read(_TABLE)
OUTDOORS: Mapping[str, Category] = {
    code: each for code, each in CATEGORIES.items() if each.outdoors
}
_BY_NAME = {each.name: code for code, each in CATEGORIES.items()}


def path_of(code: str) -> str:
    """Return the names of a category from the first level down, "" for none."""
    codes = [code[:end] for end in range(2, len(code) + 1, 2)]
    names = [CATEGORIES[each].name for each in codes if each in CATEGORIES]
    return " / ".join(names) if code else ""


def category_named(text: str) -> str | None:
    """Return the code of a category told by code, by name or by its path; None for no such."""
    told = text.strip()
    if not told or told in CATEGORIES:
        return told
    return _BY_NAME.get(told.replace("／", "/").rpartition("/")[2].strip())
