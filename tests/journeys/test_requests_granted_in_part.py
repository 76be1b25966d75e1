"""An online request: confirmed, supplemented over the site, granted in part, fetched online."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from gongkai.adapters.tests.uploads import pdf
from gongkai.files.models import Purpose, StoredFile
from gongkai.inforequests.models import InfoRequest
from gongkai.portal.tests.requests_made import CARD
from tests.journeys.request_driver import COUNTY, COURT, Citizen, Town, act_url, record_url
from tests.journeys.request_pages import box_over, text_of_pdf, words

SECRET = "610113197001011234"


def test_supplemented_then_granted_in_part(town):
    """L02 stops the clock, the supplement starts it anew; A3 tells both remedies."""
    town.on(3, 9, 20)
    citizen = Citizen()
    citizen.file(town.finance, title="", description="双溪镇惠农补贴发放名单")
    case = citizen.case
    assert (case.state, case.received_on, case.due_on) == ("SUBMITTED", None, None)
    assert "尚未确认" in citizen.look()
    assert town.turned_away("water", record_url(case), act_url(case, "register")) == "unseen"

    day = town.on(3, 10, 9)
    assert "请立即与申请人联系" in town.page("handler", case)
    assert "尚未计入，共20个工作日答复期限2026年4月8日" in town.do(
        "handler", case, "register", on=day
    )
    receipt = town.letter("handler", case, "L01")
    assert "3月9日通过网络提交，2026年3月10日经双方确认" in receipt
    assert "2026年4月8日前（含当日）" in receipt
    town.do("handler", case, "assign", unit="农业股", handler="handler")
    _supplement(town, citizen)

    day = town.on(3, 19)
    _redact(town, case, citizen)
    town.on(4, 14)
    assert "第17个工作日，共20个答复期限2026年4月17日" in town.page("handler", case)
    _answer_in_part(town, case)

    town.on(4, 15)
    assert "办理中" in citizen.look()
    town.do("handler", case, "serve", how="ONLINE")
    assert (case.state, case.ground, case.concluded_on.isoformat()) == (
        "REPLIED",
        "PARTIAL",
        "2026-04-15",
    )
    told = citizen.look()
    assert "办理结果部分公开" in told
    assert "审小核" not in told
    letter = text_of_pdf(citizen.fetch("部分公开"))
    assert letter == town.letter("handler", case, "A3")
    given = citizen.fetch("名单")
    assert SECRET not in text_of_pdf(given)
    assert given == town.browser("handler").get(_file_url("download", case)).content
    assert Citizen(citizen.number, citizen.code).look() == citizen.look()
    assert town.verbs(case) == [
        *("submit", "register", "assign", "ask_supplement", "offer", "receive_supplement"),
        *("draft_reply", "pass_draft", "sign", "issue", "serve"),
    ]
    assert town.table_three("万里", CARD, SECRET) == {"1": 1, "3.2": 1, "3.7": 1}


def _supplement(town: Town, citizen: Citizen) -> None:
    """Ask on the second working day, once; the citizen hands it in over the site."""
    case = citizen.case
    town.on(3, 12)
    assert town.turned_away("window", act_url(case, "ask_supplement")) == "refused"
    page = town.do(
        "handler", case, "ask_supplement", what="请写明年度和补贴种类", due_on="2026-04-02"
    )
    assert case.state == "AWAITING_SUPPLEMENT"
    assert "等待申请人补正，期限到2026年4月2日为止；期间答复期限停止计算。" in page
    letter = town.letter("handler", case, "L02")
    assert "靖财公补〔2026〕1号" in letter
    assert "请写明年度和补贴种类。请自收到本告知书之日起15个工作日内" in letter
    assert "如不服" not in letter
    assert "第三十条" in town.page("handler", case)
    told = citizen.look()
    assert "请补正申请，期限为2026年4月2日（含当日）" in told
    assert "需要补正的事项：请写明年度和补贴种类" in told

    town.on(3, 18)
    citizen.hand_in("SUPPLEMENT", "2025年度，稻谷补贴")
    assert "申请人在网上提交了“补正”，请查看文件后登记" in town.page("handler", case)
    assert case.state == "AWAITING_SUPPLEMENT"  # the office says whether it is one
    town.on(3, 19, 9)
    page = town.do(
        "handler", case, "receive_supplement", on="2026-03-19", what="2025年度，稻谷补贴"
    )
    assert "尚未计入，共20个工作日答复期限2026年4月17日" in page
    assert "申请人在网上提交了" not in page
    again = town.browser("handler").get(act_url(case, "ask_supplement"))
    assert again.status_code == 200
    refused = town.refused(
        "handler", case, "ask_supplement", what="再补一次", due_on="2026-04-20", with_letter=None
    )
    assert "不能再次要求补正（第三十条）" in refused
    assert "答复期限2026年4月17日" in citizen.look()


def _redact(town: Town, case: InfoRequest, citizen: Citizen) -> None:
    """Store what was found, burn boxes into it, and make the copy that goes out."""
    found = pdf(f"2025年度稻谷补贴发放名单\n\n张某某 {SECRET} 320元")
    assert SECRET in text_of_pdf(found)
    paper = SimpleUploadedFile("名单.pdf", found, "application/pdf")
    town.upload("handler", case, Purpose.SOURCE, paper)
    source = StoredFile.objects.get(about=case.typed_id, purpose=Purpose.SOURCE)
    redact = reverse("files:redact", args=[source.pk])
    assert town.turned_away("water", redact) == "unseen"
    box = box_over(found, SECRET)
    burnt = town.send("handler", redact, has="shown", do="burn", **box)
    assert burnt.status_code == 302, words(burnt)
    made = StoredFile.objects.get(about=case.typed_id, purpose=Purpose.REDACTED)
    browser = town.browser("handler")
    page = reverse("files:page", args=[made.pk, 1])
    shown = Image.open(BytesIO(browser.get(page).content)).convert("L")
    left, top, across, down = (float(box[name]) for name in ("left", "top", "width", "height"))
    edges = (left + 1, top + 1, left + across - 1, top + down - 1)
    covered = shown.crop([round(e * s / 100) for e, s in zip(edges, shown.size * 2, strict=True)])
    assert covered.getextrema()[1] < 60  # black all over
    assert shown.getextrema()[1] > 200  # and nothing but there
    release = reverse("files:release", args=[made.pk])
    assert browser.post(release).status_code == 302
    released = StoredFile.objects.get(about=case.typed_id, purpose=Purpose.RELEASED)
    assert released.locked
    assert "下载答复书" not in citizen.look()


def _answer_in_part(town: Town, case: InfoRequest) -> None:
    released = StoredFile.objects.get(about=case.typed_id, purpose=Purpose.RELEASED)
    town.draft(
        "handler", case, "PARTIAL:A3",
        i1_f_given="2025年度稻谷补贴发放名单（遮盖身份证号）",
        i1_f_withheld="领取人的身份证号",
        i1_words="身份证号属于个人隐私，公开会对第三方合法权益造成损害（条例第十五条）。",
        i1_released=[str(released.pk)],
    )  # fmt: skip
    assert "拟稿人（handler）不能办理" in town.page("handler", case)
    assert town.turned_away("handler", act_url(case, "pass_draft")) == "refused"
    preview = town.browser("reviewer").get(reverse("inforequests:preview", args=[case.pk]))
    assert "万里" not in text_of_pdf(preview.content)
    town.do("reviewer", case, "pass_draft", note="同意")
    town.do("head", case, "sign")
    town.do("handler", case, "issue_reply")
    letter = town.letter("handler", case, "A3")
    assert "领取人的身份证号，本机关决定不予公开，理由如下：身份证号属于个人隐私" in letter
    assert (
        "如不服本答复书中不予公开的部分，根据《中华人民共和国行政复议法》第二十三条的规定，"
        f"应当先申请行政复议，可以自收到之日起60日内向{COUNTY}申请行政复议"
        f"；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向{COURT}提起行政诉讼。"
    ) in letter
    assert (
        f"如不服本答复书中其余部分，可以自收到之日起60日内向{COUNTY}申请行政复议，"
        f"或者自收到之日起6个月内向{COURT}提起行政诉讼。"
    ) in letter
    assert letter.count("如不服") == 2
    assert "附件：" in letter


def _file_url(verb: str, case: InfoRequest) -> str:
    released = StoredFile.objects.get(about=case.typed_id, purpose=Purpose.RELEASED)
    return reverse(f"files:{verb}", args=[released.pk])
