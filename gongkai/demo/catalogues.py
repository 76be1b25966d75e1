"""Standard catalogues of the reference county for the demo: three fields in full, the rest bare.

财政预决算, 养老服务 and 城市综合执法 follow the columns and the usual items of the sector's own
guidance (标准指引, 国办发〔2019〕54号); the wording is ours. Written as workbooks they are what a
county would import: `workbooks()` gives name and bytes.
"""

from dataclasses import replace

from gongkai.adapters.catalogue_xlsx import write_catalogue
from gongkai.tables.catalogue import CatalogueRow, FieldTable

_USUAL = "信息形成或变更之日起20个工作日内"
_BUDGET_LAW = "《中华人民共和国预算法》、《中华人民共和国政府信息公开条例》"
_ELDERS_LAW = "《中华人民共和国老年人权益保障法》、《养老机构管理办法》"
_PENALTY_LAW = "《中华人民共和国行政处罚法》、《中华人民共和国政府信息公开条例》"
_SITE = ("政府网站",)
_SITE_AND_PAPER = ("政府网站", "公开查阅点")
_SITE_AND_PHONE = ("政府网站", "两微一端", "政务服务中心")
_AND_BOARD = ("政府网站", "便民服务站", "社区/企事业单位/村公示栏（电子屏）")
_WORKS = ("政府网站", "两微一端", "入户/现场")

Item = tuple[str, str, str, str, str, str, tuple[str, ...]]

FINANCE: tuple[Item, ...] = (
    (
        "政府预算",
        "一般公共预算",
        "收入预算表、支出预算表、本级支出表、基本支出表、税收返还和转移支付表、债务限额和余额表，并作说明",
        _BUDGET_LAW,
        "经本级人民代表大会批准后20日内",
        "财政局",
        _SITE_AND_PAPER,
    ),
    (
        "政府预算",
        "政府性基金预算",
        "基金收入表、基金支出表、基金转移支付表、专项债务限额和余额表",
        _BUDGET_LAW,
        "经本级人民代表大会批准后20日内",
        "财政局",
        _SITE_AND_PAPER,
    ),
    (
        "政府预算",
        "国有资本经营预算",
        "国有资本经营收入预算表、支出预算表；没有数据的列空表并说明",
        _BUDGET_LAW,
        "经本级人民代表大会批准后20日内",
        "财政局",
        _SITE,
    ),
    (
        "政府预算",
        "社会保险基金预算",
        "社会保险基金收入表、支出表",
        _BUDGET_LAW,
        "经本级人民代表大会批准后20日内",
        "财政局",
        _SITE,
    ),
    (
        "政府决算",
        "一般公共决算",
        "收入决算表、支出决算表、本级支出表、基本支出表、转移支付表、债务情况表，并作说明",
        _BUDGET_LAW,
        "经本级人民代表大会常务委员会批准后20日内",
        "财政局",
        _SITE_AND_PAPER,
    ),
    (
        "政府决算",
        "政府性基金决算",
        "基金收入决算表、支出决算表、转移支付表、专项债务情况表",
        _BUDGET_LAW,
        "经本级人民代表大会常务委员会批准后20日内",
        "财政局",
        _SITE,
    ),
    (
        "部门预算",
        "部门收支总体情况、财政拨款情况",
        "部门收支总表、收入总表、支出总表，财政拨款收支总表、一般公共预算支出表、“三公”经费支出表",
        _BUDGET_LAW,
        "本级政府财政部门批复后20日内",
        "县直各部门",
        _SITE_AND_PAPER,
    ),
    (
        "部门决算",
        "部门收支总体情况、财政拨款情况",
        "部门收入支出决算总表、财政拨款收支决算总表、“三公”经费支出决算表，机关运行经费、政府采购情况说明",
        _BUDGET_LAW,
        "本级政府财政部门批复后20日内",
        "县直各部门",
        _SITE_AND_PAPER,
    ),
    (
        "财政收支",
        "预算执行情况",
        "一般公共预算收入、支出的执行情况和主要特点",
        _BUDGET_LAW,
        "每月更新",
        "财政局",
        _SITE,
    ),
    (
        "政府债务",
        "地方政府债务限额、余额和资金使用",
        "随预决算公开的债务限额、余额、使用安排及还本付息情况",
        "《地方政府债务信息公开办法（试行）》（财预〔2018〕209号）",
        "经本级人民代表大会批准后20日内",
        "财政局",
        _SITE,
    ),
)

ELDERS: tuple[Item, ...] = (
    (
        "通用政策",
        "国家和地方层面养老服务相关法律、法规、政策文件",
        "文件名称、文号、发文部门、正文",
        _ELDERS_LAW,
        _USUAL,
        "民政局",
        _SITE_AND_PHONE,
    ),
    (
        "通用政策",
        "养老服务扶持政策措施清单",
        "扶持对象、实施部门、扶持政策措施",
        _ELDERS_LAW,
        _USUAL,
        "民政局",
        _SITE_AND_PHONE,
    ),
    (
        "业务办理",
        "养老机构备案",
        "备案申请材料样式、备案流程、办理部门、办理时间和地点、联系方式",
        _ELDERS_LAW,
        _USUAL,
        "民政局",
        _SITE_AND_PHONE,
    ),
    (
        "业务办理",
        "养老服务扶持补贴",
        "补贴名称、补贴依据、补贴对象、补贴内容和标准、补贴方式、申请材料、办理流程和时限、联系方式",
        _ELDERS_LAW,
        "制定或者获取补贴政策之日起10个工作日内",
        "民政局",
        _AND_BOARD,
    ),
    (
        "业务办理",
        "老年人补贴",
        "高龄津贴、养老服务补贴、护理补贴的对象、标准、申请材料、办理流程和时限、办理结果",
        _ELDERS_LAW,
        "制定或者获取补贴政策之日起10个工作日内",
        "民政局、各乡镇人民政府",
        _AND_BOARD,
    ),
    (
        "业务办理",
        "老年人能力综合评估",
        "评估办法、申请流程、评估机构清单、评估标准、评估结果告知方式",
        _ELDERS_LAW,
        _USUAL,
        "民政局",
        _SITE_AND_PHONE,
    ),
    (
        "行业管理信息",
        "养老机构备案信息",
        "已备案养老机构的名称、地址、床位数等基本信息",
        _ELDERS_LAW,
        "每季度更新",
        "民政局",
        _SITE,
    ),
    (
        "行业管理信息",
        "养老服务扶持补贴申领信息",
        "申领数量、补贴总金额，审核通过的机构和金额",
        _ELDERS_LAW,
        "每年更新",
        "民政局",
        _SITE,
    ),
    (
        "行业管理信息",
        "养老机构评估信息",
        "评估事项、评估机构、评估结果",
        _ELDERS_LAW,
        "评估完成后20个工作日内",
        "民政局",
        _SITE,
    ),
    (
        "行业管理信息",
        "养老机构行政处罚信息",
        "行政处罚事项和标准、处罚结果、复议和监督方式",
        _PENALTY_LAW,
        "作出行政处罚决定之日起7个工作日内",
        "民政局",
        _SITE,
    ),
)

CITY: tuple[Item, ...] = (
    (
        "机构职能",
        "执法机关和执法人员",
        "执法机关名称、职责、办公地址、联系方式，执法人员姓名和执法证号",
        "《国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见》"
        "（国办发〔2018〕118号）",
        _USUAL,
        "城市管理局",
        _SITE_AND_PHONE,
    ),
    (
        "权责清单",
        "行政执法事项目录",
        "执法事项名称、依据、实施主体、承办机构、裁量基准",
        "国办发〔2018〕118号",
        _USUAL,
        "城市管理局",
        _SITE,
    ),
    (
        "行政处罚",
        "市容环境卫生管理",
        "违法行为、处罚依据、处罚程序、处罚决定书文号、处罚结果、救济渠道",
        _PENALTY_LAW,
        "作出行政处罚决定之日起7个工作日内",
        "城市管理局",
        _SITE,
    ),
    (
        "行政处罚",
        "城市园林绿化管理",
        "违法行为、处罚依据、处罚程序、处罚决定书文号、处罚结果、救济渠道",
        _PENALTY_LAW,
        "作出行政处罚决定之日起7个工作日内",
        "城市管理局",
        _SITE,
    ),
    (
        "行政处罚",
        "市政公用设施管理",
        "违法行为、处罚依据、处罚程序、处罚决定书文号、处罚结果、救济渠道",
        _PENALTY_LAW,
        "作出行政处罚决定之日起7个工作日内",
        "城市管理局",
        _SITE,
    ),
    (
        "行政强制",
        "查封、扣押和强制拆除",
        "强制措施的依据、条件、程序，强制执行公告、催告和决定，救济渠道",
        "《中华人民共和国行政强制法》",
        "作出决定之日起7个工作日内",
        "城市管理局",
        _WORKS,
    ),
    (
        "行政检查",
        "双随机、一公开",
        "年度抽查计划、抽查事项清单、抽查结果和处理情况",
        "《国务院关于在市场监管领域全面推行部门联合“双随机、一公开”监管的意见》（国发〔2019〕5号）",
        "检查结束后20个工作日内",
        "城市管理局",
        _SITE,
    ),
    (
        "公共服务",
        "城市道路占用、挖掘施工告知",
        "施工路段、施工时间、施工单位、交通组织和监督电话",
        "《城市道路管理条例》",
        "及时公开",
        "城市管理局",
        _WORKS,
    ),
    (
        "公共服务",
        "城管热线和投诉处理",
        "受理电话、受理范围、办理流程、办理情况统计",
        "《中华人民共和国政府信息公开条例》",
        "每月更新",
        "城市管理局",
        ("政府网站", "两微一端", "12345政务服务热线"),
    ),
)

# What the county added in December 2020: 养老服务 3, 市政服务 2, 户政服务 2 (seven in all).
_ADDED_LATER = frozenset({"养老服务扶持补贴申领信息", "养老机构评估信息", "养老机构行政处罚信息"})
_STREETS = "《城市道路管理条例》、《城市供水条例》"
_REGISTRATION = "《中华人民共和国户口登记条例》、《居住证暂行条例》"
ADDED: tuple[tuple[str, Item], ...] = (
    *(("养老服务", item) for item in ELDERS if item[1] in _ADDED_LATER),
    (
        "市政服务",
        (
            "公用设施服务",
            "供水、供气服务信息",
            "服务范围、收费标准、报装流程、停水停气预告、水质检测结果",
            _STREETS,
            _USUAL,
            "城市管理局",
            _SITE,
        ),
    ),
    (
        "市政服务",
        (
            "公用设施服务",
            "道路照明和排水设施维护",
            "维护单位、报修电话、维护计划和完成情况",
            _STREETS,
            "每季度更新",
            "城市管理局",
            _SITE_AND_PHONE,
        ),
    ),
    (
        "户籍管理",
        (
            "户口登记",
            "户口登记、迁移办事指南",
            "办理条件、申请材料、办理流程、办理时限、办理地点和电话",
            _REGISTRATION,
            _USUAL,
            "公安局",
            _SITE_AND_PHONE,
        ),
    ),
    (
        "户籍管理",
        (
            "居民身份证和居住证",
            "居民身份证、居住证办事指南",
            "办理条件、申请材料、办理流程、收费标准、办理时限",
            _REGISTRATION,
            _USUAL,
            "公安局",
            _SITE_AND_PHONE,
        ),
    ),
)  # fmt: skip

IN_FULL = (("财政预决算", FINANCE), ("养老服务", ELDERS), ("城市综合执法", CITY))
_TO_SOME = {"老年人能力综合评估": "老年人及其家属"}


def county_tables() -> tuple[FieldTable, ...]:
    """Return the county's tables of the three fields."""
    return tuple(
        FieldTable(
            name,
            f"靖安县县级{name}领域基层政务公开标准目录",
            tuple(
                _row(place, item)
                for place, item in enumerate(
                    (item for item in items if item[1] not in _ADDED_LATER), start=1
                )
            ),
        )
        for name, items in IN_FULL
    )


def added_rows() -> tuple[tuple[str, CatalogueRow], ...]:
    """Return what was added to the county's catalogue later, each with the name of its field."""
    return tuple((name, replace(_row(1, item), number="")) for name, item in ADDED)


def town_tables() -> tuple[FieldTable, ...]:
    """Return what townships publish of them: their own budgets and the subsidies they handle."""
    budgets = [item for item in FINANCE if item[0] in ("部门预算", "部门决算")]
    subsidies = [item for item in ELDERS if item[1] == "老年人补贴"]
    return tuple(
        FieldTable(
            name,
            f"靖安县乡镇（街道）级{name}领域基层政务公开标准目录",
            tuple(_row(place, item, town=True) for place, item in enumerate(items, start=1)),
        )
        for name, items in (("财政预决算", budgets), ("养老服务", subsidies))
    )


def workbooks() -> tuple[tuple[str, bytes], ...]:
    """Return the two catalogues as files to import: name and bytes of an .xlsx."""
    return (
        ("靖安县县级标准目录.xlsx", write_catalogue(county_tables())),
        ("靖安县乡镇级标准目录.xlsx", write_catalogue(town_tables())),
    )


def _row(place: int, item: Item, *, town: bool = False) -> CatalogueRow:
    first, second, content, basis, limit, organ, channels = item
    return CatalogueRow(
        number=str(place),
        first_level=first,
        second_level=second,
        content=content,
        basis=basis,
        time_limit=limit,
        organ_words="各乡镇人民政府" if town else organ,
        channels=channels,
        to_all=second not in _TO_SOME,
        to_group=_TO_SOME.get(second, ""),
        at_county=not town,
        at_township=town or "乡镇" in organ,
        village_words="乡、村级" if town and second == "老年人补贴" else "",
    )
