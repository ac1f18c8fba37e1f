from django.conf import settings
from django.utils.http import url_has_allowed_host_and_scheme

IGNORED = {"csrfmiddlewaretoken", "password"}


def draft_fields(data) -> dict[str, str | list[str]]:
    """The raw values of a posted form, without what must not be kept."""
    sent = ((name, values) for name, values in data.lists() if name not in IGNORED)
    return {name: values[0] if len(values) == 1 else values for name, values in sent}


def safe_next(request, default: str) -> str:
    """Where the person came from, if it is on this site."""
    address = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=settings.HTTPS)
    return address if allowed else default
