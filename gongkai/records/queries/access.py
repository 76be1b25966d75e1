"""Who keeps the records of a county, and who reads what is said of its logs."""

from gongkai.orgs.models import Role

KEEPERS = frozenset({Role.OGI_OFFICE, Role.OGI_HEAD})
READERS = frozenset({*KEEPERS, Role.LEADER})
LOG_READERS = frozenset({Role.AUDITOR, Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN})
