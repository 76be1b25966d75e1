"""A guide as a screen shows it: facts in groups, tables of materials, fees and questions."""

from gongkai.servicehall.rules.guide import LABELS, Guide
from gongkai.servicehall.rules.kinds import THEMES
from gongkai.servicehall.staff.shown import Cell, Facts, Table, heads

_FIRST = ("legal_basis", "conditions", "procedure", "handled_by", "place", "hours", "enquiry")
_LAST = (
    *("complaint", "special_procedure", "why_in_person", "result_kind", "result_name"),
    *("fee_basis", "online_address", "mobile_address", "scope", "joint_bodies", "intermediary"),
    *("quantity_limit", "power_source", "exercised_at", "body_nature", "entrusted_body"),
    *("towns", "villages"),
)
_TICKED = ("online", "bookable", "paid_online", "by_post", "by_terminal")


def guide_facts(guide: Guide, title: str) -> list[Facts]:
    """Return what a guide tells in names and values."""
    ticked = "、".join(
        LABELS[name].removeprefix("是否").removeprefix("支持")
        for name in _TICKED
        if getattr(guide, name)
    )
    themes = "、".join(THEMES[code] for code in guide.themes if code in THEMES)
    pairs = [
        ("办件类型", guide.processing.label),
        ("服务对象", guide.audience.label),
        *((LABELS[name], getattr(guide, name)) for name in _FIRST),
        ("法定办结时限", guide.statutory_term),
        ("承诺办结时限", guide.promised_term),
        ("到办事现场次数", f"{guide.visits}次"),
        ("是否收费", "收费" if guide.charged else "不收费"),
        ("支持的方式", ticked),
        ("网上办理深度", guide.depth.label if guide.depth else ""),
        *((LABELS[name], getattr(guide, name)) for name in _LAST),
        ("主题分类", themes),
    ]
    return [Facts(title, pairs)]


def guide_tables(guide: Guide) -> list[Table]:
    """Return the tables of a guide; those without rows are left out."""
    found = [
        Table(
            "办理材料",
            heads(("材料名称", "desk-most"), "类型", "形式", "必要性", "份数", "来源和标准"),
            [
                [
                    Cell(row.name),
                    Cell(row.kind.label),
                    Cell(row.form.label),
                    Cell(row.need.label),
                    Cell(row.copies if row.copies is not None else "—"),
                    Cell("；".join(filter(None, (row.source, row.criteria, row.note))) or "—"),
                ]
                for row in guide.materials
            ],
            empty=guide.no_materials or "没有写明办理材料。",
        )
    ]
    if guide.fees:
        rows = [
            [
                Cell(row.name),
                Cell(row.standard),
                Cell(row.basis or "—"),
                Cell((row.reduction or "允许") if row.reducible else "—"),
            ]
            for row in guide.fees
        ]
        found.append(Table("收费项目", heads("项目", "标准", "依据", "减免"), rows))
    if guide.questions:
        rows = [[Cell(row.question), Cell(row.answer)] for row in guide.questions]
        found.append(Table("常见问题", heads("问题", "答案"), rows))
    return found
