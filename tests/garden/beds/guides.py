"""W6, 服务不实用: guides without their elements, counted on both sides of the limits (law.md 4.2)."""

# ruff: noqa: E501 - rows of data, one a line

from tests.garden.ground import Item, Plan, Site, ago
from tests.garden.shell import answer, article_tags, page
from tests.garden.sites import GUIDE, guide_page, healthy

NAMES = ("采砂许可", "水土保持审批", "河道占用许可", "取水变更", "排污口设置", "凿井登记", "节水评估",
         "堤防使用", "水质检测", "水工程验收")  # fmt: skip
POOR = ("设定依据", "申请条件", "办理时间", "办理流程")


def plant(plan: Plan) -> None:
    """Plant guides that lack an element, and sites whose services are of no use."""
    _elements(plan)
    _sites(plan)


def _guide(site: Site, slug: str, name: str, parts: dict[str, str]) -> str:
    path = f"/bsfw/{slug}.html"
    site.lay(path, guide_page(site, path, name, {"事项名称": name} | parts))
    site.columns["/bsfw/"].items.append(Item(f"{name}办事指南", path, ago(30), f"{ago(30)}"))
    return site.at(path)


def _without(*names: str, **changed: str) -> dict[str, str]:
    return {name: words for name, words in (GUIDE | changed).items() if name not in names}


def _elements(plan: Plan) -> None:
    site = healthy(plan, "guides", "青禾县政务服务中心", "guides that lack one element each")
    for number, name in enumerate(tuple(GUIDE)[1:]):
        address = _guide(site, f"g{number}", NAMES[number], _without(name, "事项名称"))
        plan.fault("guide-element-missing", address, f"{name} is not told", NAMES[number],
                   absent=f">{name}<", detail=name)  # fmt: skip
    address = _guide(site, "g7", NAMES[7], _without("事项名称", 办理地点=""))
    plan.fault("guide-element-missing", address, "办理地点 stands, and nothing beside it",
               '办理地点</th><td></td>', detail="办理地点")  # fmt: skip
    address = _guide(site, "g8", NAMES[8], _without("事项名称", 办理材料="待补充"))
    plan.fault("guide-element-missing", address, "办理材料 says that it will be filled in", "待补充",
               detail="办理材料")  # fmt: skip
    _told_otherwise(plan, site)


def _told_otherwise(plan: Plan, site: Site) -> None:
    other = {
        "事项名称": "林木采伐许可", "法定依据": "《森林法》第五十六条", "受理条件": "林木所有者",
        "申请材料": "采伐申请表一份", "受理地点": "政务服务中心三楼五号窗口", "工作时间": "工作日上午9时至12时",
        "咨询电话": "0795-4660001", "办事流程": "申请、审核、发证",
    }  # fmt: skip
    path = "/bsfw/l1.html"
    site.lay(path, guide_page(site, path, "林木采伐许可", other))
    _list(site, "林木采伐许可", path)
    plan.like("guide-element-missing", site.at(path), "other words for all elements", "受理条件")
    listed = "".join(f"<dt>{name}</dt><dd>{words}</dd>" for name, words in GUIDE.items())
    lines = "".join(f"<p>{name}：{words}</p>" for name, words in GUIDE.items())
    headed = "".join(f"<h2>{name}</h2><p>{words}</p>" for name, words in GUIDE.items())
    for slug, why, body in (
        ("l2", "as a list of terms", f"<dl>{listed}</dl>"),
        ("l3", "as lines with a colon", lines),
        ("l4", "under headings", headed),
        ("l5", "the course as a picture with its text",
         lines.replace(f"办理流程：{GUIDE['办理流程']}", '办理流程：<img src="/img/leaf.png" alt="申请、受理、审查、决定、送达">')),
        ("l6", "materials: none are needed", lines.replace(GUIDE["办理材料"], "无需提供材料")),
    ):  # fmt: skip
        path = f"/bsfw/{slug}.html"
        title = f"农村取水许可办事指南（样式{slug[1]}）"
        site.lay(
            path,
            answer(
                page(
                    site, title, f"<h1>{title}</h1>{body}", article_tags(site, path, title, ago(30))
                )
            ),
        )
        _list(site, title, path)
        plan.like("guide-element-missing", site.at(path), why)


def _list(site: Site, name: str, path: str) -> None:
    site.columns["/bsfw/"].items.append(Item(name, path, ago(30), f"{ago(30)}"))


def _poor(plan: Plan, site: Site, count: int, missing: tuple[str, ...] = POOR) -> None:
    for number in range(count):
        address = _guide(site, f"p{number}", NAMES[number], _without(*missing, "事项名称"))
        plan.fault("guide-element-missing", address, f"{len(missing)} elements are not told",
                   NAMES[number], absent=f">{missing[0]}<", detail="、".join(missing))  # fmt: skip


def _drop_good(site: Site) -> None:
    site.columns["/bsfw/"].items.clear()
    del site.pages[b"/bsfw/qsxk.html"]


def _sites(plan: Plan) -> None:
    five = healthy(
        plan, "guides-five", "青禾县水务中心", "W6: five of six guides lack four elements"
    )
    _poor(plan, five, 5)
    plan.fault("W6", five.at("/bsfw/"), "5 guides lack 4 kinds of elements", NAMES[4])
    few = healthy(plan, "guides-few", "青禾县渔政中心", "W6: three guides in all, and all are poor")
    _drop_good(few)
    _poor(plan, few, 3)
    plan.fault("W6", few.at("/bsfw/"), "3 items in all, each lacks 4 kinds", NAMES[2])
    none = healthy(
        plan, "guides-none", "青禾县种子中心", "W6: no services at all", lacking="/bsfw/"
    )
    plan.fault("W6", none.at(), "no services at all", "最新信息", absent="办事服务")
    four = healthy(
        plan, "guides-four", "青禾县农机中心", "under W6: four poor guides and two good ones"
    )
    _poor(plan, four, 4)
    _guide(four, "ok", NAMES[9], _without("事项名称"))
    plan.like("W6", four.at("/bsfw/"), "4 poor guides of 6", NAMES[9])
    three = healthy(
        plan, "guides-three", "青禾县畜牧中心", "under W6: many guides lack three elements"
    )
    _poor(plan, three, 6, POOR[:3])
    plan.like("W6", three.at("/bsfw/"), "6 guides lack 3 kinds only", NAMES[5])
    small = healthy(
        plan, "guides-small", "青禾县气象服务中心", "under W6: two items in all, one good"
    )
    _poor(plan, small, 1)
    plan.like("W6", small.at("/bsfw/"), "2 items in all, one of them whole", NAMES[0])
