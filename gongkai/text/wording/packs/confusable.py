"""Pairs of words that are both right, each in its own place: the guard tells which place it is."""

from gongkai.text.levels import Level
from gongkai.text.wording.rules import Phrase

_NOW = (
    r"目前|今(?![日天]|年[0-9]*月)|现在|当前|日前|到|(?:20)?[0-9]{2}年|[0-9]{1,2}月[0-9]*日?"
    r"|本|上[年月季]|去年|今年|[年月][底末]|[1-4一二三四]季度"
)
_SITE = (
    r"[一-鿿]{0,10}?(?:网|系统|平台|账[号户]|帐[号户]|APP|app|邮箱|后台|客户端|小程序|公众号|页面"
    r"|http|www|[“《])"
)
_LAWS = r"《?[^，。；《》“”]{0,20}(?:条例|办法|规定|规则|规章|细则|法律|法规)[》的]?"
_HANDLED = (
    "公开|处理|报告|上报|回复|解决|答复|反馈|更新|发布|纠正|整改|总结|处置|救治|拨付|发放|调整"
)


def _pair(
    wrong: str,
    right: str,
    message: str,
    *,
    before: str = "",
    after: str = "",
    not_before: str = "",
    not_after: str = "",
    unless: str = "",
) -> Phrase:
    return Phrase(
        f"confusable.{wrong}.{right}", wrong, right, Level.ADVISORY, message,
        before=before, after=after, not_before=not_before, not_after=not_after, unless=unless,
    )  # fmt: skip


_ACCOUNTS = "号 户 目 本 簿 务 款 单 面 实 龄 册 套 证 表"
_KEEPING = "记 结 报 对 挂 转 台 总 明细 算 欠 坏 入 呆 查 建 公 做 收 销 平"

CONFUSABLE: tuple[Phrase, ...] = (
    _pair(
        "截止", "截至", "“截止”是到期停止，后面不带时间；“截至”是到某时为止",
        before=_NOW, not_after="报名|申请|征集|投标|受理|申报|提交|缴费|登记|公示",
    ),
    _pair("截至", "截止", "期限到期用“截止”", before="日期|时间(?!节)|日(?![前])"),
    _pair(
        "制订", "制定", "法规、规章和规范性文件经法定程序定下用“制定”",
        before=_LAWS, unless="草案|起草|拟",
    ),
    _pair(
        "登陆", "登录", "进入网站、系统用“登录”，“登陆”是由水上上岸",
        before=_SITE, unless="台风",
    ),
    *(
        _pair(f"帐{each}", f"账{each}", "与钱财有关的用“账”", not_after="[蚊营床纱毡]")
        for each in _ACCOUNTS.split()
    ),
    *(
        _pair(f"{each}帐", f"{each}账", "与钱财有关的用“账”", not_before="篷|房|子|中")
        for each in _KEEPING.split()
    ),
    _pair(
        "做为", "作为", "“当作、身为”的意思用“作为”",
        not_after="[叫看当称]", not_before="民(?:服务|办|解|谋|排)",
    ),
    _pair(
        "反应", "反映", "把情况、意见告诉上级或者有关部门用“反映”",
        before="(?:的|了)?(?!强烈|热烈|迅速)[一-鿿]{0,4}(?:问题|情况|诉求|意见|困难)",
        not_after="化学|核|快速|应急|不良|过敏|迅速|连锁|积极|药物|副|免疫|接种",
    ),
    _pair("即使", "及时", "“不拖延”用“及时”", before=_HANDLED, unless="[也都仍亦]|还要|依然"),
    _pair(
        "启示", "启事", "公开声明某事的文书用“启事”",
        after="招聘|招标|招租|征集|寻人|征文|招领|遗失",
    ),
    _pair("公式", "公示", "公开征求意见用“公示”", before="期(?!望)|如下|无异议|公告|名单"),
    _pair("纪录", "记录", "写下来的材料用“记录”", after="会议|谈话|询问|执法|现场"),
    _pair("法制", "法治", "依法治理的状态用“法治”", before="(?:思维|化营商|精神)"),
    _pair(
        "权利", "权力", "机关的职权用“权力”",
        after="行政|执法|审批|公共", not_before="义务|人|救济",
    ),
    _pair("其间", "期间", "前面有具体时段的用“期间”", after="春节|国庆|假日|公示|在此"),
)  # fmt: skip
