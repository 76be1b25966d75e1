"""Addresses of signing in: the door, the second step, the province's single sign-on.

Of allauth only what stands here is there: no signing up, no mail, no connections of one's own.
"""

from allauth.account.views import reauthenticate
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as apps
from allauth.mfa.webauthn import views as keys
from django.urls import path

from gongkai.accounts.staff import sign_on
from gongkai.accounts.staff.second_factor import AddAppView, AddKeyView, RemoveKeyView
from gongkai.accounts.staff.sign_in import SignInView

_STEP = "second-factor/"
_KEY = f"{_STEP}keys/<int:pk>/"

urlpatterns = [
    path("login/", SignInView.as_view(), name="account_login"),
    path("login/", SignInView.as_view(), name="wagtailadmin_login"),
    path("login/confirm/", reauthenticate, name="account_reauthenticate"),
    path("login/with/<str:provider_id>/", sign_on.leave, name="openid_connect_login"),
    path("login/with/<str:provider_id>/back/", sign_on.come_back, name="openid_connect_callback"),
    path(_STEP, factors.index, name="mfa_index"),
    path(f"{_STEP}authenticate/", factors.authenticate, name="mfa_authenticate"),
    path(f"{_STEP}confirm/", factors.reauthenticate, name="mfa_reauthenticate"),
    path(f"{_STEP}app/", AddAppView.as_view(), name="mfa_activate_totp"),
    path(f"{_STEP}app/remove/", apps.deactivate_totp, name="mfa_deactivate_totp"),
    path(f"{_STEP}codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(f"{_STEP}codes/make/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(f"{_STEP}keys/", keys.list_webauthn, name="mfa_list_webauthn"),
    path(f"{_STEP}keys/add/", AddKeyView.as_view(), name="mfa_add_webauthn"),
    path(f"{_STEP}keys/confirm/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path(f"{_KEY}", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path(f"{_KEY}remove/", RemoveKeyView.as_view(), name="mfa_remove_webauthn"),
]
