"""The demo: embedded SQLite, plain HTTP on this machine alone, a key made at set-up."""

from .base import *  # noqa: F403 -- settings are one namespace by Django's design
from .base import DATA_DIR
from .databases import sqlite
from .secrets import field_key_file, secret_key_file

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SECRET_KEY = secret_key_file(DATA_DIR / "demo" / "secret_key")
GONGKAI_AUDIT_KEY = secret_key_file(DATA_DIR / "demo" / "audit_key")
GONGKAI_FIELD_KEYS = {"demo": field_key_file(DATA_DIR / "demo" / "field_key")}
GONGKAI_FIELD_KEY = "demo"
GONGKAI_INDEX_KEY = field_key_file(DATA_DIR / "demo" / "index_key")
field_key_file(DATA_DIR / "demo" / "backup_key")
GONGKAI_BACKUP_KEY_FILE = DATA_DIR / "demo" / "backup_key"
GONGKAI_BACKUP_DIR = DATA_DIR / "demo" / "backups"
GONGKAI_SIGNING_KEY = DATA_DIR / "demo" / "signing.pem"
GONGKAI_ANCHOR_DIR = DATA_DIR / "demo" / "anchors"
GONGKAI_LOG_DIR = DATA_DIR / "demo" / "logs"
DATABASES = {"default": sqlite(DATA_DIR / "demo" / "gongkai.sqlite3")}
MEDIA_ROOT = DATA_DIR / "demo" / "media"
GONGKAI_FILE_DIR = DATA_DIR / "demo" / "files"
GONGKAI_RELEASED_DIR = DATA_DIR / "demo" / "released"
GONGKAI_LETTER_DIR = DATA_DIR / "demo" / "letters"
GONGKAI_SEARCH = {"engine": "tantivy", "path": DATA_DIR / "demo" / "search"}
GONGKAI_SITE_DIR = DATA_DIR / "demo" / "site"
GONGKAI_SERVE_SITE = True
GONGKAI_SEAL = "test"
GONGKAI_MAILER = {"kind": "folder", "folder": DATA_DIR / "demo" / "mail"}
GONGKAI_TEXTER = {"kind": "folder", "folder": DATA_DIR / "demo" / "sms"}

# Printed under the title of every report of the demo, in every format.
GONGKAI_REPORT_NOTICE = (
    "演示数据：本报告由虚构的工作记录生成，仅供了解软件使用，不是该机关发布的文件"
)
GONGKAI_MAY_FLUSH = True  # made-up records: `flush` may empty them, the log too

# Everybody tries the demo with the same accounts, from anywhere, for as long as they like.
GONGKAI_SECOND_FACTOR = "optional"  # told on the screen of one's own sign-in
GONGKAI_PASSWORD_DAYS = 0
GONGKAI_SESSIONS_AN_ACCOUNT = 0
