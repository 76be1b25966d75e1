"""The columns whose contents are records: each with its fixed address, name and tags."""

from dataclasses import dataclass

from gongkai.portal import offices, reports
from gongkai.portal.models import ColumnType


@dataclass(frozen=True, slots=True)
class RecordColumn:
    """A column whose contents are records; the tags are those of 国办发〔2017〕47号."""

    slug: str
    parent: str
    title: str
    url: str
    description: str
    keywords: str
    kind: ColumnType


ANNUAL_REPORTS = RecordColumn(
    slug="xxgknb",
    parent="zwgk",
    title="政府信息公开工作年度报告",
    url=reports.ADDRESS,
    description="县人民政府及其部门、乡镇人民政府历年的政府信息公开工作年度报告。",
    keywords="政府信息公开，年度报告",
    kind=ColumnType.OTHER,
)


REQUESTS = RecordColumn(
    slug="ysqgk",
    parent="zwgk",
    title="依申请公开",
    url=offices.ADDRESS,
    description="申请获取没有主动公开的政府信息：指南、流程图、在线申请、申请表、结果查询和统计。",
    keywords="依申请公开，政府信息公开申请，在线申请",
    kind=ColumnType.OTHER,
)
GUIDE = RecordColumn(
    slug="zfxxgkzn",
    parent="zwgk",
    title="政府信息公开指南",
    url="/zwgk/zfxxgkzn/",
    description="政府信息的分类、编排和获取方式，各机关公开工作机构的地址、电话和办公时间。",
    keywords="政府信息公开指南，公开目录，联系方式",
    kind=ColumnType.OVERVIEW,
)
ORGANS = RecordColumn(
    slug="jg",
    parent="zwgk",
    title="部门和乡镇信息公开",
    url="/zwgk/jg/",
    description="县政府部门和乡镇人民政府的职能、联系方式、公开指南和主动公开的信息。",
    keywords="政府部门，乡镇，机构职能，联系方式",
    kind=ColumnType.ORGANS,
)
FIELDS = RecordColumn(
    slug="jczwgk",
    parent="zwgk",
    title="基层政务公开标准目录",
    url="/zwgk/jczwgk/",
    description="各领域应当公开的事项、内容、依据、时限和主体，每个事项链接到已经公开的内容。",
    keywords="基层政务公开，标准化规范化，标准目录",
    kind=ColumnType.OTHER,
)
LIBRARY = RecordColumn(
    slug="zcwjk",
    parent="zwgk",
    title="政策文件库",
    url="/zwgk/zcwjk/",
    description="县政府、部门和乡镇的政策文件，按机关、主题、年份、文号和有效性查找，可以查某一天有效的文件。",
    keywords="政策文件库，行政规范性文件，有效性",
    kind=ColumnType.POLICY,
)
GAZETTE = RecordColumn(
    slug="zfgb",
    parent="zwgk",
    title="政府公报",
    url="/zwgk/zfgb/",
    description="县人民政府公报各期，刊登的文本是标准文本，可以在线阅读和下载。",
    keywords="政府公报，标准文本",
    kind=ColumnType.POLICY,
)
BULLETINS = RecordColumn(
    slug="tongbao",
    parent="zwgk",
    title="通报",
    url="/zwgk/tongbao/",
    description="全县政务公开、政府网站和政务新媒体检查情况的通报。",
    keywords="检查情况通报，政府网站抽查，政务新媒体检查",
    kind=ColumnType.OTHER,
)
APPRAISALS = RecordColumn(
    slug="kaohe",
    parent="zwgk",
    title="政务公开考核",
    url="/zwgk/kaohe/",
    description="县政府部门、乡镇人民政府政务公开工作考核的名次、总分和等次。",
    keywords="政务公开，政府信息公开，考核，排名",
    kind=ColumnType.OTHER,
)
EVALUATIONS = RecordColumn(
    slug="shpy",
    parent="zwgk",
    title="社会评议",
    url="/zwgk/shpy/",
    description="公众对县政府部门、乡镇人民政府政务公开工作的评议结果。",
    keywords="政务公开，社会评议，满意度",
    kind=ColumnType.OTHER,
)
SITE_YEARS = RecordColumn(
    slug="wzndbb",
    parent="zwgk",
    title="政府网站工作年度报表",
    url="/zwgk/wzndbb/",
    description="县内政府网站历年的工作年度报表：访问、信息发布、解读回应、办事服务、互动交流和安全防护。",
    keywords="政府网站，工作年度报表，网站年报",
    kind=ColumnType.OTHER,
)
MEDIA = RecordColumn(
    slug="zwxmt",
    parent="zwgk",
    title="政务新媒体",
    url="/zwgk/zwxmt/",
    description="县政府、部门和乡镇在微信、微博等平台开设的账号，可以直接打开。",
    keywords="政务新媒体，微信公众号，政务微博",
    kind=ColumnType.OTHER,
)
MESSAGES = RecordColumn(
    slug="liuyan",
    parent="hdjl",
    title="咨询投诉",
    url="/hdjl/liuyan/",
    description="向县政府、部门和乡镇咨询、求助、投诉、提建议，不用注册；已经答复并同意公开的可以查阅。",
    keywords="咨询投诉，来信留言，政民互动",
    kind=ColumnType.INTERACTION,
)
MAILBOXES = RecordColumn(
    slug="xinxiang",
    parent="hdjl",
    title="领导信箱",
    url="/hdjl/xinxiang/",
    description="给县政府领导写信。",
    keywords="领导信箱，县长信箱",
    kind=ColumnType.INTERACTION,
)
SURVEYS = RecordColumn(
    slug="wsdc",
    parent="hdjl",
    title="网上调查",
    url="/hdjl/wsdc/",
    description="县政府、部门和乡镇正在进行的调查和已经公布的结果。",
    keywords="网上调查，民意调查，问卷",
    kind=ColumnType.INTERACTION,
)
HOTLINE = RecordColumn(
    slug="rexian",
    parent="hdjl",
    title="12345热线",
    url="/hdjl/rexian/",
    description="咨询、求助、投诉、举报和建议的网上提交和查询，公开的热线工单和答复。",
    keywords="12345，政务服务便民热线，诉求，投诉举报，建议",
    kind=ColumnType.INTERACTION,
)
PROPOSALS = RecordColumn(
    slug="jytabl",
    parent="zwgk",
    title="建议提案办理情况",
    url="/zwgk/jytabl/",
    description="人大建议、政协提案的答复：编号、案由、提出人、主办单位、答复日期和办理结果，按年度查阅。",
    keywords="人大建议，政协提案，办理结果，答复",
    kind=ColumnType.OTHER,
)
SERVICES = RecordColumn(
    slug="zwfwsx",
    parent="zwgk",
    title="政务服务事项",
    url="/zwgk/zwfwsx/",
    description="政务服务事项的办事指南：条件、材料、流程、时限、地点和电话，按个人、企业、主题和部门查找。",
    keywords="政务服务事项，办事指南，办事服务",
    kind=ColumnType.SERVICE,
)
FULFILMENT = RecordColumn(
    slug="hqzcdx",
    parent="zwgk",
    title="惠企政策兑现",
    url="/zwgk/hqzcdx/",
    description="惠企政策的申报条件、兑现标准，正在公示的兑现名单和历年兑现结果。",
    keywords="惠企政策，政策兑现，公示",
    kind=ColumnType.SERVICE,
)
ZONES = RecordColumn(
    slug="zqml",
    parent="zwgk",
    title="政务公开专区名录",
    url="/zwgk/zqml/",
    description="政务服务中心、便民服务中心、图书馆、档案馆等处的政务公开专区：地址、开放时间和服务。",
    keywords="政务公开专区，政务公开体验区",
    kind=ColumnType.SERVICE,
)
COMPLAINTS = RecordColumn(
    slug="tsjb",
    parent="zwgk",
    title="信息公开投诉举报",
    url="/zwgk/tsjb/",
    description="认为行政机关没有按照要求主动公开政府信息、没有依法答复公开申请的，可以投诉、举报和查询结果。",
    keywords="政府信息公开，投诉，举报，监督",
    kind=ColumnType.INTERACTION,
)
RECORD_COLUMNS = (
    GUIDE,
    REQUESTS,
    COMPLAINTS,
    ANNUAL_REPORTS,
    SITE_YEARS,
    ORGANS,
    FIELDS,
    LIBRARY,
    GAZETTE,
    BULLETINS,
    APPRAISALS,
    EVALUATIONS,
    MEDIA,
    PROPOSALS,
    MESSAGES,
    MAILBOXES,
    SURVEYS,
    HOTLINE,
    SERVICES,
    FULFILMENT,
    ZONES,
)
