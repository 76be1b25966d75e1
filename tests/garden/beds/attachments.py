"""Attachments: missing, empty or not what they say, and attachments that open all the same."""

# ruff: noqa: E501 - rows of data, one a line

from tests.garden.ground import Answer, Plan, Site, Way
from tests.garden.seeds import csv, docx, pdf, xlsx, zipped
from tests.garden.shell import answer, page
from tests.garden.sites import article, column, portal

PDF, DOCX = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OCTETS = "application/octet-stream"


def plant(plan: Plan) -> None:
    """Plant attachments, each on an article of its own; a fault is told at the file's address."""
    site = portal(plan)
    column(site, "/fj/", "附件下载", "其他", level=2)
    _faults(plan, site)
    _likes(plan, site)


def _carry(site: Site, path: str, title: str) -> str:
    into = site.columns["/fj/"]
    slug = f"n{len(into.items)}"
    body = f'<p>请按照附件办理。</p><p>附件：<a href="{path}">{title}</a></p>'
    return site.at(article(site, into, slug, f"关于报送材料的通知（{len(into.items) + 1}）", body))


def _faults(plan: Plan, site: Site) -> None:
    login = (
        "<!DOCTYPE html><html lang='zh-CN'><title>登录</title><p>请先登录后下载</p></html>".encode()
    )
    whole = docx(["申请表", "姓名："])
    made: tuple[tuple[str, str, str, Answer | None], ...] = (
        ("attachment-dead", "/fj/gone.doc", "not found", None),
        ("attachment-dead", "/fj/gone410.zip", "gone", Answer(b"gone", 410)),
        ("attachment-dead", "/fj/cut.pdf", "fewer bytes than its length says",
         Answer(pdf(["Notice " * 40] * 20), kind=PDF, way=Way.CUT)),
        ("attachment-empty", "/fj/zero.pdf", "not one byte", Answer(b"", kind=PDF)),
        ("attachment-empty", "/fj/zero.xlsx", "not one byte", Answer(b"", kind=XLSX)),
        ("attachment-unreadable", "/fj/login.pdf", "a page of HTML named .pdf, said to be a PDF",
         Answer(login, kind=PDF)),
        ("attachment-unreadable", "/fj/login2.docx", "a page of HTML named .docx, said to be HTML",
         Answer(login)),
        ("attachment-unreadable", "/fj/broken.docx", "a document that breaks off",
         Answer(whole[: len(whole) // 2], kind=DOCX)),
        ("attachment-unreadable", "/fj/broken.zip", "a packet that breaks off",
         Answer(zipped({"a.csv": csv([["甲", "1"]] * 50, "gbk")})[:-60], kind="application/zip")),
    )  # fmt: skip
    for number, (rule, path, why, answering) in enumerate(made):
        if answering is not None:
            site.lay(path, answering)
        on = _carry(site, path, f"材料清单{number + 1}")
        plan.fault(rule, site.at(path), why, path, on=on, at=on)


def _likes(plan: Plan, site: Site) -> None:
    named = (
        ("Content-Disposition", "attachment; filename*=UTF-8''%E7%94%B3%E8%AF%B7%E8%A1%A8.docx"),
    )
    made: tuple[tuple[str, str, str, Answer], ...] = (
        ("attachment-empty", "/fj/small.txt", "two bytes, and that is all there is to say",
         Answer(b"OK", kind="text/plain")),
        ("attachment-unreadable", "/fj/octets.pdf", "a PDF served as octets",
         Answer(pdf(["Notice"]), kind=OCTETS)),
        ("attachment-unreadable", "/fj/download.do?id=5", "no ending; named by its header",
         Answer(docx(["申请表"]), kind=OCTETS, headers=named)),
        ("attachment-unreadable", "/fj/表 格（１）.xlsx", "full-width figures and a blank in its name",
         Answer(xlsx({"表一": [["项目", "数量"], ["水库", "12"]]}), kind=XLSX)),
        ("attachment-unreadable", "/fj/NOTICE.PDF", "upper case in its name",
         Answer(pdf(["Notice"]), kind=PDF)),
        ("attachment-unreadable", "/fj/page.html", "a page of HTML named .html",
         answer(page(site, "填表说明", "<h1>填表说明</h1><p>用黑色笔填写。</p>", {}))),
        ("attachment-dead", "/fj/nohead.zip", "HEAD is refused, GET is answered",
         Answer(zipped({"b.csv": csv([["甲", "1"]], "gbk")}), kind="application/zip")),
    )  # fmt: skip
    for number, (rule, path, why, answering) in enumerate(made):
        if path == "/fj/nohead.zip":
            refusal = Answer(status=405, headers=(("Allow", "GET"),))
            site.lay(
                path,
                lambda asked, real=answering, no=refusal: no if asked.method == "HEAD" else real,
            )
        else:
            site.lay(path, answering)
        on = _carry(site, path, f"参考资料{number + 1}")
        plan.like(rule, site.at(path), why, on=on)
