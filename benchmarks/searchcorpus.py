"""Government prose by the million, each text made from its number alone, 850 characters on average.

`record(n)` is always the same: the truth of a query set is found by reading all texts, without
any index. Sentences come from patterns of real notices, plans, announcements and answers with
places, people, sums, days and numbers of their own.
"""

import random
from datetime import date, timedelta
from functools import cache

from gongkai.adapters.searchindex.types import Facet, Passage, Record

SCOPE = "county:1"
FIRST = date(2008, 5, 1)
DAYS = (date(2026, 11, 1) - FIRST).days
POOL = 5_000

ORGANS = {
    "靖安县人民政府": ("靖府字", "县政府"),
    "靖安县人民政府办公室": ("靖府办字", "县政府办"),
    "靖安县发展和改革委员会": ("靖发改字", "县发改委"),
    "靖安县教育体育局": ("靖教体字", "县教体局"),
    "靖安县公安局": ("靖公字", "县公安局"),
    "靖安县民政局": ("靖民字", "县民政局"),
    "靖安县财政局": ("靖财字", "县财政局"),
    "靖安县人力资源和社会保障局": ("靖人社字", "县人社局"),
    "靖安县自然资源局": ("靖自然资字", "县自然资源局"),
    "靖安县住房和城乡建设局": ("靖建字", "县住建局"),
    "靖安县交通运输局": ("靖交字", "县交通局"),
    "靖安县水利局": ("靖水字", "县水利局"),
    "靖安县农业农村局": ("靖农字", "县农业农村局"),
    "靖安县卫生健康委员会": ("靖卫健字", "县卫健委"),
    "靖安县应急管理局": ("靖应急字", "县应急局"),
    "靖安县市场监督管理局": ("靖市监字", "县市场监管局"),
    "靖安县医疗保障局": ("靖医保字", "县医保局"),
    "靖安县生态环境局": ("靖环字", "县环境局"),
    "双溪镇人民政府": ("双府发", "双溪镇"),
    "仁首镇人民政府": ("仁府发", "仁首镇"),
    "高湖镇人民政府": ("高府发", "高湖镇"),
    "宝峰镇人民政府": ("宝府发", "宝峰镇"),
}
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜"
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文辉玲红建国志梅兰飞鑫波斌宇浩凯健俊帆雪琳晨璐"
    "欣怡梓涵子轩浩然诗琪思远嘉懿博雅睿渊铭哲瑾瑜"
)
_PLACE_HEADS = "东西南北上下大小新老石青白黄金龙凤马牛梅桂竹松柳沙水云山长高前后中港桥塘洪罗黎塔"
_PLACE_TAILS = "家坪岭溪湖源港桥塘坑背洲埠田湾口垴坳头墩"
_TOPICS_TOLD = """
农村饮水安全 危房改造 城乡居民医疗保险 养老保险缴费 耕地地力保护补贴 义务教育招生
公办幼儿园建设 林地征收 国有土地使用权出让 乡村公路养护 防汛抗旱 森林防火 食品安全抽检
安全生产检查 大气污染防治 生活垃圾分类 污水处理设施 老旧小区改造 保障性住房分配
高标准农田建设 动物疫病防控 残疾人补贴 城乡低保审核 特困人员供养 退役军人优抚
就业创业培训 公务员招录 教师招聘 卫生院改造 疫苗接种 政府采购项目 财政预算公开
决算公开 行政许可事项 行政处罚案件 双随机抽查 营商环境优化 政务服务改革 招商引资奖励
中小企业扶持 旅游景区规划 文物保护单位 非物质文化遗产 公共图书馆服务 全民健身设施
地质灾害防治 水库除险加固 河长制工作 自然保护地 矿产资源开采 殡葬管理改革 地名普查
人口普查 经济普查 电动自行车管理 道路交通安全 校车安全管理 燃气安全整治 消防安全排查
农民工工资清欠
"""
_TOPICS = _TOPICS_TOLD.split()
_ACTIONS_TOLD = """
做好 加强 推进 规范 进一步完善 开展 公布 调整 印发 下达 组织实施 全面启动 深化
落实 督查 公示 征求意见 批准 同意 暂停办理 恢复办理 延长 取消 启用 明确 核定
通报 表彰 转发 废止
"""
_ACTIONS = _ACTIONS_TOLD.split()
_KINDS = ("通知", "公告", "通告", "意见", "方案", "办法", "批复", "通报", "决定", "函")
_CODES = ("notice", "plan", "rule", "reply", "report", "announcement")
_FIELDS = ("chsbz", "ylws", "jycy", "shbz", "zdzs", "spyp")
_SECTIONS = ("zwdt/tzgg", "zfxxgk/zcwj/gfxwj", "zfxxgk/zcwj/qtwj", "zfxxgk/czxx", "zmhd/dcjy")
# Of every kind of text some sentences of its own; words are as rare as they are in an office.
_GENRES = {
    "": (
        "由{organ}牵头，{organ}配合，于{year}年{month}月{day}日前完成。",
        "现将有关事项通知如下，请认真遵照执行。",
        "联系人：{name}，联系电话0795-466{tel}。",
        "{place}、{place}、{place}等地先后作了交流发言。",
        "根据《江西省{topic}管理办法》（赣府厅发〔{year}〕{small}号）有关规定，结合我县实际，制定本方案。",
        "{name}、{name}参加。",
        "截至{year}年{month}月底，累计完成{sum}户，占全年任务的{small}.{digit}%。",
    ),
    "tasks": (
        "各乡镇人民政府、县直各单位要按照职责分工，认真抓好贯彻落实，及时报送工作情况。",
        "要切实加强组织领导，成立由{name}任组长的领导小组，统筹推进{topic}。",
        "对{topic}中存在的突出问题，要建立台账、明确责任、限期整改，确保取得实效。",
        "坚持以人民为中心的发展思想，着力解决群众反映强烈的热点难点问题。",
        "县政府督查室将适时开展专项督查，对推诿扯皮、进展缓慢的予以通报批评。",
    ),
    "projects": (
        "项目总投资{sum}万元，其中中央预算内投资{sum}万元，县级财政配套{sum}万元。",
        "建设地点位于{place}，占地面积{sum}平方米，总建筑面积{sum}平方米。",
        "中标单位为{place}建设工程有限公司，中标价{sum}.{small}元，工期{small}日历天，项目负责人{name}。",
        "{place}至{place}公路全长{small}.{digit}公里，路基宽{digit}.5米，设计时速{small}公里。",
        "投标人应具备市政公用工程施工总承包三级以上资质，并在人员、设备方面具有相应的施工能力。",
    ),
    "benefits": (
        "符合条件的人员可于{month}月{day}日前到{place}便民服务中心提出申请。",
        "申请人应当提交身份证、户口簿、{place}村民委员会证明等材料，并对真实性负责。",
        "经审核，{name}、{name}、{name}等{small}人符合申领条件，现予以公示，公示期为5个工作日。",
        "补贴标准为每人每月{sum}元，通过一卡通按季发放到户。",
        "参保人员在定点医疗机构发生的门诊费用，按百分之{small}的比例报销，年度封顶线{sum}元。",
    ),
    "money": (
        "资金实行专款专用、专账核算，任何单位不得截留、挤占、挪用。",
        "一般公共预算收入{sum}万元，同比增长{small}.{digit}%，其中税收收入{sum}万元。",
        "三公经费支出{sum}元，其中公务接待费{sum}元，公务用车运行维护费{sum}元。",
        "政府性基金预算支出{sum}万元，主要用于偿还专项债券本息。",
    ),
    "land": (
        "征收范围东至{place}，南至{place}，西至{place}，北至{place}，共涉及农户{small}户。",
        "补偿标准为水田每亩{sum}元、旱地每亩{sum}元，青苗补偿费按实际种植情况另行计算。",
        "被征收人对补偿安置方案有异议的，可在公告之日起三十日内申请听证。",
        "宗地编号JA{year}-{small}，出让年限七十年，容积率不大于{digit}.{digit}，起始价{sum}万元。",
    ),
    "safety": (
        "严格执行安全生产责任制，加大隐患排查治理力度，坚决防范和遏制重特大事故发生。",
        "遇{place}站水位超过警戒线{digit}.{digit}米时，立即转移低洼地带群众到安置点。",
        "当事人{name}未取得食品经营许可从事餐饮活动，处罚款人民币{sum}元，没收违法所得{sum}元。",
        "抽检{small}批次，不合格{digit}批次，不合格项目为菌落总数、苯甲酸及其钠盐。",
    ),
    "people": (
        "{name}同志任{organ}党组成员，{name}同志不再担任该职务。",
        "面向社会公开招聘编外人员{small}名，年龄三十五周岁以下，大专以上学历。",
        "笔试成绩占百分之六十，面试成绩占百分之四十，体检标准参照公务员录用执行。",
        "授予{name}、{name}等{small}名同志全县先进个人称号，颁发荣誉证书。",
    ),
    "services": (
        "进一步优化办理流程、压缩办理时限、精简申报材料，推行一次办好、全程网办。",
        "申请政府信息公开的，请填写申请表并注明所需信息的名称、文号或者其他特征性描述。",
        "本办法自{year}年{month}月{day}日起施行，有效期五年，由{organ}负责解释。",
        "充分利用广播、电视、微信公众号等媒体广泛宣传，营造良好的社会氛围。",
    ),
}


_ABOUT = tuple(genre for genre in _GENRES if genre)
_SIZES = (2, 40, 8)  # sentences of the text's own kind: fewest, most, commonest


@cache
def _people() -> tuple[str, ...]:
    chance = random.Random(7)
    return tuple(
        chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2))))
        for _ in range(20_000)
    )


@cache
def places() -> tuple[str, ...]:
    """Return the names of villages."""
    chance = random.Random(8)
    heads = (chance.choice(_PLACE_HEADS) + chance.choice(_PLACE_HEADS) for _ in range(2_000))
    return tuple(dict.fromkeys(head + chance.choice(_PLACE_TAILS) for head in heads))


def _sentence(chance: random.Random, genre: str) -> str:
    text = chance.choice(_GENRES[genre])
    while "{" in text:
        head, _, rest = text.partition("{")
        slot, _, tail = rest.partition("}")
        text = head + _filled(slot, chance) + tail
    return text


def _filled(slot: str, chance: random.Random) -> str:
    if slot in ("name", "topic", "organ", "place"):
        return chance.choice(
            {"name": _people(), "topic": _TOPICS, "organ": tuple(ORGANS), "place": places()}[slot]
        )
    low, high = {
        "sum": (10, 99_999), "small": (1, 120), "year": (2008, 2026), "month": (1, 12),
        "day": (1, 28), "digit": (1, 9), "tel": (1000, 9999),
    }[slot]  # fmt: skip
    return str(chance.randint(low, high))


@cache
def _pool(genre: str) -> tuple[str, ...]:
    chance = random.Random(f"sentences of {genre}")
    return tuple(_sentence(chance, genre) for _ in range(POOL))


def person(number: int) -> str:
    """Return a person's name, of 20,000."""
    return _people()[number % len(_people())]


def record(number: int) -> Record:
    """Return the text of this number."""
    chance = random.Random(number)
    organ = chance.choice(tuple(ORGANS))
    mark, short = ORGANS[organ]
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    place, topic = chance.choice(places()), chance.choice(_TOPICS)
    action, kind = chance.choice(_ACTIONS), chance.choice(_KINDS)
    genre = chance.choice(_ABOUT)
    own = [_sentence(chance, genre) for _ in range(3)]
    size = int(chance.triangular(*_SIZES))
    shared = chance.choices(_pool(genre), k=size) + chance.choices(_pool(""), k=size // 3)
    chance.shuffle(shared)
    sentences = [f"为{action}{place}{topic}工作，{kind}如下。", *shared, *own]
    body = "\n".join("".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))
    passages = ()
    if number % 5 == 0:
        passages = tuple(
            Passage(f"附件1 第{page}页", "".join(chance.choices(_pool("money"), k=4)))
            for page in (1, 2)
        )
    return Record(
        key=f"disclosure:{number}",
        scope=SCOPE,
        title=f"{organ}关于{action}{place}{topic}工作的{kind}",
        address=f"/zwdt/tzgg/{day.year}/{number}.html",
        published_on=day,
        body=body,
        number=f"{mark}〔{day.year}〕{chance.randint(1, 400)}号" if number % 4 else "",
        organ=organ,
        names=(short,),
        passages=passages,
        facets={
            Facet.ORGAN: (organ,),
            Facet.SUBJECT: (f"{chance.randint(2, 12):02}0{chance.randint(1, 5)}",),
            Facet.YEAR: (str(day.year),),
            Facet.KIND: (chance.choice(_CODES),),
            Facet.VALIDITY: (chance.choice(("valid", "valid", "repealed", "unset")),),
            Facet.FIELD: (chance.choice(_FIELDS),),
            Facet.SECTION: (chance.choice(_SECTIONS),),
        },
    )
