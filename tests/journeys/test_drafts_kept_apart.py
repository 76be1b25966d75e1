"""A township's clerk before the finance bureau's draft: nothing of it at any address."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.disclosure.models import Attachment, Entry
from tests.journeys.request_pages import raw
from tests.journeys.test_policy_published import begin_policy

TITLE = "靖安县财政局关于压减三公经费的通知"
LINES = "单位，数额。\n县直各单位，一百万元。\n".encode()


def test_the_clerk_of_luowan_finds_nothing_of_it(press):
    """List, search, page, editor, attachment, preview, history, dossier, files, the public site."""
    press.on(3, 10)
    document = begin_policy(press, TITLE, "靖财字〔2026〕30号")
    draft = Entry.objects.get(pk=document.entry_id)
    press.write(
        "clerk",
        reverse("disclosure:entry_edit", args=[draft.pk]),
        do="attach",
        file=SimpleUploadedFile("压减明细.txt", LINES),
        **{"new-role": "ATTACHMENT"},
    )
    file = Attachment.objects.get(entry=draft)
    own = {
        reverse("disclosure:entry_file", args=[draft.pk, file.pk]),
        *(
            reverse(f"disclosure:{name}", args=[draft.pk])
            for name in ("entry", "entry_edit", "entry_check", "entry_items", "entry_preview")
        ),
        *(
            reverse("disclosure:entry_act", args=[draft.pk, verb])
            for verb in ("submit", "discard", "approve-first", "publish")
        ),
        *(
            reverse(f"policy:{name}", args=[document.pk])
            for name in ("dossier", "record", "terms", "interpret", "exempt", "withdraw")
        ),
        reverse("files:folder", args=[draft.record_id]),
        reverse("files:file", args=[file.file_id]),
        reverse("files:download", args=[file.file_id]),
    }
    readable = [
        address for address in own if press.browser("clerk").get(address).status_code == 200
    ]
    assert len(readable) >= 12  # the addresses are real: its author opens them
    stranger = press.browser("township")
    token = stranger.cookies["csrftoken"].value
    for address in own:
        assert stranger.get(address).status_code == 404, address
        answer = stranger.post(address, {"do": "save"}, headers={"x-csrftoken": token})
        assert answer.status_code in (404, 405), address
    for listing in (
        reverse("wagtailadmin_home"),
        *(f"{reverse('disclosure:entries')}?{query}" for query in ("", "view=all", "q=三公经费")),
        f"{reverse('disclosure:entries')}?view=all&organ={draft.organ_id}",
        reverse("policy:index"),
        f"{reverse('policy:index')}?words=三公经费",
        reverse("policy:dossiers"),
        reverse("policy:filings"),
        reverse("policy:expiring"),
    ):
        assert "三公经费" not in raw(stranger.get(listing)).replace('value="三公经费"', ""), listing
    assert "三公经费" in raw(press.page("clerk", f"{reverse('disclosure:entries')}?q=三公经费"))
    for address in ("/", "/zwgk/fdzdgknr/", "/wzdt/", "/sitemap.xml", "/data/catalog.jsonld"):
        assert "三公经费" not in raw(press.public.get(address)), address
    draft.refresh_from_db()
    assert draft.state == "DRAFT"
