"""A public clause as a record of the published schema."""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Max, QuerySet

from clauses.library.addresses import clause_url
from clauses.library.content import pk_of_reference
from clauses.library.models import Clause, ClauseVersion
from clauses.library.vocabularies import Licence, ProvenanceMode

from .schema import (
    AMBITIONS,
    BASIS,
    DOCUMENTS,
    KINDS,
    LEGAL_STATES,
    LEVELS,
    LINK,
    MATURITIES,
    MODES,
    NATURES,
    PILLARS,
    PRICES,
    PROVENANCE,
    RELATIONS,
    STATES,
    STEP,
    VARIABLE,
    WORDING,
)

BATCH = 200


def public_clauses() -> QuerySet[Clause]:
    """What anybody reads, in the open community only: a space's own clauses are its own, even in an open space."""
    return Clause.objects.visible_to(AnonymousUser()).open().readable()


def last_published():
    return public_clauses().aggregate(last=Max("published_at"))["last"]


def public_records() -> Iterator[dict[str, Any]]:
    """By batches: two queries each, whatever the size of the library."""
    public = dict(public_clauses().values_list("pk", "state"))
    versions = ClauseVersion.objects.filter(number=F("clause__version")).select_related("clause").order_by("clause")
    last = 0
    while batch := list(versions.filter(clause__in=public_clauses(), clause__gt=last)[:BATCH]):
        for version in batch:
            yield record_of(version.clause, version.content, public)
        last = batch[-1].clause_id


def record_of(clause: Clause, content: dict[str, Any], public) -> dict[str, Any]:
    """`public` holds the keys of the clauses that may be named: a link to another tells nothing of it."""
    return {
        **filing_of(clause, content),
        **text_of(content),
        **advice_of(content),
        "bases_legales": rows(content["bases"], BASIS),
        "liens": rows([link for link in content["links"] if is_public(link, public)], LINK, relation=RELATIONS),
        "provenance": rows(content["provenances"], PROVENANCE, lien=MODES),
        "licence": content["licence"],
        "attribution": attribution(clause, content),
        "exemple": content["is_sample"],
        **life_of(clause, content, public),
    }


def filing_of(clause: Clause, content: dict[str, Any]) -> dict[str, Any]:
    return {
        "reference": clause.reference,
        "adresse": f"{settings.BASE_URL}{clause_url(clause)}",
        "titre": content["title"],
        "resume": content["summary"],
        "type_clause": word(KINDS, content["kind"]),
        "piece": word(DOCUMENTS, content["document"]),
        "autres_pieces": [word(DOCUMENTS, other) for other in content["also_in"]],
        "volet": word(PILLARS, content["pillar"]),
        "ambition": word(AMBITIONS, content["ambition"]),
        "famille": content["family"] or "",
        "autres_familles": content["other_families"],
        "cpv": content["cpv"],
        "objectifs": content["objectives"],
        "territoires": content["territories"],
        "natures_marche": [word(NATURES, nature) for nature in content["natures"]],
        "montant_min_ht": content["amount_min"],
        "montant_max_ht": content["amount_max"],
        "mots_cles": content["tags"],
    }


def text_of(content: dict[str, Any]) -> dict[str, Any]:
    criterion = content["criterion"]
    return {
        "redactions": rows(content["wordings"], WORDING, ambition=AMBITIONS),
        "variables": rows(content["variables"], VARIABLE),
        "critere_evalue": criterion["assessed"],
        "critere_elements": criterion["expected_elements"],
        "critere_notation": criterion["scoring_method"],
        "ponderation_min": criterion["weight_min"],
        "ponderation_max": criterion["weight_max"],
        "bareme": rows(criterion["scale"], STEP),
    }


def advice_of(content: dict[str, Any]) -> dict[str, Any]:
    return {
        "pourquoi": content["why"],
        "vigilance": content["vigilance"],
        "preuves": content["proofs"],
        "controle": content["execution_control"],
        "penalite": content["penalty"],
        "questions_sourcing": content["sourcing_questions"],
        "maturite_offre": word(MATURITIES, content["supply_maturity"]),
        "effet_prix": word(PRICES, content["price_impact"]),
    }


def life_of(clause: Clause, content: dict[str, Any], public) -> dict[str, Any]:
    successor = f"CL-{clause.replaced_by_id:04d}" if clause.replaced_by_id in public else ""
    return {
        "utilisable_du": content["valid_from"],
        "utilisable_au": content["valid_until"],
        # Set again by whoever reads the clause again, without another version.
        "a_relire_avant": clause.review_by.isoformat() if clause.review_by else None,
        "version": clause.version,
        "publiee_le": clause.published_at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "etat": word(STATES, clause.state),
        "etat_juridique": word(LEGAL_STATES, clause.legal_state),
        "relecture": word(LEVELS, clause.consolidation),
        "relue_le": clause.reviewed_on.isoformat() if clause.reviewed_on else None,
        "remplacee_par": successor,
    }


def attribution(clause: Clause, content: dict[str, Any]) -> str:
    """No person is named: contributors signed for the site, not for files that travel."""
    said = f"Entraide, {clause.reference}, version {clause.version}, {Licence(content['licence']).label}"
    taken = [row for row in content["provenances"] if row["mode"] != ProvenanceMode.ORIGINAL]
    for row in taken:
        details = ", ".join(part for part in (row["document"], row["licence"]) if part)
        said += f" ; d’après {row['organisation']}" + (f" ({details})" if details else "")
    return said


def is_public(link: dict[str, str], public) -> bool:
    return pk_of_reference(link["reference"]) in public


def word(words: dict[str, Any], value: Any) -> str:
    return next((french for french, known in words.items() if known == value), "")


def rows(content: list[dict[str, Any]], names: dict[str, str], **vocabularies) -> list[dict[str, Any]]:
    return [
        {
            french: word(vocabularies[french], row.get(name)) if french in vocabularies else row.get(name, "")
            for french, name in names.items()
        }
        for row in content
    ]
