"""The two content security policies: a strict one for the site, a looser one for Wagtail's administration.

Wagtail's widgets carry inline scripts and styles, and a nonce would disable `unsafe-inline`: hence no nonce there.
"""

from csp.constants import NONE, SELF, UNSAFE_INLINE

PUBLIC_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

CMS_POLICY = {
    "DIRECTIVES": {
        **PUBLIC_POLICY["DIRECTIVES"],
        "script-src": [SELF, UNSAFE_INLINE],
        "style-src": [SELF, UNSAFE_INLINE],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
    }
}
