"""The WSGI entry that granian serves; before it, where no nginx does so, the site's files."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from gongkai.adapters.sitefiles.serving import ServeFiles
from gongkai.config.headers import site_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings.production")
application = get_wsgi_application()
if settings.GONGKAI_SERVE_SITE:
    application = ServeFiles(application, settings.GONGKAI_SITE_DIR, site_headers())
