"""What every clause says, and how much of it it may say."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from clauses.library.content import CONTEXT_TEXTS, CRITERION_TEXTS
from clauses.library.vocabularies import (
    CONDITIONS,
    CRITERIA,
    MAX_BASES,
    MAX_CONTEXT,
    MAX_LINE,
    MAX_LINKS,
    MAX_PROVENANCES,
    MAX_STEPS,
    MAX_SUMMARY,
    MAX_TITLE,
    MAX_VARIABLES,
    MAX_WORDING,
    MAX_WORDINGS,
    TEMPLATES,
    Ambition,
    ClauseKind,
    ContractDocument,
    Licence,
    ProvenanceMode,
)
from community.core.ui import number
from community.taxonomy.models import Pillar

from .findings import Finding, refusal, warning
from .texts import wording_texts

MIN_TITLE = 8
# What an amount of money or a delay is for needs no sustainable aim.
WITHOUT_OBJECTIVE = TEMPLATES | {ClauseKind.PRICE_REVISION, ClauseKind.ADVANCE, ClauseKind.PAYMENT}

TITLE = _("Donnez un titre : ce que la clause fait, en quelques mots.")
SUMMARY = _("Écrivez le résumé : il s’affiche dans la bibliothèque.")
CHOICE = _("Choisissez une valeur parmi celles qui sont proposées.")
WORDING = _("Écrivez au moins une rédaction.")
EMPTY_WORDING = _("Cette rédaction est vide : écrivez-la ou retirez-la.")
NATURE = _("Dites pour quels marchés : travaux, fournitures, services ou concessions.")
OBJECTIVE = _("Choisissez au moins un objectif.")
WHY = _("Dites pourquoi cette clause : c’est ce qui permet de la défendre.")
PROOF = _("Dites comment vérifier : moyens de preuve ou contrôle en exécution.")
BASIS = _("Citez le texte sur lequel la clause s’appuie.")
REVIEW_BY = _("Donnez une date de relecture : le droit bouge.")
SAMPLE = _("Exemple à faire valider par votre service juridique avant tout usage.")
PROVENANCE = _("Dites de qui vient le texte : une organisation, et le lien avec le vôtre.")
PROVENANCE_LICENCE = _("Indiquez sous quelle licence le texte repris est publié.")

CHOICES = (
    ("kind", ClauseKind),
    ("document", ContractDocument),
    ("pillar", Pillar),
    ("ambition", Ambition),
    ("licence", Licence),
)
LISTS = (
    ("wordings", MAX_WORDINGS),
    ("variables", MAX_VARIABLES),
    ("bases", MAX_BASES),
    ("links", MAX_LINKS),
    ("provenances", MAX_PROVENANCES),
)


def check_fields(content: dict[str, Any]) -> Iterator[Finding]:
    if len(content["title"].strip()) < MIN_TITLE:
        yield refusal("title_missing", "title", TITLE)
    if not content["summary"].strip():
        yield refusal("summary_missing", "summary", SUMMARY)
    for field, choices in CHOICES:
        if content[field] not in choices.values:
            yield refusal(f"{field}_missing", field, CHOICE)
    if not content["wordings"]:
        yield refusal("wording_missing", "wordings", WORDING)
    for field, text in wording_texts(content):
        if not text.strip():
            yield refusal("wording_empty", field, EMPTY_WORDING)
    if not content["natures"]:
        yield refusal("nature_missing", "natures", NATURE)
    if not content["objectives"] and content["kind"] not in WITHOUT_OBJECTIVE:
        yield refusal("objective_missing", "objectives", OBJECTIVE)
    yield from check_provenances(content)


def check_provenances(content: dict[str, Any]) -> Iterator[Finding]:
    for row in content["provenances"]:
        if not row["organisation"].strip() or row["mode"] not in ProvenanceMode.values:
            yield refusal("provenance_incomplete", "provenances", PROVENANCE)
        elif row["mode"] == ProvenanceMode.TAKEN and not row["licence"].strip():
            yield refusal("provenance_without_licence", "provenances", PROVENANCE_LICENCE, row["organisation"])


def check_advice(content: dict[str, Any]) -> Iterator[Finding]:
    """What helps to use it: whole templates do without."""
    kind = content["kind"]
    if kind not in TEMPLATES:
        if not content["why"].strip():
            yield warning("why_missing", "why", WHY)
        if kind in CONDITIONS - CRITERIA and not (content["proofs"].strip() or content["execution_control"].strip()):
            yield warning("proof_missing", "proofs", PROOF)
        if not content["bases"]:
            yield warning("basis_missing", "bases", BASIS)
    if not content["review_by"]:
        yield warning("review_by_missing", "review_by", REVIEW_BY)
    if content["is_sample"]:
        yield warning("sample", "is_sample", SAMPLE)


def check_caps(content: dict[str, Any]) -> Iterator[Finding]:
    for field, most in LISTS:
        if len(content[field]) > most:
            yield too_many(field, most)
    if len(content["criterion"]["scale"]) > MAX_STEPS:
        yield too_many("scale", MAX_STEPS)
    texts = [("title", content["title"], MAX_TITLE), ("summary", content["summary"], MAX_SUMMARY)]
    texts += [(field, text, MAX_WORDING) for field, text in wording_texts(content)]
    texts += [(name, content[name], MAX_CONTEXT) for name in CONTEXT_TEXTS]
    texts += [(name, content["criterion"][name], MAX_CONTEXT) for name in CRITERION_TEXTS]
    texts += [("scale", step["description"], MAX_LINE) for step in content["criterion"]["scale"]]
    texts += [("bases", basis["note"], MAX_LINE) for basis in content["bases"]]
    texts += [("variables", variable["guidance"], MAX_LINE) for variable in content["variables"]]
    for field, text, most in texts:
        if len(text) > most:
            message = _("Ce texte compte %(length)s caractères, il en faut au plus %(most)s. Raccourcissez-le.")
            yield refusal("text_too_long", field, message % {"length": number(len(text)), "most": number(most)})


def too_many(field: str, most: int) -> Finding:
    return refusal("list_too_long", field, _("Gardez au plus %(most)d lignes ici.") % {"most": most})
