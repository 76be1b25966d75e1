"""The files of a server hold together: scripts that parse, a dry run that changes nothing."""

import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
HOST = "zwgk.example.gov.cn"


def _ran(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("script", sorted(DEPLOY.glob("*.sh")), ids=lambda path: path.name)
def test_every_script_parses(script: Path) -> None:
    assert _ran("bash", "-n", str(script)).stderr == ""


def test_a_dry_run_of_the_installation_tells_every_step_and_no_key() -> None:
    done = _ran(
        *("bash", str(DEPLOY / "install.sh"), "--host", HOST, "--dry-run", "--no-packages"),
        *("--staff-from", "10.0.0.0/8 fd00::/8", "--backup", "/srv/copies"),
    )
    assert (done.returncode, done.stderr) == (0, "")
    told = done.stdout
    for word in (
        *("gongkai.env", "backup.key", "gongkai migrate", "collectstatic"),
        *("logrotate.d/gongkai", "auditanchor --make-key"),
        *("gongkai-backup.timer", "sites-available/gongkai", "target.conf", "nginx -t"),
        *(f"== {number}." for number in range(1, 11)),
    ):
        assert word in told or "is there" in told, word
    assert "apt-get" not in told
    assert "GONGKAI_FIELD_KEYS=" not in told
    units = {path.name for kind in ("service", "timer") for path in DEPLOY.glob(f"*.{kind}")}
    assert all(name in told for name in units)


@pytest.mark.parametrize(
    "given",
    [
        [],
        ["--host", "a b"],
        ["--host", "$(id)"],
        ["--host", "x;y"],
        ["--host", HOST, "--staff-from", "10.0.0.0/8; }"],
        ["--host", HOST, "--backup", "relative"],
        ["--host", HOST, "--what"],
    ],
)
def test_words_that_belong_in_no_file_are_refused(given: list[str]) -> None:
    done = _ran("bash", str(DEPLOY / "install.sh"), "--dry-run", *given)
    assert done.returncode == 2
    assert "would" not in done.stdout


def test_an_upgrade_backs_up_before_it_stops_anything_and_knows_the_way_back() -> None:
    done = _ran("bash", str(DEPLOY / "upgrade.sh"), "v9.9", "--dry-run")
    assert done.returncode == 0, done.stderr
    steps = [
        *("gongkai backup", "cp -a .venv .venv-before", "systemctl stop", "git checkout"),
        *("environment.sh", "gongkai migrate --noinput", "gongkai migrate --check"),
        *("gongkai auditverify", "systemctl start"),
    ]
    places = [done.stdout.index(step) for step in steps]
    assert places == sorted(places)
    back = _ran("bash", str(DEPLOY / "upgrade.sh"), "--back", "--dry-run").stdout
    steps = ["systemctl stop", "git checkout", "mv .venv-before .venv", "gongkai restore"]
    places = [back.index(step) for step in steps]
    assert places == sorted(places)


def test_every_setting_of_the_example_is_read_somewhere() -> None:
    settings = "".join(
        path.read_text("utf-8")
        for path in (DEPLOY.parent / "gongkai" / "config" / "settings").glob("*.py")
    )
    lines = (DEPLOY / "gongkai.env.example").read_text("utf-8").splitlines()
    names = {line.lstrip("# ").partition("=")[0] for line in lines if "GONGKAI_" in line[:12]}
    assert names
    assert {name for name in names if name not in settings} == set()


def test_one_name_stands_for_the_host_in_the_file_of_nginx() -> None:
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    assert "server_name www.example.gov.cn" in text
    assert "# allow 10.0.0.0/8;" in text  # where install.sh puts --staff-from
