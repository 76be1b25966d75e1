"""How officials sign in: passwords, second factors, single sign-on, lockout, sessions, networks.

What a county sets is told in docs/handbook/sign-in.md. allauth and axes are configured here once:
nobody signs up, nothing goes by e-mail, and no address of theirs is open to the public.
"""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from stat import S_IRWXO
from typing import Any

from django.core.exceptions import ImproperlyConfigured

GONGKAI_PASSWORD_DAYS = 90  # a password is changed at least so often; 0: never asked for
GONGKAI_PASSWORDS_KEPT = 5  # and is none of the last so many
GONGKAI_COMMON_WORDS: tuple[str, ...] = ()  # what everybody here knows: "jingan", "靖安"
GONGKAI_SECOND_FACTOR = "required"  # for the posts that decide; or "optional"
GONGKAI_IDLE_MINUTES = 30  # nothing done for so long: signed out; 0: never
GONGKAI_SESSIONS_AN_ACCOUNT = 2  # in so many places at once; 0: any number
GONGKAI_SESSIONS_WATCHED = True  # idle time, ended sessions and networks are looked at
GONGKAI_STAFF_NETWORKS: tuple[str, ...] = ()  # from these, and those of the table; none: from any
GONGKAI_SIGN_ON: list[dict[str, Any]] = []  # the province's single sign-ons (`sign_on_from`)
GONGKAI_LOCKOUT_FAILURES = 5
GONGKAI_LOCKOUT_MINUTES = 30

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # refuses who is locked out, before anybody is asked
    "gongkai.accounts.staff.sign_in.Backend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "name", "phone")}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
LOGOUT_REDIRECT_URL = "wagtailadmin_login"
SESSION_COOKIE_AGE = 12 * 3600  # a working day; the browser forgets it when it is closed

ACCOUNT_ADAPTER = "gongkai.accounts.staff.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
SOCIALACCOUNT_ADAPTER = "gongkai.accounts.staff.adapters.SignOnAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_QUERY_EMAIL = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10  # seconds the province's platform has for an answer
MFA_ADAPTER = "gongkai.accounts.staff.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "gongkai.accounts.staff.second_factor.CodeForm",
    "reauthenticate": "gongkai.accounts.staff.second_factor.CodeAgainForm",
    "activate_totp": "gongkai.accounts.staff.second_factor.AppForm",
    "add_webauthn": "gongkai.accounts.staff.second_factor.KeyForm",
    "edit_webauthn": "gongkai.accounts.staff.second_factor.KeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a phone may be half a minute off
MFA_TOTP_ISSUER = "政务公开平台"
MFA_RECOVERY_CODES_SHOW_ONCE = True

AXES_FAILURE_LIMIT = GONGKAI_LOCKOUT_FAILURES
AXES_COOLOFF_TIME = timedelta(minutes=GONGKAI_LOCKOUT_MINUTES)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "gongkai.accounts.staff.sign_in.locked_out"
AXES_CLIENT_IP_CALLABLE = "gongkai.accounts.staff.addresses.address_text"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # who waits, waits no longer for trying
AXES_DISABLE_ACCESS_LOG = True  # the audit log tells it
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "password", "code", "old", "new", "again", "credential"]


def sign_on_from(environment: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return GONGKAI_SIGN_ON: what the file GONGKAI_SIGN_ON_FILE says, nothing when none is named.

    The file is a JSON list: {"id", "name", "server_url", "client_id", "secret"}, and "number":
    the claim that holds the number by which people are entered, "sub" when it is not told.

    Raises:
        ImproperlyConfigured: the file is missing, open to everybody, or no such JSON.
    """
    named = environment.get("GONGKAI_SIGN_ON_FILE", "")
    if not named:
        return []
    path = Path(named)
    try:
        if path.stat().st_mode & S_IRWXO:
            raise ImproperlyConfigured(f"{path} 含有密钥，其他用户不得读取，请执行 chmod o-rwx。")
        told = json.loads(path.read_text("utf-8"))
        return [sign_on(**each) for each in told]
    except (OSError, ValueError, TypeError) as error:
        raise ImproperlyConfigured(f"GONGKAI_SIGN_ON_FILE 读不出来（{error}）。") from None


def sign_on(
    *, id: str, name: str, server_url: str, client_id: str, secret: str, number: str = "sub"
) -> dict[str, Any]:
    """Return one single sign-on as allauth wants it."""
    return {
        "provider_id": id,
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": server_url, "uid_field": number, "oauth_pkce_enabled": True},
    }


def providers_of(sign_ons: list[dict[str, Any]]) -> dict[str, Any]:
    """Return SOCIALACCOUNT_PROVIDERS for these single sign-ons."""
    return {"openid_connect": {"APPS": sign_ons}}
