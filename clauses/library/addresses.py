"""Addresses of clauses."""

from community.core.addresses import address, filtered_address, titled_address

__all__ = ["address", "clause_url", "library_url", "suggestion_url", "version_url"]


def clause_url(clause) -> str:
    return titled_address("clause_detail", clause.pk, clause.slug)


def version_url(clause_pk: int, number: int) -> str:
    return address("clause_version", pk=clause_pk, number=number)


def library_url(**filters: str | list[str]) -> str:
    return filtered_address("clause_list", filters)


def suggestion_url(suggestion) -> str:
    return address("clause_suggestion", pk=suggestion.pk)
