"""Addresses of dossiers, built from patterns resolved once."""

from community.core.addresses import address


def dossier_url(dossier_id: int) -> str:
    return address("dossier_detail", pk=dossier_id)


def item_anchor(item_id: int) -> str:
    return f"article-{item_id}"
