"""One county's server: PostgreSQL, HTTPS behind nginx, everything secret from the environment."""

import os
from pathlib import Path

from .base import *  # noqa: F403 -- settings are one namespace by Django's design
from .base import BASE_DIR, MIDDLEWARE
from .databases import postgresql
from .mail import mailbox_from, mailer_from, texter_from
from .platforms import platforms_from
from .search import search_from
from .secrets import named_keys
from .signing_in import providers_of, sign_on_from
from .survival import from_environment, reading_elsewhere

DEBUG = False
SECRET_KEY = os.environ["GONGKAI_SECRET_KEY"]
GONGKAI_AUDIT_KEY = os.environ["GONGKAI_AUDIT_KEY"]
GONGKAI_FIELD_KEYS = named_keys(os.environ["GONGKAI_FIELD_KEYS"])
GONGKAI_FIELD_KEY = os.environ["GONGKAI_FIELD_KEY"]
GONGKAI_INDEX_KEY = os.environ["GONGKAI_INDEX_KEY"]
GONGKAI_FIELD_ALGORITHM = os.environ.get("GONGKAI_FIELD_ALGORITHM", "AES-256-GCM")
ALLOWED_HOSTS = os.environ["GONGKAI_HOSTS"].split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
DATA_DIR = Path(os.environ.get("GONGKAI_DATA_DIR", BASE_DIR / "var"))
MEDIA_ROOT = DATA_DIR / "media"
GONGKAI_SIGNING_KEY = os.environ.get("GONGKAI_SIGNING_KEY", DATA_DIR / "keys" / "signing.pem")
GONGKAI_ANCHOR_DIR = DATA_DIR / "anchors"
GONGKAI_LOG_DIR = DATA_DIR / "logs"
GONGKAI_LOG_DAYS = max(366, int(os.environ.get("GONGKAI_LOG_DAYS", "400")))
GONGKAI_OTHER_LOGS = tuple(
    os.environ.get(
        "GONGKAI_OTHER_LOGS", "/var/log/nginx/*access.log* /var/log/postgresql/*.log*"
    ).split()
)
STATIC_ROOT = DATA_DIR / "static"
GONGKAI_FONT_DIR = DATA_DIR / "fonts"
GONGKAI_FILE_DIR = DATA_DIR / "files"
GONGKAI_RELEASED_DIR = DATA_DIR / "released"
GONGKAI_LETTER_DIR = DATA_DIR / "letters"
globals().update(from_environment(os.environ, DATA_DIR))
GONGKAI_SEARCH = search_from(os.environ, DATA_DIR)
GONGKAI_SITE_DIR = DATA_DIR / "site"
GONGKAI_SEAL = os.environ.get("GONGKAI_SEAL", "none")
GONGKAI_MAILER = mailer_from(os.environ)
GONGKAI_MAILBOX = mailbox_from(os.environ)
GONGKAI_TEXTER = texter_from(os.environ)
GONGKAI_PLATFORMS = platforms_from(os.environ)
GONGKAI_MAIL_ORGAN = os.environ.get("GONGKAI_MAIL_ORGAN", "")
GONGKAI_WORKING_HOURS = tuple(
    os.environ.get("GONGKAI_WORKING_HOURS", "08:30-12:00 14:00-17:30").split()
)
GONGKAI_CLAMD = os.environ.get("GONGKAI_CLAMD", "")
GONGKAI_CHANNEL_TEST_DAYS = int(os.environ.get("GONGKAI_CHANNEL_TEST_DAYS", "30"))
GONGKAI_CONTACT_DAYS = int(os.environ.get("GONGKAI_CONTACT_DAYS", "90"))
GONGKAI_TRUSTED_PROXIES = tuple(
    os.environ.get("GONGKAI_TRUSTED_PROXIES", "127.0.0.0/8 ::1").split()
)
GONGKAI_SIGN_ON = sign_on_from(os.environ)
SOCIALACCOUNT_PROVIDERS = providers_of(GONGKAI_SIGN_ON)
GONGKAI_PASSWORD_DAYS = int(os.environ.get("GONGKAI_PASSWORD_DAYS", "90"))
GONGKAI_COMMON_WORDS = tuple(os.environ.get("GONGKAI_COMMON_WORDS", "").split())
GONGKAI_IDLE_MINUTES = int(os.environ.get("GONGKAI_IDLE_MINUTES", "30"))
GONGKAI_SESSIONS_AN_ACCOUNT = int(os.environ.get("GONGKAI_SESSIONS_AN_ACCOUNT", "2"))
GONGKAI_STAFF_NETWORKS = tuple(os.environ.get("GONGKAI_STAFF_NETWORKS", "").split())
DATABASES = {"default": postgresql("gongkai")}
globals().update(reading_elsewhere(os.environ, DATABASES, MIDDLEWARE))
WAGTAILADMIN_BASE_URL = f"https://{ALLOWED_HOSTS[0]}"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
