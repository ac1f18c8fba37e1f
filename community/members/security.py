"""What the security page and the gate of /cms/ know of an account: factors, devices."""

import ipaddress
import re

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.utils.translation import gettext as _

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]

_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def lacks_second_factor(member) -> bool:
    """Recovery codes alone are not a factor: they only stand for one."""
    return not is_mfa_enabled(member, SECOND_FACTORS)


def device_name(user_agent: str) -> str:
    """« Firefox sous Windows », as far as the browser says."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), _("Navigateur"))
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return _("%(browser)s sous %(system)s") % {"browser": browser, "system": system} if system else browser


def network_of(ip: str) -> str:
    """The address without what tells one machine from its neighbours: /24, or /48 in IPv6."""
    address = ipaddress.ip_address(ip)
    return str(ipaddress.ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False).network_address)


def shortened_ip(ip: str) -> str:
    """Enough to recognise a network, not to find a person."""
    if ":" in ip:
        return ":".join(ip.split(":")[:3]) + ":…"
    return re.sub(r"\.\d+$", ".…", ip)
