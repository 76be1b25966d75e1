"""What the reference county's organs say of themselves in the demo: duties, bodies, hours.

The duties are those that such organs have everywhere; phones and mail are invented, and no head is
named.
"""

from gongkai.demo.county import ADDRESS, COUNTY_CODE, DEPARTMENTS, OFFICE_CODE, TOWNSHIPS

HOURS = "工作日 8:30—12:00，14:30—17:30（夏令时 15:00—18:00）（演示）"
POSTCODE = "330600"

_DUTIES = {
    "fgw": "拟订并组织实施发展规划；监测经济运行；审批、核准、备案固定资产投资项目；管理价格",
    "jtj": "管理全县基础教育、职业教育和体育工作；指导学校安全；组织招生考试；管理教师队伍",
    "gxj": "监测工业经济运行；推进工业技术改造和信息化；服务中小企业和非公有制经济发展",
    "gaj": "维护社会治安秩序；预防、制止和侦查违法犯罪；管理户籍、交通安全和出入境事务",
    "mzj": "管理最低生活保障、特困人员供养和临时救助；推进养老服务；管理婚姻登记、殡葬和社会组织",
    "sfj": "推进依法行政和法治宣传；负责规范性文件审核、行政复议；管理法律援助、公证和社区矫正",
    "czj": "管理县级财政收支，编制预决算草案并组织执行；管理政府债务、政府采购和国有资产",
    "rsj": "促进就业创业；管理社会保险；指导事业单位人事管理；调解仲裁劳动人事争议",
    "zrzyj": "编制国土空间规划；管理土地、矿产资源和不动产登记；组织土地征收；防治地质灾害",
    "zjj": "管理住房保障、房地产市场和建筑市场；监督工程质量安全；指导村镇建设和老旧小区改造",
    "jtysj": "规划、建设和养护公路；管理道路、水路运输市场；监督交通运输安全",
    "slj": "管理水资源和河道；建设、管理水利工程；防御水旱灾害；保障农村饮水安全",
    "nyncj": "推进乡村振兴；管理种植业、畜牧业和渔业；管理农村宅基地；监督农产品质量安全",
    "swj": "促进消费和对外贸易；管理成品油、酒类流通和电子商务；组织招商引资",
    "wglj": "管理文化、广播电视、文物和旅游工作；推进公共文化服务；培育全域旅游",
    "wjw": "管理公共卫生和医疗服务；防控传染病；实施生育政策；监督医疗机构",
    "tyjr": "接收安置退役军人；落实优待抚恤政策；组织拥军优属和烈士褒扬",
    "yjj": "监督安全生产；组织防灾减灾救灾和应急救援；管理危险化学品和非煤矿山安全",
    "sjj": "审计县级预算执行、财政收支、政府投资项目和领导干部经济责任",
    "scjg": "登记市场主体；监管食品、药品、特种设备和产品质量；查处不正当竞争；保护消费者权益",
    "tjj": "组织统计调查和普查；发布统计数据；监督统计执法",
    "ybj": "管理医疗保险、生育保险和医疗救助；管理医保基金；监督定点医药机构",
    "lyj": "管理森林、湿地和野生动植物资源；组织造林绿化和森林防火；推进林权改革",
    "cgj": "管理市容环境卫生、市政设施和园林绿化；综合行使城市管理领域行政处罚权",
    "xzsp": "集中行使划转的行政许可权；管理政务服务大厅和网上办事；推进政务服务标准化",
    "xfj": "受理来信来访；协调督办信访事项；分析信访形势",
    "fpb": "统筹巩固拓展脱贫攻坚成果；管理衔接资金项目",
    "jrb": "协调金融机构服务地方发展；防范和处置非法集资",
    "sthj": "监督管理大气、水、土壤环境；审批建设项目环境影响评价；查处环境违法行为",
    "gyyq": "规划、建设和管理工业园区；服务入园企业；管理园区安全生产和环境保护",
    "gxs": "组织农资供应和农产品流通；指导基层供销社改革",
    "dsb": "编纂地方志和年鉴；征集、保存地情资料",
}
_COUNTY = (
    "执行上级国家行政机关的决定和命令，执行本级人民代表大会的决议；领导所属各工作部门和乡镇人民政府的工作；"
    "执行国民经济和社会发展计划、预算；管理本行政区域内的经济、教育、科学、文化、卫生、体育、城乡建设、"
    "财政、民政、公安、司法行政等行政工作"
)
_OFFICE = (
    "协助县政府领导组织起草、审核以县政府和县政府办公室名义发布的公文；督促检查县政府决定事项的落实；"
    "推进、指导、协调、监督全县政府信息公开工作；负责县政府值班和应急信息报送"
)
_TOWN = (
    "执行本级人民代表大会的决议和上级国家行政机关的决定、命令；管理本乡镇的经济、教育、文化、卫生、"
    "财政、民政、公共安全等行政工作；推进乡村振兴；受理群众办事事项"
)
_BODIES = "办公室、政策法规股、业务股、财务股"
_TOWN_BODIES = "党政综合办公室、经济发展办公室、社会事务办公室、便民服务中心、综合行政执法队"


def pages() -> list[tuple[str, dict[str, str]]]:
    """Return each organ's code with the texts of its page."""
    found = [(COUNTY_CODE, _page(_COUNTY, "办公室及各工作部门")), (OFFICE_CODE, _page(_OFFICE))]
    found += [(each.code, _page(_DUTIES[each.code])) for each in DEPARTMENTS]
    found += [(each.code, _page(_TOWN, _TOWN_BODIES)) for each in TOWNSHIPS]
    return found


def _page(duties: str, bodies: str = _BODIES) -> dict[str, str]:
    return {
        "duties": "".join(f"<p>{duty}。</p>" for duty in duties.split("；")),
        "internal_bodies": "".join(f"<p>{body}</p>" for body in bodies.split("、")),
        "hours": HOURS,
        "ogi_body": "办公室（政务公开）",
        "ogi_address": ADDRESS,
        "ogi_phone": "0795-4660000",
        "ogi_fax": "0795-4660001",
        "ogi_email": "xxgk@example.com",
        "postcode": POSTCODE,
    }
