"""The sign-in form: Wagtail's, whose password field has no Chinese label."""

from typing import Any

from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm


class LoginForm(WagtailLoginForm):
    """Account and password, in Chinese."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("username", "账号"), ("password", "密码")):
            self.fields[name].label = label
            self.fields[name].widget.attrs["placeholder"] = f"请输入{label}"
