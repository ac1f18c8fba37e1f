"""Addresses of clauses."""

from functools import lru_cache

from django.urls import Resolver404, resolve
from django.utils.http import urlencode

from community.core.addresses import address

__all__ = ["address", "clause_url", "library_url", "suggestion_url", "version_url"]

# The words that name an act on a clause (« modifier », « versions »…) are all shorter.
_LONGEST_ACT = 24


@lru_cache(maxsize=2048)
def _is_free(slug: str) -> bool:
    """False for the few titles whose slug is the name of an act: « Modifier » would open the editing form."""
    try:
        return resolve(f"{address('clause_list')}1/{slug}/").url_name == "clause_detail"
    except Resolver404:
        return False


def clause_url(clause) -> str:
    base = address("clause_detail", pk=clause.pk)
    slug = clause.slug
    if not slug or (len(slug) <= _LONGEST_ACT and not _is_free(slug)):
        return base
    return f"{base}{slug}/"


def version_url(clause_pk: int, number: int) -> str:
    return address("clause_version", pk=clause_pk, number=number)


def library_url(**filters: str | list[str]) -> str:
    base = address("clause_list")
    return f"{base}?{urlencode(filters, doseq=True)}" if filters else base


def suggestion_url(suggestion) -> str:
    return address("clause_suggestion", pk=suggestion.pk)
