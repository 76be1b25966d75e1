"""The tests: SQLite in memory, or PostgreSQL with GONGKAI_TEST_DATABASE=postgresql."""

import os
import tempfile
from pathlib import Path

from .base import *  # noqa: F403 -- settings are one namespace by Django's design
from .base import MIDDLEWARE as BASE_MIDDLEWARE
from .databases import postgresql

DEBUG = False
SECRET_KEY = "for the tests only"
GONGKAI_AUDIT_KEY = "for the tests only, and for the log"
GONGKAI_FIELD_KEYS = {
    "old": "b2xkIGtleSBmb3IgdGhlIHRlc3RzIG9ubHkuLi4uLi4=",
    "test": "bmV3IGtleSBmb3IgdGhlIHRlc3RzIG9ubHkuLi4uLi4=",
}
GONGKAI_FIELD_KEY = "test"
GONGKAI_INDEX_KEY = "aW5kZXgga2V5IGZvciB0aGUgdGVzdHMgb25seS4uLi4="
GONGKAI_SIGNING_KEY = ""
GONGKAI_ANCHOR_DIR = ""
GONGKAI_LOG_DIR = ""
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1", "[::1]"]
if os.environ.get("GONGKAI_TEST_DATABASE") == "postgresql":
    DATABASES = {"default": postgresql("gongkai")}
else:
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MIDDLEWARE = [name for name in BASE_MIDDLEWARE if "whitenoise" not in name]
MEDIA_ROOT = Path(tempfile.gettempdir()) / "gongkai-test-media"
GONGKAI_FILE_DIR = Path(tempfile.gettempdir()) / "gongkai-test-files"
GONGKAI_RELEASED_DIR = Path(tempfile.gettempdir()) / "gongkai-test-released"
GONGKAI_LETTER_DIR = Path(tempfile.gettempdir()) / "gongkai-test-letters"
GONGKAI_BACKUP_DIR = Path(tempfile.gettempdir()) / "gongkai-test-backups"
GONGKAI_SITE = "none"
GONGKAI_SITE_DIR = Path(tempfile.gettempdir()) / "gongkai-test-site"
GONGKAI_SEAL = "test"
GONGKAI_SEARCH = {"engine": "none"}
GONGKAI_WORDING_MODEL = False  # half a second and 100 MB; its own tests switch it on
GONGKAI_MAY_FLUSH = True  # made-up records: `flush` may empty them, the log too
# A test sees a change of the tree at once.
GONGKAI_SITE_KEPT_SECONDS = 0
# Tests of sign-in switch these on (accounts/tests); elsewhere nobody waits for a second factor.
GONGKAI_SECOND_FACTOR = "optional"
GONGKAI_SESSIONS_WATCHED = False
GONGKAI_SESSIONS_AN_ACCOUNT = 0
GONGKAI_PASSWORD_DAYS = 0
SESSION_COOKIE_AGE = 14 * 24 * 3600  # who is signed in stays so while a test moves the clock
AXES_ENABLED = False
