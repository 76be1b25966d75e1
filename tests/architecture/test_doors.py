"""An app may be entered only by its public doors; every other room is private (ADR 0005)."""

import grimp
import pytest

PUBLIC = {"models", "queries", "actions", "statistics", "findings"}
LIBRARIES = {"statute", "tables", "text", "adapters"}  # every module of these is public
FACES = {"config", "portal", "desk", "api", "demo"}  # nobody enters these from below
READERS = {
    "statistics": {
        "gongkai.annualreport.sources",
        "gongkai.inspections.sources",
        "gongkai.oversight.sources",
    },
    "findings": {"gongkai.inspections.sources"},
}
GRAPH = grimp.build_graph("gongkai", include_external_packages=False)


def _app_and_room(module: str) -> tuple[str | None, str | None]:
    parts = [*module.split(".")[1:3], None, None]
    return parts[0], parts[1]


def test_other_apps_enter_by_the_public_doors_only() -> None:
    bad = []
    for importer in GRAPH.modules:
        for imported in GRAPH.find_modules_directly_imported_by(importer):
            (app, _), (other, room) = _app_and_room(importer), _app_and_room(imported)
            if app == other or other in LIBRARIES | FACES or room is None:
                continue
            if "tests" not in importer.split(".") and room not in PUBLIC:
                bad.append(f"{importer} -> {imported}")
    assert not bad, bad


@pytest.mark.parametrize("room", READERS)
def test_oversight_alone_reads_statistics_and_findings(room: str) -> None:
    bad = []
    for module in GRAPH.modules:
        if _app_and_room(module)[1] != room:
            continue
        for importer in GRAPH.find_modules_that_directly_import(module):
            app = _app_and_room(importer)[0]
            own = app == _app_and_room(module)[0]
            face = room == "statistics" and app in {"portal", "desk", "demo"}
            tests = "tests" in importer.split(".")
            reads = any(f"{importer}.".startswith(f"{reader}.") for reader in READERS[room])
            if not (own or face or tests or reads):
                bad.append(f"{importer} -> {module}")
    assert not bad, bad
