"""What a section of the guide says as a clause: its kind, its family and its objectives are told from its words."""

import re
from typing import Any

from clauses.library.content import AMOUNTS, CONTEXT_TEXTS, CRITERION_TEXTS, DATES, SCHEMA, clean_content
from clauses.library.vocabularies import (
    MAX_CONTEXT,
    MAX_SUMMARY,
    MAX_TITLE,
    MAX_WORDING,
    Ambition,
    ClauseKind,
    ContractDocument,
    Licence,
    ProvenanceMode,
)
from community.core.richtext import excerpt, render
from community.core.ui import typography
from community.taxonomy.text import fold

from .guide_markdown import Page, Section

ORGANISATION = "Mission interministérielle Numérique écoresponsable, DINUM et direction des achats de l’État"
DOCUMENT = "Guide pratique pour des achats numériques responsables"

# Page of the guide → what it is about, its family, its natures of contract.
SEGMENTS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "bureautique": ("bureautique", "NUM-MAT", ("supplies",)),
    "impression": ("impression", "NUM-IMP", ("supplies", "services")),
    "hebergement": ("hébergement", "NUM-SRV", ("supplies", "services")),
    "reseaux": ("réseaux et téléphonie", "NUM-TEL", ("supplies", "services")),
    "logiciels": ("logiciels", "NUM-LOG", ("supplies", "services")),
    "prestations-intellectuelles": ("prestations intellectuelles", "NUM-PRE", ("services",)),
}

_KINDS = (
    (r"insertion", ClauseKind.INSERTION),
    (r"decrochage|action de formation", ClauseKind.TRAINING),
    (r"clause de progres", ClauseKind.REVIEW),
    (r"tracabilite sociale|origine des produits|dispositions sociales", ClauseKind.SOCIAL_CONDITION),
    (r"fiabilite et transparence|information de l.acheteur", ClauseKind.PROOF),
)
_BY_DOCUMENT = {
    ContractDocument.CCAP: ClauseKind.ENVIRONMENTAL_CONDITION,
    ContractDocument.CCTP: ClauseKind.SPECIFICATION,
    ContractDocument.RC: ClauseKind.CRITERION,
    ContractDocument.ANNEX: ClauseKind.RESPONSE_FRAME,
}
# A document with no heading of its own below it.
_WHOLE_DOCUMENTS = {
    ContractDocument.CCAP: "Dispositions administratives",
    ContractDocument.CCTP: "Spécifications techniques",
    ContractDocument.RC: "Pondération des critères et évaluation",
}
_OBJECTIVES = (
    (r"insertion", "insertion-emploi"),
    (r"decrochage|formation", "apprentissage-formation"),
    (r"tracabilite sociale|memoire social|droits de l.homme", "droits-humains"),
    (r"accessib", "handicap"),
    (r"dechets|reprise|recondition|emballage|recycl", "economie-circulaire"),
    (r"energ|climatisation|alimentation electrique", "attenuation"),
    (r"substances", "sante-environnementale"),
)
_SOCIAL = re.compile(r"social|insertion|decrochage|accessib")


def guide_content(page: Page, section: Section, stem: str) -> dict[str, Any]:
    segment, family, natures = SEGMENTS[stem]
    words = fold(section.title)
    title = f"{short_title(section)} ({segment})"
    content = {
        "schema": SCHEMA,
        **dict.fromkeys(CONTEXT_TEXTS, ""),
        **dict.fromkeys((*DATES, *AMOUNTS)),
        "title": title[:MAX_TITLE],
        "summary": summary(section, segment),
        "kind": kind_of(words, section.document),
        "document": section.document,
        "pillar": "social" if _SOCIAL.search(words) else "env",
        "ambition": Ambition.SOCLE.value,
        "vigilance": "\n\n".join(section.notes)[:MAX_CONTEXT],
        "supply_maturity": None,
        "price_impact": "",
        "licence": Licence.ETALAB.value,
        "is_sample": False,
        "natures": list(natures),
        "also_in": [],
        "family": family,
        "other_families": [],
        "cpv": [],
        "objectives": objectives_of(words),
        "territories": [],
        "tags": ["guide de l’État"],
        "wordings": [
            {"key": "", "title": "", "text": text, "ambition": None, "conditions": ""} for text in texts(section)
        ],
        "variables": [],
        "criterion": {**dict.fromkeys(CRITERION_TEXTS, ""), "weight_min": None, "weight_max": None, "scale": []},
        "bases": [],
        "links": [],
        "provenances": [provenance(page)],
    }
    return clean_content(content)


def summary(section: Section, segment: str) -> str:
    said = render(section.body[:MAX_CONTEXT]).text
    return excerpt(typography(f"Exemple du guide de l’État, segment {segment}. {said}"), MAX_SUMMARY)


def short_title(section: Section) -> str:
    """An annex has a title of two lines: what follows the colon says it."""
    if section.document == ContractDocument.ANNEX:
        _before, _colon, after = section.title.partition(" : ")
        named = (after or section.title).replace(" à adapter selon vos besoins", "")
        return f"Cadre de réponse, {named[0].lower()}{named[1:]}" if after else named
    if section.title.lower().startswith(("cahier des", "règlement de la consultation")):
        return _WHOLE_DOCUMENTS[ContractDocument(section.document)]
    return section.title[:1].upper() + section.title[1:]


def texts(section: Section) -> list[str]:
    """Longer than a wording may be: cut between paragraphs."""
    pieces, current = [], ""
    for paragraph in section.body.split("\n\n"):
        if current and len(current) + len(paragraph) + 2 > MAX_WORDING:
            pieces.append(current)
            current = ""
        current = f"{current}\n\n{paragraph}" if current else paragraph[:MAX_WORDING]
    return [*pieces, current]


def kind_of(words: str, document: str) -> str:
    if document == ContractDocument.CCAP:
        for pattern, kind in _KINDS:
            if re.search(pattern, words):
                return kind.value
    return _BY_DOCUMENT[ContractDocument(document)].value


def objectives_of(words: str) -> list[str]:
    found = [code for pattern, code in _OBJECTIVES if re.search(pattern, words)]
    return found or ["numerique-responsable"]


def provenance(page: Page) -> dict[str, Any]:
    return {
        "organisation": ORGANISATION,
        "document": f"{DOCUMENT} : {page.title}"[:200],
        "url": page.url,
        "licence": Licence.ETALAB.label,
        "dated": page.dated.isoformat() if page.dated else None,
        "mode": ProvenanceMode.TAKEN.value,
    }
