"""The WSGI entry that granian serves; before it, where no nginx does so, the site's files."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from gongkai.adapters.sitefiles.serving import ServeFiles

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings.production")
application = get_wsgi_application()
if settings.GONGKAI_SERVE_SITE:
    # What Django's own middleware says on every page.
    application = ServeFiles(
        application,
        settings.GONGKAI_SITE_DIR,
        {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
            "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
            "X-Frame-Options": settings.X_FRAME_OPTIONS,
        },
    )
