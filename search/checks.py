"""What a search server that is wrong or away means, said at start in one line."""

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

from community.core.checks import TAG

from .engines import Unavailable, engine


@register(TAG)
def search_answers(app_configs, **kwargs) -> list[CheckMessage]:
    if not settings.SEARCH_URL:
        return []
    try:
        engine().status()
    except Unavailable as error:
        return [Warning(f"SEARCH_URL : {error}", id="search.W001")]
    return []
