"""Settings common to the demo, the tests and production; no secret has a default here."""

import os
from pathlib import Path

from .headers import *  # noqa: F403 -- settings are one namespace by Django's design
from .signing_in import *  # noqa: F403 -- settings are one namespace by Django's design
from .signing_in import GONGKAI_SIGN_ON, providers_of
from .survival import *  # noqa: F403 -- settings are one namespace by Django's design

SOCIALACCOUNT_PROVIDERS = providers_of(GONGKAI_SIGN_ON)

BASE_DIR = Path(__file__).resolve().parents[3]
DATA_DIR = BASE_DIR / "var"

INSTALLED_APPS = [
    "gongkai.demo",
    "gongkai.portal",
    "gongkai.api",
    "gongkai.desk",
    "gongkai.records",
    "gongkai.annualreport",
    "gongkai.oversight",
    "gongkai.inspections",
    "gongkai.remedies",
    "gongkai.policy",
    "gongkai.inforequests",
    "gongkai.newmedia",
    "gongkai.registers",
    "gongkai.hotline",
    "gongkai.proposals",
    "gongkai.servicehall",
    "gongkai.engagement",
    "gongkai.disclosure",
    "gongkai.letters",
    "gongkai.files",
    "gongkai.calendars",
    "gongkai.orgs",
    "gongkai.accounts",
    "gongkai.outbox",
    "gongkai.audit",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "gongkai.desk.operating.probes.AnswerProbes",
    "django.middleware.security.SecurityMiddleware",
    "gongkai.config.headers.SendHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gongkai.accounts.staff.watching.Watch",
    "gongkai.records.staff.access_log.LogAccess",
    "gongkai.accounts.staff.remembering.Remember",
    "gongkai.accounts.staff.passwords.RequireNewPassword",
    "gongkai.accounts.staff.second_factor.RequireSecondFactor",
    "gongkai.accounts.staff.doors.CloseWagtailsDoors",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "gongkai.portal.old_addresses.LeadOn",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "gongkai.config.urls"
WSGI_APPLICATION = "gongkai.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "gongkai" / "config" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"

DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

WAGTAIL_SITE_NAME = "政务公开平台"
WAGTAIL_I18N_ENABLED = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
WAGTAIL_ENABLE_UPDATE_CHECK = False  # no call leaves the county's server
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_USER_LOGIN_FORM = "gongkai.accounts.staff.sign_in.LoginForm"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # accounts has its own form, over its own verb
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}
}
WAGTAILREDIRECTS_AUTO_CREATE = False

# Every settings module must also give:
#   GONGKAI_AUDIT_KEY  the key of protected fields and daily anchors in the audit log; kept apart
#                      from SECRET_KEY, because it must outlive every change of that one.
#   GONGKAI_FIELD_KEYS the keys of personal data and files at rest: {name: 32 bytes in base64}
#   GONGKAI_FIELD_KEY  the name of the one that seals now; the others only open (ADR 0014)
#   GONGKAI_INDEX_KEY  32 bytes in base64, for finding sealed values by their blind index
GONGKAI_FIELD_ALGORITHM = "AES-256-GCM"  # or SM4-GCM
# The installation's own key, which signs the daily anchors of the log and its exports
# (`gongkai auditanchor --make-key`); and where each anchor is kept as a file beside its row.
GONGKAI_SIGNING_KEY = DATA_DIR / "keys" / "signing.pem"
GONGKAI_ANCHOR_DIR = DATA_DIR / "anchors"
# Who asked the service for what: a file a day, kept so many days (政务应用安全管理规定 20: a year);
# and the logs of others on this machine whose age `gongkai checklogs` looks at.
GONGKAI_LOG_DIR = DATA_DIR / "logs"
GONGKAI_LOG_DAYS = 400
GONGKAI_OTHER_LOGS: tuple[str, ...] = ()

# Files of cases, sealed; and files released to requesters, kept apart and never changed.
# How long a process keeps the tree of a public site in mind before it reads it anew.
GONGKAI_SITE_KEPT_SECONDS = 10
# Public pages as files: "files", or "none" (every page is made when it is asked for); where.
GONGKAI_SITE = "files"
GONGKAI_SITE_DIR = DATA_DIR / "site"
# Whether this service answers from the files itself; not where nginx stands before it.
GONGKAI_SERVE_SITE = False
GONGKAI_FILE_DIR = DATA_DIR / "files"
GONGKAI_RELEASED_DIR = DATA_DIR / "released"
GONGKAI_CLAMD = ""  # the virus scanner: "/run/clamav/clamd.ctl" or "host:3310"; empty: none

# The search index: "tantivy" on this machine's disk, "opensearch" on a cluster, or "none".
GONGKAI_SEARCH = {"engine": "tantivy", "path": DATA_DIR / "search"}

# What the check of slips has learned of each county (`gongkai trainwording`), and whether the
# model looks at texts before their release.
GONGKAI_WORDING_DIR = os.environ.get("GONGKAI_WORDING_DIR") or DATA_DIR / "wording"
GONGKAI_WORDING_MODEL = True

# Letters as they were issued, sealed; and the seal on them: "none" (sealed by hand) or "test".
GONGKAI_LETTER_DIR = DATA_DIR / "letters"
GONGKAI_SEAL = "none"

# Sending mail, reading the mailbox, short messages: the do-nothing twins (docs/howto/set-up-mail).
GONGKAI_MAILER = {"kind": "none"}
GONGKAI_MAILBOX = {"kind": "none"}
GONGKAI_TEXTER = {"kind": "none"}
GONGKAI_PLATFORMS: dict[str, dict[str, str]] = {}  # "WECHAT:<账号ID>": keys; else by hand
# The code of the organ that mails to no accepting office's address are for; empty: the county's.
GONGKAI_MAIL_ORGAN = ""
# When offices work on a working day; alarms and reminders go out between the first and the last.
GONGKAI_WORKING_HOURS = ("08:30-12:00", "14:00-17:30")

# Our own proxies, whose X-Forwarded-For is believed (text.client_addresses): nginx on this machine.
GONGKAI_TRUSTED_PROXIES = ("127.0.0.0/8", "::1")

# Fonts for letters and PDFs: the office's own 仿宋_GB2312 and 小标宋 go here and win.
GONGKAI_FONT_DIR = DATA_DIR / "fonts"

# Corrections of own records (Art. 41) have no term in law: working days by analogy with Art. 33.
GONGKAI_CORRECTION_WORKDAYS = 20
# An office tests each way in that it publishes after so many days (practice.md 2.7).
GONGKAI_CHANNEL_TEST_DAYS = 30
# How to reach who reported an error of a page is erased so many days after the answer.
GONGKAI_CONTACT_DAYS = 90
# What came of comments on a draft is published within so many days of the last day of the term.
GONGKAI_FEEDBACK_DAYS = 30
# An answer often asked for is confirmed, or mended, at least as often as this many days.
GONGKAI_FAQ_DAYS = 180
# What was withheld is looked at again after so many months (Art. 18).
GONGKAI_WITHHELD_REVIEW_MONTHS = 12
