"""Addresses of experience reports."""

from functools import lru_cache

from django.urls import Resolver404, resolve
from django.utils.http import urlencode

from community.core.addresses import address

__all__ = ["address", "experience_url", "reports_url"]

# The words that name an act on a report (« modifier », « versions »…) are all shorter.
_LONGEST_ACT = 24


@lru_cache(maxsize=2048)
def _is_free(slug: str) -> bool:
    """False for the few titles whose slug is the name of an act."""
    try:
        return resolve(f"{address('experience_list')}1/{slug}/").url_name == "experience_detail"
    except Resolver404:
        return False


def experience_url(report) -> str:
    base = address("experience_detail", pk=report.pk)
    slug = report.slug
    if not slug or (len(slug) <= _LONGEST_ACT and not _is_free(slug)):
        return base
    return f"{base}{slug}/"


def reports_url(**filters: str | list[str]) -> str:
    base = address("experience_list")
    return f"{base}?{urlencode(filters, doseq=True)}" if filters else base
