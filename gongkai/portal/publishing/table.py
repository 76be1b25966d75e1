"""Which pages show what a verb changes: the table of dependencies, as data.

A page kind is made anew when one of its `shows` is touched; a verb of the audit log touches what
`touched_by` says. A change of the frame (menu, footer, columns that have something) is found by
comparing the frame itself, not by verbs. `docs/handbook/publish-site.md` draws this table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from gongkai.audit import word


class Shows(Enum):
    """What a page shows of the records."""

    ENTRY = "这条信息"
    RECORD = "所属的政策文件、解读或者征集"
    ITEMS = "标准目录"
    ORGANS = "机关的职能、联系方式和指南"
    LIBRARY = "政策文件库"
    GAZETTE = "政府公报"
    REPORTS = "年度报告"
    MEDIA = "政务新媒体账号"
    SERVICES = "政务服务事项、惠企政策兑现和专区"
    PROPOSALS = "建议提案"
    MESSAGES = "公开的留言和领导信箱"
    SURVEYS = "网上调查"
    RESULTS = "公布的考核结果和社会评议"
    URGENT = "紧急提示"
    HOTLINE = "公开的热线工单"
    TEXTS = "栏目文字页面"
    FRAME = "页头、导航、页脚和栏目设置"


@dataclass(frozen=True, slots=True)
class PageKind:
    """One kind of pages: its name, where it stands, what it shows; `daily` when days change it."""

    key: str
    label: str
    at: str
    shows: frozenset[Shows]
    daily: bool = False


def _kind(key: str, label: str, at: str, *shows: Shows, daily: bool = False) -> PageKind:
    return PageKind(key, label, at, frozenset({*shows, Shows.FRAME}), daily)


KINDS: Mapping[str, PageKind] = {
    kind.key: kind
    for kind in (
        _kind(
            "documents",
            "信息正文和附件",
            "/{栏目}/{年月}/{编号}.html",
            *(Shows.ENTRY, Shows.RECORD),
        ),
        _kind(
            "records",
            "政策文件、解读、征集的正文",
            "/{栏目}/{年月}/{编号}.html",
            *(Shows.RECORD,),
            daily=True,
        ),
        _kind(
            "lists",
            "栏目列表、年份、订阅、JSON、CSV",
            "/{栏目}/、/{栏目}/{页}.html、/{栏目}/{年}/、feed.xml、list.json、{年}/list.csv",
            *(Shows.ENTRY,),
        ),
        _kind("groups", "上级栏目", "/{栏目}/", Shows.ENTRY),
        _kind(
            "organs",
            "机关页面、指南、目录、栏目",
            "/zwgk/jg/{机关}/",
            *(Shows.ENTRY, Shows.ORGANS, Shows.REPORTS),
            daily=True,
        ),
        _kind(
            "home",
            "首页",
            "/",
            *(Shows.ENTRY, Shows.REPORTS, Shows.ORGANS, Shows.MEDIA, Shows.URGENT),
        ),
        _kind(
            "urgent", "紧急提示和各网页读取的提示清单", "/jinji/、/jinji/list.json", Shows.URGENT
        ),
        _kind("guides", "公开指南、名录", "/zwgk/zfxxgkzn/、/zwgk/jg/", Shows.ORGANS, daily=True),
        _kind("fields", "基层政务公开标准目录", "/zwgk/jczwgk/", Shows.ITEMS, daily=True),
        _kind("library", "政策文件库首页和数据", "/zwgk/zcwjk/", Shows.LIBRARY, daily=True),
        _kind("gazette", "政府公报", "/zwgk/zfgb/", Shows.GAZETTE),
        _kind("reports", "年度报告", "/zwgk/xxgknb/、/zwgk/wzndbb/", Shows.REPORTS),
        _kind("media", "政务新媒体", "/zwgk/zwxmt/", Shows.MEDIA),
        _kind(
            "services",
            "政务服务事项列表、大厅、惠企政策兑现、专区",
            "/zwgk/zwfwsx/、/zwgk/hqzcdx/、/zwgk/zqml/",
            *(Shows.SERVICES,),
            daily=True,
        ),
        _kind(
            "service-guides",
            "办事指南",
            "/zwgk/zwfwsx/{编号}.html",
            *(Shows.SERVICES,),
            daily=True,
        ),
        _kind(
            "proposals",
            "建议提案办理情况",
            "/zwgk/jytabl/、/zwgk/jytabl/{年}/",
            *(Shows.ENTRY, Shows.PROPOSALS),
        ),
        _kind(
            "messages",
            "咨询投诉、领导信箱",
            "/hdjl/liuyan/、/hdjl/xinxiang/",
            *(Shows.MESSAGES,),
            daily=True,
        ),
        _kind("surveys", "网上调查", "/hdjl/wsdc/", Shows.SURVEYS, daily=True),
        _kind(
            "results",
            "政务公开考核、社会评议",
            "/zwgk/kaohe/、/zwgk/shpy/",
            *(Shows.RESULTS,),
        ),
        _kind("hotline", "12345热线、公开的工单", "/hdjl/rexian/", Shows.HOTLINE),
        _kind("texts", "栏目文字页面", "/{栏目}/", Shows.TEXTS),
        _kind("maps", "网站地图", "/wzdt/、/sitemap-{号}.xml、/robots.txt", Shows.ENTRY),
        _kind("catalog", "数据目录", "/data/catalog.jsonld"),
    )
}

_ENTRY = frozenset({Shows.ENTRY, Shows.RECORD})
_RECORD = frozenset({Shows.RECORD, Shows.LIBRARY})
_FRAME = frozenset({Shows.FRAME})
_ITEMS = frozenset({Shows.ITEMS})
_MEDIA = frozenset({Shows.MEDIA})
_SERVICES = frozenset({Shows.SERVICES})
# Verbs of the service hall that the public sees; drafts and the judging of cases are none.
_HALL = (
    *("import_items", "change_item", "suspend", "resume", "cancel", "move_in", "move_out"),
    *("publish", "open_hall", "change_hall", "close_hall", "move_organ_in", "move_organ_out"),
    *("open_window", "close_window", "write_policy", "publish_policy", "end_policy"),
    *("put_on_notice", "refuse", "pay", "open_zone", "change_zone", "close_zone"),
)
_PROPOSAL = frozenset({Shows.RECORD, Shows.PROPOSALS})
_MESSAGES = frozenset({Shows.MESSAGES})
_MESSAGE = frozenset({Shows.MESSAGES, Shows.RECORD})
_SURVEYS = frozenset({Shows.SURVEYS})
_RESULTS = frozenset({Shows.RESULTS})
_URGENT = frozenset({Shows.URGENT})
_ORDER = frozenset({Shows.HOTLINE, Shows.RECORD})
_NOTHING: frozenset[Shows] = frozenset()

# Verbs of a chapter of `CHAPTERS` that nevertheless change nothing of what the public sees.
_SILENT = tuple(
    f"engagement.{verb}"
    for verb in (
        *("report_error", "pass_on", "answer_error", "show_contact", "show_commenter"),
        *("pass_message_on", "set_message_term", "show_asker", "erase_contacts", "reseal"),
        *("export_own_data", "correct_asker", "forget_asker"),
        *("draft_survey", "change_survey", "answer_survey", "ask_question", "record_exchange"),
        *("collect_opinion", "consult_on_opinion", "judge_opinion", "respond_to_opinion"),
        *("set_opinion_aside", "evaluate_opinion"),
    )
)
# Verbs of one chapter that change what the public sees. Those not named change nothing of it.
VERBS: Mapping[str, frozenset[Shows]] = {
    "disclosure.publish": _ENTRY,
    "disclosure.withdraw": _ENTRY,
    "disclosure.link_item": _ITEMS,
    "disclosure.unlink_item": _ITEMS,
    "disclosure.found_catalogue": _ITEMS,
    "disclosure.close_catalogue": _ITEMS,
    "disclosure.add_field": _ITEMS,
    "disclosure.change_field": _ITEMS,
    "disclosure.close_field": _ITEMS,
    "disclosure.add_item": _ITEMS,
    "disclosure.change_item": _ITEMS,
    "disclosure.close_item": _ITEMS,
    "disclosure.assign_organs": _ITEMS,
    "disclosure.import_catalogue": _ITEMS,
    "disclosure.open_section": _FRAME,
    "disclosure.change_section": _FRAME,
    "disclosure.close_section": _FRAME,
    "disclosure.seed_sections": _FRAME,
    "disclosure.import_entries": _FRAME,
    "disclosure.relink_imported": _FRAME,
    "disclosure.change_organ_page": frozenset({Shows.ORGANS}),
    "disclosure.confirm_guide": frozenset({Shows.ORGANS}),
    "orgs.establish": _FRAME,
    "orgs.amend": _FRAME,
    "orgs.rename": _FRAME,
    "orgs.abolish": _FRAME,
    "orgs.succeed": _FRAME,
    "portal.open_site": _FRAME,
    "annualreport.publish": frozenset({Shows.REPORTS}),
    "annualreport.correct": frozenset({Shows.REPORTS}),
    "inspections.publish_bulletin": _FRAME,
    "inspections.unpublish_bulletin": _FRAME,
    "inspections.publish_site_year": frozenset({Shows.REPORTS}),
    "inforequests.set_office": frozenset({Shows.ORGANS}),
    "engagement.send_message": _MESSAGES,
    "engagement.answer_message": _MESSAGES,
    "engagement.decline_message": _MESSAGES,
    "engagement.publish_message": _MESSAGE,
    "engagement.take_message_off": _MESSAGE,
    "engagement.open_mailbox": _MESSAGES,
    "engagement.close_mailbox": _MESSAGES,
    "engagement.open_survey": _SURVEYS,
    "engagement.extend_survey": _SURVEYS,
    "engagement.publish_results": _SURVEYS | _RESULTS,
    "engagement.cancel_survey": _SURVEYS,
    "engagement.raise_banner": _URGENT,
    "engagement.lift_banner": _URGENT,
    **dict.fromkeys(_SILENT, _NOTHING),
    "hotline.publish": _ORDER,
    "hotline.unpublish": _ORDER,
    "newmedia.register": _MEDIA,
    "newmedia.open": _MEDIA,
    "newmedia.change": _MEDIA,
    "newmedia.mark_main": _MEDIA,
    "newmedia.close": _MEDIA,
    **{f"servicehall.{verb}": _SERVICES for verb in _HALL},
    "proposals.amend": _PROPOSAL,
    "proposals.assign": _PROPOSAL,
    "proposals.rate": _PROPOSAL,
    "proposals.redo": _PROPOSAL,
    "proposals.close": _PROPOSAL,
    "proposals.follow_up": _PROPOSAL,
    "oversight.publish_ranking": _RESULTS,
    "oversight.unpublish_ranking": _RESULTS,
    "oversight.mark_evaluation": _SURVEYS | _RESULTS,
    "policy.publish_issue": frozenset({Shows.GAZETTE}),
}
# Chapters whose every other verb may change the stamp, the days or the kin of its record's page.
CHAPTERS: Mapping[str, frozenset[Shows]] = {"policy": _RECORD, "engagement": _RECORD}
_CHAPTERS_SAID = {"policy": "政策文件的其他操作", "engagement": "征集、访谈和常见问题的操作"}


def touched_by(verb: str) -> frozenset[Shows]:
    """Return what a verb of the audit log changes of what the public sees."""
    if verb in VERBS:
        return VERBS[verb]
    return CHAPTERS.get(verb.partition(".")[0], _NOTHING)


def drawn() -> str:
    """Return the table as Markdown, for the handbook; verbs as the log says them."""
    lines = ["| 网页 | 位置 | 随什么更新 | 每日更新 |", "|---|---|---|---|"]
    for kind in KINDS.values():
        shown = "、".join(each.value for each in Shows if each in kind.shows)
        lines.append(f"| {kind.label} | `{kind.at}` | {shown} | {'是' if kind.daily else ''} |")
    lines += ["", "| 内容 | 引起更新的操作 |", "|---|---|"]
    for each in Shows:
        said = [word(name) for name, shown in VERBS.items() if each in shown]
        said += [_CHAPTERS_SAID[name] for name, shown in CHAPTERS.items() if each in shown]
        said += ["在页面管理中发布、撤回、移动、删除文字页面"] if each is Shows.TEXTS else []
        lines.append(f"| {each.value} | {'、'.join(said)} |")
    return "\n".join(lines)
