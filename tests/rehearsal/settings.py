"""Settings of every process of the rehearsal: two servers by name, reads of the public elsewhere.

PGHOST names both servers and PGTARGETSESSIONATTRS=read-write picks the one that takes writes: that
is libpq's own way, and a province's too.
"""

import os

from gongkai.config.settings.survival import reading_elsewhere
from gongkai.config.settings.test import *  # noqa: F403 -- settings are one namespace
from gongkai.config.settings.test import DATABASES, INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = ["tests.rehearsal.counted", *INSTALLED_APPS]
DATABASES = {"default": {**DATABASES["default"], "OPTIONS": {"connect_timeout": 2}}}
globals().update(reading_elsewhere(os.environ, DATABASES, MIDDLEWARE))
