"""Where the site's files are kept, as the settings say."""

from django.conf import settings

from gongkai.adapters.sitefiles.trees import Trees, trees_of


def site_trees() -> Trees:
    """Return the trees of this installation; the do-nothing twin where there are none."""
    return trees_of(settings.GONGKAI_SITE, settings.GONGKAI_SITE_DIR)


def is_on() -> bool:
    """Say whether public pages are kept as files."""
    return bool(settings.GONGKAI_SITE != "none")
