"""What browsers may do with our answers: policies of content and the other headers of security.

Said of every answer by `config.headers.SendHeaders`, of the files of the public site by
`sitefiles.serving` (granian) and deploy/nginx-files.conf (nginx), which has the same words: a test
compares them.
"""

from collections.abc import Mapping

# The public site: nothing inline, nothing of another host. Pictures made in the page are `data:`.
_PUBLIC = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "worker-src": "'self'",
    "connect-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "media-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'self'",
}
# Wagtail's widgets start themselves by scripts in the page and its editor sets styles: those must
# be let be. Nothing of another host is loaded all the same. A sign-in at the province's single
# sign-on is a form that leads to another host over https.
_STAFF = {
    **_PUBLIC,
    "default-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "script-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "frame-src": "'self'",
    "object-src": "'none'",
    "form-action": "'self' https:",
    "base-uri": "'self'",
}


def _policy(told: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in told.items())


GONGKAI_PUBLIC_POLICY = _policy(_PUBLIC)
# Pages with forms may stand in no frame, not even in our own.
GONGKAI_FORM_POLICY = _policy({**_PUBLIC, "frame-ancestors": "'none'"})
GONGKAI_STAFF_POLICY = _policy(_STAFF)
# None of our pages asks for these. A security key (WebAuthn) needs none of them. Only what would
# touch a reader is named: the words go with every page, and what is left runs our scripts alone.
GONGKAI_PERMISSIONS = ", ".join(
    f"{name}=()"
    for name in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
)
X_FRAME_OPTIONS = "SAMEORIGIN"  # staff see previews and letters in frames of our own origin
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
