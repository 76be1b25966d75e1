"""Where reads go: never elsewhere for staff, writers, after a write or while the replica is ill."""

from types import SimpleNamespace

import pytest
from django.db import OperationalError, connections, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from gongkai.config import routing
from gongkai.config.routing import COOKIE, REPLICA, Health, ReadElsewhere, Router
from gongkai.config.settings.survival import reading_elsewhere
from gongkai.orgs.models import Organ


@pytest.fixture
def well(monkeypatch):
    state = SimpleNamespace(usable=lambda: True, left=0)
    state.leave_out = lambda: setattr(state, "left", state.left + 1)
    monkeypatch.setattr(routing, "health", state)
    return state


def _asked(request, view=None) -> tuple[list[str], HttpResponse]:
    """Return where the view's reads went."""
    places: list[str] = []

    def by_default(request: object) -> HttpResponse:
        places.append(Router().db_for_read(Organ))
        return HttpResponse("ok")

    def handle(request: object) -> HttpResponse:
        chosen = view or by_default
        return middleware.process_view(request, chosen, (), {}) or chosen(request)

    middleware = ReadElsewhere(handle)
    response = middleware(request)
    assert Router().db_for_read(Organ) == "default"  # nothing is left behind
    return places, response


def test_public_reads_go_elsewhere(well) -> None:
    places, response = _asked(RequestFactory().get("/zwgk/"))
    assert places == [REPLICA]
    assert COOKIE not in response.cookies


@pytest.mark.parametrize("path", ["/staff/", "/staff/orgs/organs/"])
def test_staff_read_from_the_first_server(well, path: str) -> None:
    assert _asked(RequestFactory().get(path))[0] == ["default"]


def test_who_has_sent_something_finds_it(well) -> None:
    places, response = _asked(RequestFactory().post("/zwgk/ysqgk/"))
    assert places == ["default"]
    cookie = response.cookies[COOKIE]
    assert (cookie["max-age"], cookie["httponly"]) == (15, True)
    after = RequestFactory().get("/zwgk/ysqgk/")
    after.COOKIES[COOKIE] = "1"
    assert _asked(after)[0] == ["default"]


def test_an_ill_replica_is_left_out(well) -> None:
    well.usable = lambda: False
    assert _asked(RequestFactory().get("/"))[0] == ["default"]


def test_what_is_read_after_a_write_is_read_where_it_was_written(well) -> None:
    places = []

    def view(request: object) -> HttpResponse:
        places.append(Router().db_for_read(Organ))
        places.append(Router().db_for_write(Organ))
        places.append(Router().db_for_read(Organ))
        return HttpResponse("ok")

    _asked(RequestFactory().get("/"), view)
    assert places == [REPLICA, "default", "default"]


@pytest.mark.django_db
def test_a_transaction_reads_where_it_writes(well) -> None:
    def view(request: object) -> HttpResponse:
        with transaction.atomic():
            assert Router().db_for_read(Organ) == "default"
        return HttpResponse("ok")

    _asked(RequestFactory().get("/"), view)


def test_a_replica_that_fails_in_the_middle_costs_the_reader_nothing(well) -> None:
    places = []

    def view(request: object) -> HttpResponse:
        places.append(Router().db_for_read(Organ))
        if places[-1] == REPLICA:
            raise OperationalError("server closed the connection unexpectedly")
        return HttpResponse("made anew")

    _, response = _asked(RequestFactory().get("/"), view)
    assert places == [REPLICA, "default"]
    assert response.content == b"made anew"
    assert well.left == 1


def _replica(answer: object, monkeypatch) -> Health:
    class Cursor:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return False

        def execute(self, _):
            if isinstance(answer, Exception):
                raise answer

        def fetchone(self):
            return answer

    other = SimpleNamespace(cursor=Cursor, close=lambda: None)
    monkeypatch.setattr(routing, "connections", {REPLICA: other})
    return Health()


@pytest.mark.parametrize(
    ("answer", "usable"),
    [
        ((False, True, 0), True),
        ((False, True, 4.9), True),
        ((False, True, 5.1), False),
        ((False, True, None), False),
        ((False, False, 0), False),  # cut off from the first server: it cannot know
        ((True, False, None), True),  # it is the first server now
        (OperationalError("no route"), False),
    ],
)
def test_a_replica_is_asked_while_it_is_not_behind(answer, usable, monkeypatch) -> None:
    assert _replica(answer, monkeypatch).usable() is usable


def test_a_look_holds_for_a_moment(monkeypatch) -> None:
    health = _replica((False, True, 0), monkeypatch)
    assert health.usable()
    health.leave_out()
    assert not health.usable()
    assert routing.LOOKED < routing.LAG


def test_the_settings_name_a_replica_only_where_there_is_one() -> None:
    first = {"ENGINE": "django.db.backends.postgresql", "NAME": "gongkai", "HOST": "a"}
    assert reading_elsewhere({}, {"default": first}, ["x"]) == {}
    told = reading_elsewhere({"GONGKAI_REPLICA_HOST": "b"}, {"default": first}, ["x"])
    assert told["DATABASES"]["replica"]["HOST"] == "b"
    assert told["DATABASES"]["default"] == first
    assert told["MIDDLEWARE"] == ["x", "gongkai.config.routing.ReadElsewhere"]
    assert REPLICA not in connections
