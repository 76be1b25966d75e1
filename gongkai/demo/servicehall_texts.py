"""What the demo's service items, policies and zones are called; made up, of the usual kind."""

from gongkai.servicehall.actions import FulfilmentWay, ItemKind

# Subjects of each department that has moved into the hall.
SUBJECTS: dict[str, tuple[str, ...]] = {
    "fgw": ("企业投资项目", "政府投资项目", "粮食收购", "节能审查"),
    "jtj": ("民办学校", "教师资格", "校车使用", "体育经营"),
    "gxj": ("工业项目", "技术改造项目", "民用爆炸物品", "中小企业服务"),
    "gaj": ("户口", "机动车", "大型活动", "特种行业"),
    "mzj": ("社会团体", "民办非企业单位", "殡葬设施", "养老服务"),
    "sfj": ("律师执业", "公证机构", "法律援助", "基层法律服务"),
    "czj": ("代理记账", "政府采购", "非税票据", "国有资产"),
    "rsj": ("劳务派遣", "人力资源服务", "社会保险", "职业技能"),
    "zrzyj": ("建设用地", "不动产", "采矿", "测绘"),
    "zjj": ("建筑工程施工", "商品房预售", "城镇燃气", "物业服务"),
    "jtysj": ("道路运输", "公路路政", "船舶", "驾驶员培训"),
    "slj": ("取水", "水土保持方案", "河道管理", "水利工程"),
    "nyncj": ("种子生产经营", "动物防疫", "农药经营", "渔业养殖"),
    "swj": ("成品油零售", "对外贸易", "拍卖业务", "单用途预付卡"),
    "wglj": ("文物保护", "营业性演出", "旅行社", "广播电视"),
    "wjw": ("医疗机构", "护士执业", "公共场所卫生", "放射诊疗"),
    "tyjr": ("退役军人优待", "烈士褒扬", "军人抚恤", "退役安置"),
    "yjj": ("危险化学品", "烟花爆竹", "矿山安全", "安全评价"),
    "scjg": ("市场主体", "食品经营", "药品经营", "特种设备"),
    "ybj": ("医疗保险", "生育保险", "医疗救助", "定点医药机构"),
    "lyj": ("林木采伐", "林地使用", "野生动物", "森林防火"),
    "cgj": ("城市道路占用", "户外广告", "建筑垃圾", "城市绿化"),
    "xzsp": ("建设项目联合审批", "中介服务机构", "投资项目代办", "综合窗口"),
    "xfj": ("信访事项", "信访复查", "人民建议", "信访档案"),
    "fpb": ("扶贫项目", "小额信贷", "雨露计划", "扶贫车间"),
    "jrb": ("小额贷款公司", "融资担保", "地方金融组织", "企业上市"),
    "sthj": ("排污", "环境影响评价", "危险废物", "辐射安全"),
    "gyyq": ("入园项目", "园区企业服务", "标准厂房", "园区用工"),
    "gxs": ("再生资源回收", "农资供应", "农民合作社", "农产品流通"),
    "sjj": ("审计事项", "内部审计", "审计整改", "审计档案"),
}
LICENCES = (
    *("核发", "变更", "延续", "注销", "补办", "换发", "暂停", "恢复"),
    *("名称变更", "地址变更", "负责人变更", "范围变更"),
)
POWERS: tuple[tuple[str, ItemKind], ...] = (
    ("确认", ItemKind.CONFIRMATION),
    ("备案", ItemKind.OTHER_POWER),
    ("登记", ItemKind.CONFIRMATION),
    ("资格认定", ItemKind.CONFIRMATION),
    ("奖励", ItemKind.REWARD),
    ("补助给付", ItemKind.PAYMENT),
    ("纠纷裁决", ItemKind.RULING),
    ("年度报告", ItemKind.OTHER_POWER),
)
SERVICES = ("信息查询", "政策咨询", "证明开具", "培训报名", "名单公示")
THEMES = ("g13", "g15", "f01", "f02", "f15", "f23", "g07", "f08")

# Policies: name, number, organ, then clauses: name, way, standard, weight of its cases.
POLICIES: tuple[tuple[str, str, str, tuple[tuple[str, FulfilmentWay, str, int], ...]], ...] = (
    (
        "关于支持工业企业高质量发展的若干政策",
        "靖府发〔2020〕3号",
        "gxj",
        (
            ("技术改造设备补助", FulfilmentWay.EXAMINED, "按设备投资额的8%补助", 60),
            ("企业上规入统奖励", FulfilmentWay.UNASKED, "首次入统奖励10万元", 25),
            ("标准厂房租金补贴", FulfilmentWay.EXAMINED, "按租赁面积补贴，不超过三年", 40),
        ),
    ),
    (
        "关于应对疫情支持企业稳岗用工的政策",
        "靖府办发〔2020〕6号",
        "rsj",
        (
            ("稳岗返还", FulfilmentWay.UNASKED, "按上年度实际缴纳失业保险费的一定比例返还", 70),
            ("新增用工奖励", FulfilmentWay.AT_ONCE, "每新增一人奖励500元", 30),
        ),
    ),
    (
        "关于促进招商引资的若干规定",
        "靖府发〔2019〕12号",
        "swj",
        (("固定资产投资奖励", FulfilmentWay.EXAMINED, "按协议约定兑现", 30),),
    ),
)
