"""Settings of the benchmarks: the tests' own, on a SQLite file instead of memory."""

import os
from pathlib import Path

from gongkai.config.settings.databases import sqlite
from gongkai.config.settings.test import *  # noqa: F403 -- settings are one namespace

if os.environ.get("GONGKAI_TEST_DATABASE") != "postgresql":
    DATABASES = {"default": sqlite(Path(os.environ["GONGKAI_BENCH_DIR"]) / "bench.sqlite3")}

# The benchmark of the site's files alone writes them.
GONGKAI_SITE = os.environ.get("GONGKAI_BENCH_SITE", "none")
GONGKAI_SITE_DIR = Path(os.environ["GONGKAI_BENCH_DIR"]) / "site"
ALLOWED_HOSTS = ["*"]
GONGKAI_SEARCH = {
    "engine": os.environ.get("GONGKAI_BENCH_SEARCH", "none"),
    "path": Path(os.environ["GONGKAI_BENCH_DIR"]) / "search",
}
GONGKAI_SITE_KEPT_SECONDS = 10  # as in production; the tests read the site anew each time
GONGKAI_TRUSTED_PROXIES = ("127.0.0.1",)  # readers of the benchmarks come from 127.0.1.1 and on
