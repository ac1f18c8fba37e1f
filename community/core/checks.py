"""What the settings of an installation must respect, said at start by `serve` and by `check`."""

from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

TAG = "entraide"


@register(TAG)
def var_is_writable(app_configs, **kwargs) -> list[CheckMessage]:
    probe = Path(settings.VAR_DIR) / ".writable"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        return [Error(f"VAR_DIR={settings.VAR_DIR} cannot be written ({error.strerror}).", id="entraide.E001")]
    return []


@register(TAG)
def base_url_is_allowed(app_configs, **kwargs) -> list[CheckMessage]:
    """A site whose own address is refused as a host answers 400 to everyone."""
    from django.http.request import split_domain_port, validate_host

    host, _port = split_domain_port(settings.BASE_URL.partition("://")[2].partition("/")[0])
    if validate_host(host, settings.ALLOWED_HOSTS):
        return []
    return [Error(f"BASE_URL={settings.BASE_URL}: {host!r} is not in ALLOWED_HOSTS.", id="entraide.E002")]


@register(TAG, deploy=True)
def mail_leaves(app_configs, **kwargs) -> list[CheckMessage]:
    if settings.LOOPBACK or settings.EMAIL:
        return []
    return [Warning("SMTP_URL is empty: mails stay in VAR_DIR/mail and nobody receives them.", id="entraide.W003")]
