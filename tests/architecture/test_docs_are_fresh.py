"""Docs drawn from code stay true: a table that changed without `make docs` is red."""

from docs.draw_lifecycles import PAGE, lifecycle_modules, page, tables
from gongkai.statute.lifecycles import Arrow


def test_the_drawn_lifecycles_are_the_tables() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `make docs`"


def test_every_lifecycle_module_is_drawn_from_arrows_of_the_one_shape() -> None:
    drawn = [table for module in lifecycle_modules() for table in tables(module)]
    assert drawn
    for _, transitions in drawn:
        assert all(isinstance(arrow, Arrow) for arrow in transitions.values())
