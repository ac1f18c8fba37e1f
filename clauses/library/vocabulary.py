"""The words of an address of the library: French slugs for the lists of `vocabularies`, whatever their spelling."""

from functools import lru_cache

from community.core.slugs import slug_of
from community.taxonomy.models import Pillar

from .vocabularies import SHORT_DOCUMENTS, Ambition, ClauseKind, Consolidation, ContractDocument

NATURES = ("works", "supplies", "services", "concessions")
NATURE_SLUGS = {"works": "travaux", "supplies": "fournitures", "services": "services", "concessions": "concessions"}
LEGAL_SLUGS = {"current": "a-jour", "to_review": "a-revoir", "obsolete": "obsolete"}
LIFE_SLUGS = {
    "draft": "brouillon",
    "in_review": "en-relecture",
    "hidden": "masquee",
    "archived": "archivee",
}


@lru_cache(maxsize=1)
def slugs() -> dict[str, dict]:
    """Value → slug, by facet."""
    return {
        "piece": {document: slug_of(label) for document, label in SHORT_DOCUMENTS.items()},
        "type": {kind: slug_of(kind.label) for kind in ClauseKind},
        "ambition": {level: slug_of(level.label) for level in Ambition},
        "relecture": {level: slug_of(level.label) for level in Consolidation},
        "volet": {pillar: slug_of(pillar.label) for pillar in Pillar},
        "nature": NATURE_SLUGS,
        "etat": LEGAL_SLUGS,
        "vie": LIFE_SLUGS,
    }


def slug(facet: str, value) -> str:
    return slugs()[facet][value]


@lru_cache(maxsize=16)
def by_slug(facet: str) -> dict:
    found = {text: value for value, text in slugs()[facet].items()}
    if facet == "piece":
        found |= {slug_of(document.label): document for document in ContractDocument}
    return found
