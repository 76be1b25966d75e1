"""Who asks is sealed, found by whole values only, sealed anew, moved between rows as it must be."""

from dataclasses import replace
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps as live_apps
from django.core import serializers
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gongkai.adapters.cipher import CannotOpen
from gongkai.audit.models import Event as Logged
from gongkai.inforequests import actions, queries
from gongkai.inforequests.actions import RequesterDetails, requesters
from gongkai.inforequests.lifecycle.channels import ServiceWay
from gongkai.inforequests.models import IntakeChannel, Requester
from gongkai.inforequests.rules.requesters import masked_name, plain_phone
from gongkai.inforequests.tests.factories import (
    ME,
    RECEIVED,
    a_profile,
    an_organ,
    do,
    letter_made,
    moment,
    processing,
    registered,
    replied,
    submitted,
)
from gongkai.statute.requesters import RequesterKind

pytestmark = pytest.mark.django_db

PLANTED = RequesterDetails(
    "欧阳璪玥",
    "居民身份证",
    "11010519491231002X",
    contact_person="宋联系",
    phone="+86 138-1234-5678",
    email="Zao.Yue@example.com",
    address="靖安县双溪镇不存在路99号",
    postcode="330699",
)


def asked_by(organ, details=PLANTED, kind=RequesterKind.NATURAL_PERSON):
    info_request = submitted(organ, kind=kind)
    requesters.write(info_request, details)
    info_request.refresh_from_db()
    return info_request


def everything_stored():
    """Return every row of every table as text, the sealed ones as the bytes they are."""
    rows = [row for model in live_apps.get_models() for row in model._default_manager.all()]
    return serializers.serialize("json", rows, ensure_ascii=False)


def test_nothing_stored_tells_who_asks():
    organ = an_organ()
    told = actions.NewRequest(
        IntakeChannel.ONLINE, RequesterKind.NATURAL_PERSON, "集体土地征收公告"
    )
    asked = actions.submit(
        organ, told=told, requester=PLANTED, submitted_at=moment(RECEIVED), by=ME,
        at=moment(RECEIVED),
    )  # fmt: skip
    asked = actions.register(asked, confirmed_on=RECEIVED, by=ME, at=moment(RECEIVED, 11))
    do(actions.split, asked, RECEIVED, descriptions=["征收公告", "补偿方案"])
    stored = everything_stored()
    for clear in (
        "璪玥", "11010519491231002", "宋联系", "1234-5678", "13812345678", "ao.Yue", "ao.yue",
        "不存在路", "330699",
    ):  # fmt: skip
        assert clear not in stored, clear
    assert "欧阳**" in stored
    raw = b"".join(bytes(row.sealed) for row in Requester.objects.all())
    assert "璪玥".encode() not in raw


def test_nothing_stored_tells_who_asks_after_letters_service_and_jobs():
    organ = an_organ()
    asked = processing(organ)
    requesters.write(asked, PLANTED)
    a_profile(organ)
    letter_made(asked, RECEIVED)
    signed_for = do(actions.serve, asked, RECEIVED, how=ServiceWay.IN_HAND, signed_by=PLANTED.name)
    assert signed_for.acts.latest("sequence").data["signed_by"] == "申请人本人"
    actions.issue_letter(asked, kind="L01", act=2, on=RECEIVED, by=ME, at=moment(RECEIVED, 18))
    actions.show_requester(asked, by=ME, at=moment(RECEIVED, 18))
    actions.note_reading(asked, by=ME, at=moment(RECEIVED, 18))
    stored = everything_stored()
    for clear in ("璪玥", "11010519491231002", "宋联系", "1234-5678", "ao.Yue", "不存在路"):
        assert clear not in stored, clear


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (" 欧阳璪玥 ", "申请人本人"),
        ("宋联系", "联系人"),
        ("欧阳璪玥之妻", "申请人本人之妻"),
        ("收发室王某", "收发室王某"),
        ("", ""),
    ],
)
def test_an_act_never_names_the_requester_as_signer(name, told):
    assert requesters.signer(asked_by(an_organ()), name) == told


def test_a_requester_opens_in_its_own_row_only():
    one, two = asked_by(an_organ()), asked_by(an_organ("czj"))
    assert one.requester.details == PLANTED
    Requester.objects.filter(pk=two.pk).update(sealed=one.requester.sealed)
    with pytest.raises(CannotOpen):
        queries.requester_for_letters(two)


@pytest.mark.parametrize(
    "text",
    ["欧阳璪玥", " 欧阳璪玥 ", "11010519491231002x", "110105-19491231-002X", "１３８12345678",
     "138 1234 5678", "008613812345678", "zao.yue@EXAMPLE.com"],
)  # fmt: skip
def test_a_whole_value_finds_the_request(text):
    organ = an_organ()
    asked = asked_by(organ)
    asked_by(organ, RequesterDetails("李四", phone="13900000000"))
    assert list(queries.find_by_requester(text, [organ.pk])) == [asked]


@pytest.mark.parametrize(
    "text", ["欧阳", "璪玥", "欧阳**", "1101051949", "5678", "", " ", "%", "*"]
)
def test_a_part_of_a_value_or_none_finds_nothing(text):
    organ = an_organ()
    asked_by(organ)
    asked_by(organ, RequesterDetails("李四"))  # its phone, e-mail and number are empty
    assert not queries.find_by_requester(text, [organ.pk])


def test_a_number_finds_its_request_and_only_organs_asked_for_are_searched():
    organ, other = an_organ(), an_organ("czj")
    asked = asked_by(organ)
    assert list(queries.find_by_requester(asked.number, [organ.pk])) == [asked]
    assert not queries.find_by_requester("欧阳璪玥", [other.pk])


def test_indexes_of_different_fields_do_not_meet():
    organ = an_organ()
    asked_by(organ, RequesterDetails("13812345678"))
    row = asked_by(organ, RequesterDetails("李四", phone="13812345678")).requester
    assert not Requester.objects.filter(name_index=row.phone_index).exists()


@pytest.mark.parametrize(
    ("name", "kind", "masked"),
    [
        ("万里", RequesterKind.NATURAL_PERSON, "万*"),
        ("万", RequesterKind.NATURAL_PERSON, "万*"),
        ("欧阳锋", RequesterKind.NATURAL_PERSON, "欧阳*"),
        ("司马", RequesterKind.NATURAL_PERSON, "司*"),
        ("甲公司", RequesterKind.COMMERCIAL_ENTERPRISE, "甲公司"),
        ("", RequesterKind.NATURAL_PERSON, ""),
    ],
)
def test_lists_show_a_family_name_or_an_organisation(name, kind, masked):
    assert masked_name(name, kind) == masked


def test_telephones_are_compared_by_their_digits():
    assert plain_phone("0795-4662356") == "07954662356"
    assert plain_phone("86 13812345678") == "13812345678"
    assert plain_phone("8613812") == "8613812"


def test_showing_is_logged_and_tells_all():
    asked = asked_by(an_organ())
    assert actions.show_requester(asked, by=ME, at=moment(RECEIVED, 15)) == PLANTED
    assert Logged.objects.latest("pk").verb == "inforequests.show_requester"
    assert list(PLANTED.told)[:3] == ["姓名或者名称", "证件名称", "证件号码"]
    assert "联系人" not in replace(PLANTED, contact_person="").told


def test_a_search_is_logged_with_whom_by_and_where_but_never_what_for():
    organ, other = an_organ(), an_organ("czj")
    asked = asked_by(organ)
    told = {"organs": [organ, other], "chain": other, "by": ME, "at": moment(RECEIVED, 15)}
    assert requesters.search_requesters("138-1234 5678", **told) == [asked]
    assert requesters.search_requesters("没有这个人", **told) == []
    assert requesters.search_requesters(" ", **told) == []
    first, second = Logged.objects.filter(verb="inforequests.search_requesters").order_by("pk")
    assert (first.chain, first.account, first.at) == ("czj", ME.account, told["at"])
    assert (first.after["organs"], first.after["found"]) == (["zrzyj", "czj"], 1)
    assert (second.after["found"], len(second.after["searched"])) == (0, 64)
    assert first.after["searched"] not in {asked.requester.phone_index, second.after["searched"]}
    for event in (first, second):
        kept = f"{event.after}{event.before}{event.target_label}{event.reason}"
        assert not any(word in kept for word in ("138", "5678", "没有这个人"))


@pytest.mark.parametrize("algorithm", ["AES-256-GCM", "SM4-GCM"])
def test_rotation_seals_every_row_with_the_key_and_cipher_of_now(settings, algorithm):
    settings.GONGKAI_FIELD_KEY = "old"
    organ = an_organ()
    asked = [asked_by(organ, replace(PLANTED, name=f"张{n}")) for n in range(5)]
    indexes = set(Requester.objects.values_list("name_index", flat=True))
    settings.GONGKAI_FIELD_KEY, settings.GONGKAI_FIELD_ALGORITHM = "test", algorithm
    assert queries.requester_for_letters(asked[0]).name == "张0"
    assert queries.requesters_to_reseal() == 5
    assert [actions.reseal(2, at=moment(RECEIVED)) for _ in range(4)] == [2, 2, 1, 0]
    assert queries.requesters_to_reseal() == 0
    settings.GONGKAI_FIELD_KEYS = {"test": settings.GONGKAI_FIELD_KEYS["test"]}  # the old is gone
    assert [queries.requester_for_letters(each).name for each in asked] == [
        f"张{n}" for n in range(5)
    ]
    assert set(Requester.objects.values_list("name_index", flat=True)) == indexes
    assert list(queries.find_by_requester("张3", [organ.pk])) == [asked[3]]


def test_a_token_that_does_not_open_stops_the_batch_and_changes_nothing(settings):
    settings.GONGKAI_FIELD_KEY = "old"
    asked, spoilt = asked_by(an_organ()), asked_by(an_organ("czj"))
    Requester.objects.filter(pk=spoilt.pk).update(sealed=asked.requester.sealed)
    settings.GONGKAI_FIELD_KEY = "test"
    with pytest.raises(CannotOpen):
        actions.reseal(10, at=moment(RECEIVED))
    assert queries.requesters_to_reseal() == 2
    assert queries.requester_for_letters(asked) == PLANTED


def test_the_whole_way_goes_with_sm4(settings):
    settings.GONGKAI_FIELD_ALGORITHM = "SM4-GCM"
    asked = asked_by(an_organ())
    assert asked.requester.key_id == "test/SM4-GCM"
    assert bytes(asked.requester.sealed)[3] == 2
    assert actions.show_requester(asked, by=ME, at=moment(RECEIVED)) == PLANTED
    assert queries.desk_rows([asked], RECEIVED)[0].requester == "欧阳**"


@pytest.mark.django_db(transaction=True)
def test_the_migration_seals_and_opens_again():
    leaf = MigrationExecutor(connection).loader.graph.leaf_nodes()
    clear = [("inforequests", "0004_requester_under_seal")]
    organ = an_organ()
    for each in range(3):
        asked_by(organ, replace(PLANTED, name=f"欧阳{each}号"))
    replied(organ, date(2026, 3, 3))
    executor = MigrationExecutor(connection)
    executor.migrate(clear)
    try:
        old = executor.loader.project_state(clear).apps.get_model("inforequests", "Requester")
        names = sorted(old.objects.values_list("name", flat=True))
        assert names == ["万里", "欧阳0号", "欧阳1号", "欧阳2号"]
        row = old.objects.get(name="欧阳1号")
        assert (row.phone, row.identity_number) == (PLANTED.phone, PLANTED.identity_number)
        module = import_module("gongkai.inforequests.migrations.0005_seal_requesters")
        module._BATCH, whole = 2, module._BATCH
        MigrationExecutor(connection).migrate(leaf)
        module._BATCH = whole
    finally:
        MigrationExecutor(connection).migrate(leaf)
    (found,) = queries.find_by_requester("欧阳1号", [organ.pk])
    assert found.requester.details == replace(PLANTED, name="欧阳1号")
    assert found.requester.masked_name == "欧阳**"
    assert registered(organ, date(2026, 3, 4)).requester.details.name == "万里"
