"""Settings of all tests: one migrated database is copied; hypothesis measures no time.

`--hypothesis-profile=thorough` tries many times the examples, for a night; `landing` a few, where
somebody waits. GONGKAI_EXAMPLES names the profile for whole runs.
"""

import gc
import os
import time
from zlib import crc32

import pytest
from hypothesis import settings

settings.register_profile("gongkai", deadline=None, print_blob=True)
settings.register_profile("landing", deadline=None, print_blob=True, max_examples=20)
settings.register_profile("thorough", deadline=None, print_blob=True, max_examples=1000)
settings.load_profile(os.environ.get("GONGKAI_EXAMPLES", "gongkai"))


def pytest_addoption(parser):
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out the tests that may not touch the database: it makes no difference to them",
    )


_EMPTIES = {"transactional_db", "live_server", "django_db_reset_sequences"}


def _turn(item) -> tuple[bool, int]:
    """Return when a module has its turn in a landing: another order for another commit.

    Tests that empty the database come after all others, as pytest-django has them.
    """
    mark = item.get_closest_marker("django_db")
    told = mark is not None and (mark.kwargs.get("transaction") or mark.args[:1] == (True,))
    seed = os.environ.get("GONGKAI_LANDING", "")
    empties = bool(told) or not _EMPTIES.isdisjoint(getattr(item, "fixturenames", ()))
    return empties, crc32(f"{seed} {item.location[0]}".encode())


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Skip what a landing has no time left for: it must end, and says how many tests it owes."""
    ends = os.environ.get("GONGKAI_LANDING_ENDS")
    if ends and time.time() > float(ends):
        pytest.skip("the landing's time is over; `make test` tries it")


def _leave_out(config, items, left) -> None:
    config.hook.pytest_deselected(items=left)
    gone = set(left)
    items[:] = [item for item in items if item not in gone]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Leave out what a landing does not wait for, and, when asked to, what takes no database."""
    if os.environ.get("GONGKAI_EXAMPLES") == "landing":
        _leave_out(config, items, [item for item in items if item.get_closest_marker("long")])
        items.sort(key=_turn)
    # Playwright keeps a loop running in its thread, in which nothing else can start one.
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    if not config.getoption("database_only"):
        return
    # What pytest-django itself reads to make the databases a test may touch, and no other.
    from pytest_django.fixtures import _get_databases_for_test

    _leave_out(config, items, [item for item in items if not _get_databases_for_test(item)[0]])


def pytest_collection_finish():
    """Let the garbage collector pass by what all tests share: modules, models and the tests."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    """Copy a migrated database instead of migrating one in every test process."""
    from tests import migrated

    with django_db_blocker.unblock():
        migrated.copy_it()
