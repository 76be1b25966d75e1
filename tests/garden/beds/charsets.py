"""Encodings: pages that do not say what they are, or say something else, and old ones that do."""

# ruff: noqa: E501 - rows of data, one a line

from tests.garden.ground import Plan, Site, ago
from tests.garden.seeds import identity_number
from tests.garden.shell import Script
from tests.garden.sites import article, column, portal

WORDS = "<p>青禾县政务公开办公室负责受理咨询。</p>"
BIG5_WORDS = "<p>本頁提供繁體中文說明，歡迎查詢。</p>"


def plant(plan: Plan) -> None:
    """Plant pages in many encodings, each an article of its own."""
    site = portal(plan)
    column(site, "/bm/", "历年资料", "其他", level=2)
    _faults(plan, site)
    _inside(plan, site)
    _likes(plan, site)


def _lay(site: Site, slug: str, title: str, script: Script, body: str = WORDS) -> str:
    """Lay an article in a script; in BIG5 what it lacks is written as references."""
    into = site.columns["/bm/"]
    if script.charset != "big5":
        return site.at(article(site, into, slug, title, body, script=script))
    path = article(site, into, slug, title, body, script=script, edit=_in_big5)
    return site.at(path)


def _in_big5(text: str) -> str:
    """Return a page with what BIG5 lacks written as references."""
    return text.encode("big5", "xmlcharrefreplace").decode("big5")


def _faults(plan: Plan, site: Site) -> None:
    silent = {"header": None, "meta": None}
    for slug, charset, title in (
        ("u-gbk", "gbk", "旧版说明一"), ("u-gb18030", "gb18030", "旧版说明二"),
        ("u-big5", "big5", "舊版說明三"), ("u-utf8", "utf-8", "旧版说明四"),
    ):  # fmt: skip
        script = Script(charset, **silent)
        body = BIG5_WORDS if charset == "big5" else WORDS
        evidence = "歡迎查詢" if charset == "big5" else "政务公开办公室"
        plan.fault("charset-undeclared", _lay(site, slug, title, script, body),
                   f"{charset.upper()}, and neither header, head nor mark says so", evidence)  # fmt: skip
    for slug, script, title, why in (
        ("x-header", Script("gbk", header="utf-8", meta="gbk"), "旧版说明五",
         "the header says UTF-8, the bytes are GBK: browsers believe the header"),
        ("x-meta", Script("gbk", header=None, meta="utf-8"), "旧版说明六",
         "the head says UTF-8, the bytes are GBK"),
        ("x-utf8", Script("utf-8", header="gbk", meta="utf-8"), "旧版说明七",
         "the header says GBK, the bytes are UTF-8"),
    ):  # fmt: skip
        plan.fault("charset-mismatch", _lay(site, slug, title, script), why, "政务公开办公室")
    garbled = "政务公开办公室负责受理咨询".encode().decode("gbk", "replace")
    for slug, title, words, why in (
        ("g-twice", "旧版说明八", garbled, "UTF-8 read as GBK once and stored so"),
        ("g-lost", "旧版说明九", "青禾县\ufffd\ufffd\ufffd\ufffd局负责受理", "characters that were lost in a move"),
        ("g-kun", "旧版说明十", "青禾县锟斤拷锟斤拷锟斤拷负责受理", "lost characters read as GBK"),
    ):  # fmt: skip
        address = _lay(site, slug, title, Script(), f"<p>{words}</p>")
        plan.fault("text-garbled", address, why, words)


def _inside(plan: Plan, site: Site) -> None:
    """Faults that only a reader of the right encoding sees."""
    both = {"header": "gbk", "meta": "gbk"}
    address = _lay(site, "i-word", "旧版办事说明", Script("gbk", **both),
                   "<p>截止目前，全县共有水库12座。</p>")  # fmt: skip
    plan.fault("wording", address, "a wrong word in a page of GBK", "截止目前", detail="截至目前")
    number = identity_number("360925", ago(20000))
    address = _lay(site, "i-id", "旧版名单", Script("gb18030", header=None, meta="gb18030"),
                   f"<p>李大勇，身份证号码{number}，已领取证书。</p>")  # fmt: skip
    plan.fault("identity_number", address, "an identity number in a page of GB18030", number)


def _likes(plan: Plan, site: Site) -> None:
    gbk = "gbk"
    rare = "<p>镕、喆、堃、㙍、𠮷都是姓名中的用字。</p>"
    for slug, script, title, why, body in (
        ("l-both", Script(gbk, "gbk", "gbk"), "年鉴一", "GBK, said twice", WORDS),
        ("l-header", Script(gbk, "GBK", None), "年鉴二", "GBK, said by the header alone", WORDS),
        ("l-meta", Script(gbk, None, "gbk"), "年鉴三", "GBK, said by the head alone", WORDS),
        ("l-equiv", Script(gbk, None, "gb2312", equiv=True), "年鉴四",
         "GB2312, said in the old way", WORDS),
        ("l-wide", Script(gbk, "gb2312", "gb2312"), "年鉴五",
         "says GB2312 and has characters of GBK: browsers read GBK", "<p>镕、喆、堃是常用的名字。</p>"),
        ("l-18030", Script("gb18030", "gb18030", "gb18030"), "年鉴六",
         "GB18030 with characters of four bytes", rare),
        ("l-bom", Script("utf-8", None, None, b"\xef\xbb\xbf"), "年鉴七", "UTF-8, said by its mark", WORDS),
        ("l-bomboth", Script("utf-8", "utf-8", "utf-8", b"\xef\xbb\xbf"), "年鉴八",
         "UTF-8 with a mark, said twice", WORDS),
        ("l-16", Script("utf-16-le", None, None, b"\xff\xfe"), "年鉴九", "UTF-16, said by its mark", WORDS),
        ("l-big5", Script("big5", "big5", "big5"), "年鑒十", "BIG5, said twice", BIG5_WORDS),
        ("l-case", Script("utf-8", "UTF-8", "Utf-8"), "年鉴十一", "UTF-8 in upper case", WORDS),
        ("l-win", Script("utf-8", "utf-8", "gbk"), "年鉴十二",
         "the header says UTF-8 and is right; what the head says is not read", WORDS),
    ):  # fmt: skip
        rule = (
            "charset-mismatch" if slug in {"l-wide", "l-win", "l-equiv"} else "charset-undeclared"
        )
        plan.like(rule, _lay(site, slug, title, script, body), why)
    for slug, title, words, why in (
        ("l-rare", "姓名用字说明", "㙍、𠮷、镕、喆、堃", "rare characters"),
        ("l-foreign", "友好城市往来", "Ünïcödé、Здравствуйте、こんにちは", "words of other scripts"),
        ("l-sign", "计量单位说明", "㎡、℃、‰、①、Ⅷ、㈠", "signs"),
    ):  # fmt: skip
        address = _lay(site, slug, title, Script(), f"<p>本页列出：{words}。</p>")
        plan.like("text-garbled", address, why, words)
