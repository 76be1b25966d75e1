"""Who opens which screen of entries: every address, every role, own and other organs, strangers."""

import pytest
from django.utils import timezone

from gongkai.disclosure import actions
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import AttachmentRole, Entry, ReviewAct
from gongkai.disclosure.queries import VIEWERS, WRITERS
from gongkai.disclosure.staff.entry_urls import PATTERNS
from gongkai.disclosure.staff.verbs import VERBS
from gongkai.disclosure.tests import factories as make
from gongkai.disclosure.tests.staffing import HOME, at, client_of, person, signed_in, text
from gongkai.orgs.models import OrganKind, Role

pytestmark = pytest.mark.django_db
KEEPERS = {Role.OGI_OFFICE, Role.OGI_HEAD}
TEXT = "名称：水库；数量：3。\n".encode()


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOON + make.MINUTE)


class Land:
    """A county with an office, the finance bureau and 罗湾乡; the bureau has a draft."""

    def __init__(self) -> None:
        self.county = make.county()
        kind = OrganKind.OFFICE
        self.office = make.department(self.county, "zfb", kind=kind, short_name="县府办")
        self.finance = make.department(
            self.county, name="靖安县财政局", short_name="财政局", credit_code="11360925MB00000001"
        )
        self.town = make.department(
            self.county,
            "luowan",
            kind=OrganKind.TOWNSHIP,
            name="罗湾乡人民政府",
            short_name="罗湾乡",
        )
        self.section = make.section(self.county)
        self.draft = make.draft(self.finance, self.section, title="财政局的机密草稿")
        self.file = actions.attach(
            self.draft,
            role=AttachmentRole.ATTACHMENT,
            content=TEXT,
            file_name="清单.txt",
            by=make.AUTHOR,
            at=make.NOON,
        )
        self.public = make.published(self.finance, self.section, title="财政局的公开信息")

    @property
    def own_addresses(self) -> list[str]:
        """Every address that reads something of the finance bureau's draft."""
        pk = self.draft.pk
        return [
            at("entry", pk),
            at("entry_sheet", pk),
            at("entry_preview", pk),
            at("entry_check", pk),
            at("entry_file", pk, self.file.pk),
            at("entry_preview_version", self.public.pk, 1),
            at("entry", self.public.pk),
        ]

    @property
    def writing_addresses(self) -> list[str]:
        """Every address that changes it."""
        pk = self.draft.pk
        acts = [at("entry_act", pk, verb.slug) for verb in VERBS]
        return [at("entry_edit", pk), at("entry_items", pk), *acts]


@pytest.fixture
def land():
    return Land()


def frozen_state(land) -> tuple:
    entry = Entry.objects.get(pk=land.draft.pk)
    draft = entry.draft
    return (
        entry.state,
        entry.title,
        entry.section_id,
        draft.revision,
        draft.body,
        draft.authors,
        entry.attachments.count(),
        entry.overrides.count(),
        entry.items.count(),
        ReviewAct.objects.count(),
    )


def test_the_matrix_names_every_address(land) -> None:
    named = {pattern.name for pattern in PATTERNS}
    tried = {"entries", "entry_add", "publish_several", "entry", "entry_edit", "entry_act"}
    tried |= {"entry_check", "entry_items", "entry_sheet", "entry_preview", "override"}
    tried |= {"entry_preview_version", "entry_file", "sections", "open_section"}
    tried |= {"change_section", "close_section", "rules"}
    lists = {"lists", "list", "list_term", "unlist_term", "import_terms"}  # test_terms tries them
    assert named == tried | lists


@pytest.mark.parametrize("role", sorted(VIEWERS))
def test_every_role_reads_its_own_organs_entries_and_no_others(land, role) -> None:
    own = signed_in("own", land.finance, role)
    for address in [*land.own_addresses, at("entries"), f"{at('entries')}?view=all"]:
        assert own.get(address).status_code == 200, address
    assert "财政局的机密草稿" in text(own.get(f"{at('entries')}?view=all"))
    other = signed_in("other", land.town, role)
    for address in land.own_addresses:
        assert other.get(address).status_code == 404, address
        assert other.post(address, {}).status_code in (404, 405), address
    for view in ("", "drafts", "review", "scheduled", "published", "late", "soon", "all"):
        told = text(other.get(f"{at('entries')}?view={view}&q=财政局&organ={land.finance.pk}"))
        assert "机密草稿" not in told
        assert "公开信息</a>" not in told


@pytest.mark.parametrize("role", sorted(VIEWERS))
def test_every_role_writes_only_what_its_post_allows(land, role) -> None:
    own = signed_in("own", land.finance, role)
    edit = own.get(at("entry_edit", land.draft.pk))
    add = own.get(at("entry_add"))
    items = own.get(at("entry_items", land.draft.pk))
    writes = Role(role) in WRITERS
    for answer in (edit, add, items):
        assert answer.status_code == (200 if writes else 302)
        assert writes or answer.headers["Location"] == HOME
    submit = own.get(at("entry_act", land.draft.pk, "submit"))
    assert submit.status_code == (200 if writes else 302)
    before = frozen_state(land)
    other = signed_in("other", land.town, role)
    for address in land.writing_addresses:
        assert other.get(address).status_code == 404, address
        assert other.post(address, {"why": "理由", "note": "说明"}).status_code == 404, address
    assert frozen_state(land) == before


@pytest.mark.parametrize("role", sorted(set(Role) - VIEWERS))
def test_other_posts_find_no_screen(land, role) -> None:
    client = signed_in("else", land.finance, role)
    addresses = [*land.own_addresses, *land.writing_addresses, at("entries"), at("entry_add")]
    addresses += [at("sections"), at("rules"), at("open_section")]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 302, address
        assert answer.headers["Location"] == HOME, address


def test_who_is_not_signed_in_sees_the_door_alone(land, client) -> None:
    for address in [*land.own_addresses, *land.writing_addresses, at("entries"), at("rules")]:
        answer = client.get(address)
        assert answer.status_code == 302, address
        assert "login" in answer.headers["Location"], address


def test_a_superuser_without_a_post_is_nobody(land) -> None:
    user = person("root")
    user.is_superuser = True
    user.save()
    client = client_of(user)
    for address in [*land.own_addresses, at("entries"), at("rules")]:
        assert client.get(address).headers["Location"] == HOME, address


@pytest.mark.parametrize("role", sorted(VIEWERS))
def test_the_county_office_keeps_sections_and_rules(land, role) -> None:
    writing = [
        at("open_section"),
        at("change_section", land.section.pk),
        at("close_section", land.section.pk),
    ]
    for organ, keeps in ((land.office, Role(role) in KEEPERS), (land.finance, False)):
        client = signed_in(f"at {organ.code}", organ, role)
        assert client.get(at("sections")).status_code == 200
        assert client.get(at("rules")).status_code == 200
        for address in writing:
            answer = client.get(address)
            assert answer.status_code == (200 if keeps else 302), address
        for address in (at("sections"), at("rules")):
            answer = client.post(address, {"do": "review"})
            assert keeps or answer.headers["Location"] == HOME


def test_another_countys_office_finds_nothing(land) -> None:
    far = make.county("fengxin", name="奉新县人民政府", short_name="奉新县")
    client = signed_in("far", far, Role.OGI_OFFICE)
    for address in [*land.own_addresses, *land.writing_addresses]:
        assert client.get(address).status_code == 404, address
    for name in ("change_section", "close_section"):
        assert client.get(at(name, land.section.pk)).status_code == 404
        assert client.post(at(name, land.section.pk), {}).status_code == 404


def test_the_clerk_of_luowan_tries_the_finance_bureaus_draft_in_every_way(land) -> None:
    clerk = signed_in("罗湾信息员", land.town, Role.TOWNSHIP_CLERK)
    before = frozen_state(land)
    pk = land.draft.pk
    bodies = [
        {"do": "save", "title": "改了", "body": "<p>改了</p>", "revision": "1"},
        {"do": f"detach:{land.file.pk}", "revision": "1"},
        {"do": "attach", "new-role": "ATTACHMENT", "revision": "1"},
    ]
    for body in bodies:
        assert clerk.post(at("entry_edit", pk), body).status_code == 404
    assert clerk.post(at("entry_check", pk), {"fingerprint": "x", "reason": "y"}).status_code == 404
    assert clerk.post(at("publish_several"), {"entry": [pk]}).status_code == 302
    answer = clerk.get(at("entry_add"))
    assert "财政局" not in text(answer)
    told = {"organ": land.finance.pk, "section": land.section.pk, "title": "替财政局写的"}
    answer = clerk.post(at("entry_add"), {**told, "formed_on": "2026-09-18"})
    assert answer.status_code == 422
    assert "请选择您可以拟稿的机关" in text(answer)
    folder = f"/staff/files/of/disclosure:{pk}/"
    assert clerk.get(folder).status_code == 404
    assert clerk.get(f"/staff/files/{land.file.file_id}/download/").status_code == 404
    assert clerk.get(f"/staff/files/{land.file.file_id}/").status_code == 404
    assert frozen_state(land) == before
    assert Entry.objects.count() == 2
    own = make.draft(land.town, land.section, title="罗湾乡的稿子")
    file = at("entry_file", own.pk, land.file.pk)
    assert clerk.get(file).status_code == 404  # another entry's file under one's own entry


def test_a_section_for_one_organ_is_offered_to_that_organ_alone(land) -> None:
    make.section(land.county, "zwgk/czxx", title="财政专栏", restricted_to=land.finance)
    town = signed_in("town", land.town, Role.TOWNSHIP_CLERK)
    finance = signed_in("finance", land.finance, Role.DEPARTMENT_CLERK)
    assert "财政专栏" not in text(town.get(at("entry_add")))
    assert "财政专栏" in text(finance.get(at("entry_add")))
    assert "财政专栏" in text(finance.get(at("entry_edit", land.draft.pk)))


def test_an_unpublished_page_is_kept_nowhere(land) -> None:
    client = signed_in("own", land.finance, Role.REVIEWER)
    answer = client.get(at("entry_preview", land.draft.pk))
    assert "no-store, private" in answer.headers["Cache-Control"]
    assert "尚未公开" in text(answer)
    assert "noindex" in answer.headers["X-Robots-Tag"]
    answer = client.get(at("entry_file", land.draft.pk, land.file.pk))
    assert "no-store, private" in answer.headers["Cache-Control"]
    assert answer.content == TEXT


def test_the_list_and_the_page_ask_the_database_little(land, django_assert_max_num_queries) -> None:
    for _ in range(8):
        make.draft(land.finance, land.section)
        make.forward(make.draft(land.finance, land.section), EntryState.SIGNED)
    for role in (Role.OGI_OFFICE, Role.DEPARTMENT_CLERK, Role.PUBLISHER, Role.OGI_HEAD):
        client = signed_in(role.value, land.finance, role)
        for view in ("", "all", "late", "drafts"):
            with django_assert_max_num_queries(13):
                assert client.get(f"{at('entries')}?view={view}").status_code == 200
        for entry in (land.draft, land.public):
            with django_assert_max_num_queries(18):  # three of them for new media
                assert client.get(at("entry", entry.pk)).status_code == 200
