"""Personal data on pages and in files of many kinds, and numbers that only look so (law.md 9.2).

Rules are called as `gongkai.text.privacy` calls them. Persons and numbers are invented.
"""

# ruff: noqa: E501 - rows of data, one a line

from datetime import date

from tests.garden.ground import Answer, Plan, Site
from tests.garden.seeds import HERE, card_number, csv, docx, identity_number, ofd, pdf, xlsx, zipped
from tests.garden.sites import article, column, portal

ID = identity_number
ID_RULE = "identity_number"
FIRST = ID("360925", date(1970, 8, 17))
SECOND = ID("360921", date(1985, 12, 3))
THIRD = ID("360922", date(1991, 2, 26))
FOURTH = ID("430181", date(1963, 5, 9))
FIFTH = ID("360924", date(1978, 10, 30))
SIXTH = ID("320111", date(2001, 7, 14))
CARD = card_number("622848", 4321)
CARD2 = card_number("621098", 8766)
CREDIT = "91350100M000100Y43"  # an example of GB 32100-2015 (law.md 9.1)
WRONG = FIRST[:17] + ("1" if FIRST[17] != "1" else "2")
TEXT, PDF, ZIP = "text/plain; charset=gbk", "application/pdf", "application/zip"
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX, XLSX = f"{OFFICE}wordprocessingml.document", f"{OFFICE}spreadsheetml.sheet"


def plant(plan: Plan) -> None:
    """Plant leaks in pages and files; a leak in a file is told at the file's address."""
    site = portal(plan)
    column(site, "/gs/", "公示公开", "其他", level=2)
    _pages(plan, site)
    _files(plan, site)


def _lay(site: Site, slug: str, body: str) -> str:
    into = site.columns["/gs/"]
    return site.at(article(site, into, slug, f"公示第{len(into.items) + 1}号", body))


def _pages(plan: Plan, site: Site) -> None:
    wide = SECOND.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    for slug, rule, why, words, evidence in (
        ("id", "identity_number", "an identity number", f"补助对象李大勇，身份证号码{FIRST}。", FIRST),
        ("id-wide", "identity_number", "in full-width figures", f"陈小兰，公民身份号码：{wide}。", wide),
        ("id-space", "identity_number", "with blanks between its parts",
         f"黄国强，身份证{THIRD[:6]} {THIRD[6:14]} {THIRD[14:]}。", f"{THIRD[:6]} {THIRD[6:14]}"),
        ("mobile", "mobile_phone", "a person's mobile number", "联系人吴桂香，手机13800001234。", "13800001234"),
        ("mobile-dash", "mobile_phone", "with strokes between its parts", "曾庆华，手机139-0000-5678。", "139-0000-5678"),
        ("card", "bank_card", "a bank card's number", f"徐文斌，开户行农业银行，卡号{CARD}。", CARD),
        ("card-space", "bank_card", "in groups of four",
         f"刘建平，银行账号{' '.join(CARD2[n:n + 4] for n in range(0, 19, 4))}。", CARD2[:4] + " "),
        ("home", "home_address", "where a person lives", "申请人周小梅，家住青禾县城东街道桂花路18号3栋2单元502室。", "3栋2单元502室"),
        ("mask", "weak_mask", "a mask that hides four figures only",
         f"赵明，身份证号码{FOURTH[:14]}****。", f"{FOURTH[:14]}****"),
    ):  # fmt: skip
        plan.fault(rule, _lay(site, slug, f"<p>{words}</p>"), why, evidence)
    table = f"<table><tr><th>姓名</th><th>证件号码</th></tr><tr><td>孙丽</td><td>{FIFTH}</td></tr></table>"
    plan.fault("identity_number", _lay(site, "table", table), "in a cell of a table", FIFTH)
    comment = f"<p>名单已公示。</p><!-- 钱伟 {SIXTH} -->"
    plan.fault("identity_number", _lay(site, "comment", comment), "in a comment of the page", SIXTH)
    _page_likes(plan, site)


def _page_likes(plan: Plan, site: Site) -> None:
    for slug, rule, why, words in (
        ("l-credit", "identity_number", "a unified credit code", f"青禾某某农业公司，统一社会信用代码{CREDIT}。"),
        ("l-org", "identity_number", "a unified credit code of figures only",
         f"青禾县水利局统一社会信用代码{_credit_of_figures()}。"),
        ("l-check", "identity_number", "18 figures whose check digit is wrong, called a number of goods",
         f"采购设备序列号{WRONG}，质保三年。"),
        ("l-order", "identity_number", "a number of an order", "订单号202611180930000128，请凭单号查询。"),
        ("l-masked", "identity_number", "masked as it should be", "补助对象李某，身份证号码36*************123。"),
        ("l-plan", "identity_number", "a procurement plan's number", "采购项目编号JXQH2026-G-0018，预算20260000.00元。"),
        ("l-office", "mobile_phone", "an office's telephone", "咨询电话：0795-4660001（县水利局办公室）。"),
        ("l-hotline", "mobile_phone", "hotlines", "可以拨打12345热线、12388举报电话和400-800-1234服务电话。"),
        ("l-star", "mobile_phone", "masked as it should be", "联系人吴某，手机138****1234。"),
        ("l-area", "mobile_phone", "a folder's number in groups", "降水量资料存于1380-0001-2345-6号文件夹。"),
        ("l-public", "bank_card", "the organ's own account for payments",
         "缴款账户：青禾县财政局非税收入专户，开户银行：青禾县农村商业银行，账号以缴款通知书为准。"),
        ("l-tail", "bank_card", "its last four figures only", "补助已发放至尾号4321的银行卡。"),
        ("l-serial", "bank_card", "a document's index of nineteen figures", "电子监管号3609252026B004512345。"),
        ("l-office-home", "home_address", "where an organ sits", "办公地址：青禾县城东大道1号政务大楼3楼302室。"),
        ("l-village", "home_address", "no further than the village", "救助对象周某，住青禾县桂溪镇石桥村。"),
        ("l-date", "identity_number", "days and times one after another", "监测时段20261101080000至20261102080000。"),
    ):  # fmt: skip
        plan.like(rule, _lay(site, slug, f"<p>{words}</p>"), why)


def _credit_of_figures() -> str:
    """Return a valid unified credit code of figures only that is no identity number."""
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    for serial in range(500, 600):
        body = f"11360925{serial:09d}"
        rest = -sum(int(n) * weight for n, weight in zip(body, weights, strict=True)) % 31
        if rest < 10:
            return f"{body}{rest}"
    raise ValueError("no code of figures only")


def _files(plan: Plan, site: Site) -> None:
    names = [["姓名", "身份证号码", "金额"], ["李大勇", FIRST, "600"], ["陈小兰", SECOND, "800"]]
    made: tuple[tuple[str, str, str, bytes, str, str], ...] = (
        ("leak.docx", DOCX, "in a Word document", docx(["补助名单", f"李大勇，身份证号码{FIRST}"]), FIRST, ID_RULE),
        ("runs.docx", DOCX, "in a Word document, in two runs",
         docx(["补助名单", ["黄国强，身份证号码", THIRD[:9], THIRD[9:]]]), THIRD[:9], ID_RULE),
        ("leak.xlsx", XLSX, "in a workbook", xlsx({"名单": names}), SECOND, ID_RULE),
        ("hidden.xlsx", XLSX, "on a hidden sheet",
         xlsx({"汇总": [["人数", "2"]], "底表": names}, frozenset({"底表"})), FIRST, ID_RULE),
        ("phones.xlsx", XLSX, "mobile numbers that are numbers",
         xlsx({"表": [["姓名", "手机"], ["吴桂香", 13800001234], ["曾庆华", 13900005678]]}), "13900005678", "mobile_phone"),
        ("leak.pdf", PDF, "in the text of a PDF", pdf(["Name list", f"ID card number: {FOURTH}"]), FOURTH, ID_RULE),
        ("leak.ofd", "application/ofd", "in an OFD document", ofd(["补助名单", f"孙丽 身份证号码 {FIFTH}"]), FIFTH, ID_RULE),
        ("leak.zip", ZIP, "in a table in GBK in a packet", zipped({"list.csv": csv(names, "gbk")}), FIRST, ID_RULE),
        ("deep.zip", ZIP, "in a Word document in a packet in a packet",
         zipped({"inner.zip": zipped({"a.docx": docx([f"钱伟，身份证号码{SIXTH}"])})}), SIXTH, ID_RULE),
        ("leak.csv", "text/csv", "in a table with a mark", csv(names, "utf-8-sig"), SECOND, ID_RULE),
        ("leak.txt", TEXT, "in a text in GBK", f"徐文斌 银行卡号 {CARD}\r\n".encode("gbk"), CARD, "bank_card"),
        ("leak.png", "image/png", "in a picture, to be read by OCR", (HERE / "leak.png").read_bytes(), "", ID_RULE),
    )  # fmt: skip
    for name, kind, why, data, evidence, rule in made:
        site.lay(f"/gs/{name}", Answer(data, kind=kind, charset="gbk" if kind == TEXT else "utf-8"))
        on = _lay(site, f"a-{name}", f'<p>名单见附件：<a href="/gs/{name}">名单下载</a></p>')
        plan.fault(rule, site.at(f"/gs/{name}"), f"personal data {why}", evidence, on=on)
    _file_likes(plan, site)


def _file_likes(plan: Plan, site: Site) -> None:
    rows = [
        ["企业名称", "统一社会信用代码"],
        ["青禾某某农业公司", CREDIT],
        ["某某建筑公司", "91440300708461136T"],
    ]
    masked = [["姓名", "身份证号码"], ["李某", "36*************123"]]
    made: tuple[tuple[str, str, str, bytes], ...] = (
        ("codes.xlsx", XLSX, "credit codes in a workbook", xlsx({"企业": rows})),
        ("masked.xlsx", XLSX, "masked numbers in a workbook", xlsx({"名单": masked})),
        ("money.xlsx", XLSX, "amounts of eleven figures", xlsx({"预算": [["科目", "金额（分）"], ["水利", 10000001234]]})),
        ("office.docx", DOCX, "offices' telephones in a Word document",
         docx(["联系方式", "县水利局办公室 0795-4660001", "县林业局办公室 0795-4660002"])),
        ("codes.pdf", PDF, "a credit code in a PDF", pdf(["Company list", f"Unified credit code: {CREDIT}"])),
        ("orders.zip", ZIP, "numbers of orders in a packet",
         zipped({"orders.csv": csv([["订单号"], ["202611180930000128"]], "gbk")})),
        ("fine.png", "image/png", "a picture with an office's telephone", (HERE / "fine.png").read_bytes()),
    )  # fmt: skip
    for name, kind, why, data in made:
        site.lay(f"/gs/{name}", Answer(data, kind=kind))
        on = _lay(site, f"b-{name}", f'<p>资料见附件：<a href="/gs/{name}">资料下载</a></p>')
        rule = "mobile_phone" if name in {"office.docx", "fine.png", "money.xlsx"} else ID_RULE
        plan.like(rule, site.at(f"/gs/{name}"), why, on=on)
