"""The published schema (Table Schema): French names, stable; `schema.json` beside is what this module writes.

A record is a dictionary of plain values under these names. In CSV, lists and objects are JSON in their cell.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clauses.library.vocabularies import (
    MAX_CONTEXT,
    MAX_SUMMARY,
    MAX_TITLE,
    Ambition,
    ClauseKind,
    ClauseState,
    Consolidation,
    ContractDocument,
    LegalState,
    Licence,
    PriceImpact,
    ProvenanceMode,
    Relation,
    SupplyMaturity,
)
from clauses.library.vocabulary import LEGAL_SLUGS, NATURE_SLUGS, slugs
from community.taxonomy.models import Pillar

VERSION = "1.0.0"
NAME = "clauses-entraide"
SCHEMA_FILE = Path(__file__).parent / "schema.json"

# Words of the file → words of the code.
KINDS = {slugs()["type"][kind]: kind.value for kind in ClauseKind}
DOCUMENTS = {slugs()["piece"][document]: document.value for document in ContractDocument}
PILLARS = {slugs()["volet"][pillar]: pillar.value for pillar in Pillar}
AMBITIONS = {slugs()["ambition"][level]: level.value for level in Ambition}
LEVELS = {slugs()["relecture"][level]: level.value for level in Consolidation}
NATURES = {french: name for name, french in NATURE_SLUGS.items()}
LEGAL_STATES = {french: LegalState(name).value for name, french in LEGAL_SLUGS.items()}
STATES = {"publiee": ClauseState.PUBLISHED.value, "obsolete": ClauseState.OBSOLETE.value}
LICENCES = {licence.value: licence.value for licence in Licence}
MATURITIES = {
    "faible": SupplyMaturity.LOW.value,
    "moyenne": SupplyMaturity.MEDIUM.value,
    "forte": SupplyMaturity.HIGH.value,
}
PRICES = {
    "baisse": PriceImpact.LOWER.value,
    "neutre": PriceImpact.NEUTRAL.value,
    "hausse": PriceImpact.HIGHER.value,
    "forte-hausse": PriceImpact.MUCH_HIGHER.value,
}
RELATIONS = {
    "paire": Relation.PAIR.value,
    "note-l-exigence": Relation.REQUIREMENT.value,
    "complete": Relation.COMPLETES.value,
    "remplace": Relation.REPLACES.value,
    "incompatible": Relation.INCOMPATIBLE.value,
    "palier": Relation.TIER.value,
}
MODES = {
    "originale": ProvenanceMode.ORIGINAL.value,
    "inspiree": ProvenanceMode.INSPIRED.value,
    "reprise": ProvenanceMode.TAKEN.value,
}

# The rows inside a record: the French name of each value, and the code's.
WORDING = {"cle": "key", "intitule": "title", "texte": "text", "ambition": "ambition", "dans_quel_cas": "conditions"}
VARIABLE = {
    "cle": "key",
    "libelle": "label",
    "unite": "unit",
    "minimum": "minimum",
    "maximum": "maximum",
    "valeur_courante": "default",
    "guide": "guidance",
}
STEP = {"note": "score", "description": "description"}
BASIS = {"texte": "text", "article": "provision", "precision": "note"}
LINK = {"relation": "relation", "reference": "reference"}
PROVENANCE = {
    "organisme": "organisation",
    "document": "document",
    "adresse": "url",
    "licence": "licence",
    "date": "dated",
    "lien": "mode",
}


@dataclass(frozen=True)
class Field:
    name: str
    type: str
    title: str
    description: str
    choices: tuple[str, ...] = ()
    required: bool = False
    longest: int | None = None

    @property
    def nested(self) -> bool:
        return self.type == "array"

    def described(self) -> dict[str, Any]:
        constraints: dict[str, Any] = {}
        if self.required:
            constraints["required"] = True
        if self.choices:
            constraints["enum"] = list(self.choices)
        if self.longest:
            constraints["maxLength"] = self.longest
        said = {"name": self.name, "type": self.type, "title": self.title, "description": self.description}
        return said | ({"constraints": constraints} if constraints else {})


def _rows(names: dict[str, str]) -> str:
    return f"Tableau JSON d’objets : {', '.join(names)}."


_CODES = "Tableau JSON de codes."
_MARKDOWN = "Texte Markdown."

FIELDS = (
    Field("reference", "string", "Référence", "Référence stable de la clause, comme CL-0318."),
    Field("adresse", "string", "Adresse", "Page de la clause."),
    Field("titre", "string", "Titre", "Ce que fait la clause.", required=True, longest=MAX_TITLE),
    Field("resume", "string", "Résumé", "En une ou deux phrases.", required=True, longest=MAX_SUMMARY),
    Field("type_clause", "string", "Type de clause", "Type de clause.", tuple(KINDS), required=True),
    Field("piece", "string", "Pièce du marché", "Pièce où la clause se colle.", tuple(DOCUMENTS), required=True),
    Field("autres_pieces", "array", "Autres pièces", f"Autres pièces possibles. {_CODES}"),
    Field("volet", "string", "Volet", "Volet du développement durable.", tuple(PILLARS), required=True),
    Field("ambition", "string", "Ambition", "Niveau d’ambition.", tuple(AMBITIONS), required=True),
    Field("famille", "string", "Famille d’achats", "Code de la famille principale."),
    Field("autres_familles", "array", "Autres familles", f"Autres familles concernées. {_CODES}"),
    Field("cpv", "array", "Codes CPV", f"Codes CPV à huit chiffres. {_CODES}"),
    Field("objectifs", "array", "Objectifs", f"Objectifs poursuivis. {_CODES}"),
    Field("territoires", "array", "Territoires", f"Codes de l’INSEE ; vide : tout le pays. {_CODES}"),
    Field("natures_marche", "array", "Natures de marché", f"{', '.join(NATURES)}. {_CODES}", required=True),
    Field("montant_min_ht", "number", "À partir de", "Montant du marché, en euros hors taxes."),
    Field("montant_max_ht", "number", "Jusqu’à", "Montant du marché, en euros hors taxes."),
    Field("mots_cles", "array", "Mots-clés", "Tableau JSON de mots."),
    Field("redactions", "array", "Rédactions", f"{_rows(WORDING)} Variables entre accolades.", required=True),
    Field("variables", "array", "Variables", _rows(VARIABLE)),
    Field("critere_evalue", "string", "Ce qui est évalué", _MARKDOWN, longest=MAX_CONTEXT),
    Field("critere_elements", "string", "Éléments attendus", _MARKDOWN, longest=MAX_CONTEXT),
    Field("critere_notation", "string", "Méthode de notation", _MARKDOWN, longest=MAX_CONTEXT),
    Field("ponderation_min", "integer", "Pondération minimale", "En pourcentage."),
    Field("ponderation_max", "integer", "Pondération maximale", "En pourcentage."),
    Field("bareme", "array", "Barème", _rows(STEP)),
    Field("pourquoi", "string", "Pourquoi cette clause", _MARKDOWN, longest=MAX_CONTEXT),
    Field("vigilance", "string", "Points de vigilance", _MARKDOWN, longest=MAX_CONTEXT),
    Field("preuves", "string", "Moyens de preuve", _MARKDOWN, longest=MAX_CONTEXT),
    Field("controle", "string", "Contrôle en exécution", _MARKDOWN, longest=MAX_CONTEXT),
    Field("penalite", "string", "Pénalité associée", _MARKDOWN, longest=MAX_CONTEXT),
    Field("questions_sourcing", "string", "Questions de sourcing", _MARKDOWN, longest=MAX_CONTEXT),
    Field("maturite_offre", "string", "Maturité de l’offre", "Offre disponible.", tuple(MATURITIES)),
    Field("effet_prix", "string", "Effet sur le prix", "Effet attendu.", tuple(PRICES)),
    Field("bases_legales", "array", "Fondement juridique", _rows(BASIS)),
    Field("liens", "array", "Articulation", f"{_rows(LINK)} Relations : {', '.join(RELATIONS)}."),
    Field("provenance", "array", "Provenance", f"{_rows(PROVENANCE)} Lien : {', '.join(MODES)}."),
    Field("licence", "string", "Licence", "Licence de réutilisation.", tuple(LICENCES), required=True),
    Field("attribution", "string", "Attribution", "Mention à reproduire en cas de réutilisation."),
    Field("exemple", "boolean", "Exemple", "Exemple à faire valider avant tout usage."),
    Field("utilisable_du", "date", "Utilisable à partir du", "Date de début."),
    Field("utilisable_au", "date", "Utilisable jusqu’au", "Date de fin."),
    Field("a_relire_avant", "date", "À relire avant le", "Date de relecture prévue."),
    Field("version", "integer", "Version", "Numéro de la version publiée."),
    Field("publiee_le", "datetime", "Publiée le", "Date de cette version, en temps universel."),
    Field("etat", "string", "État", "Publiée, ou obsolète et encore lisible.", tuple(STATES)),
    Field("etat_juridique", "string", "État juridique", "Au regard des textes cités.", tuple(LEGAL_STATES)),
    Field("relecture", "string", "Niveau de relecture", "Plus haut niveau atteint.", tuple(LEVELS)),
    Field("relue_le", "date", "Relue le", "Date de la dernière relecture."),
    Field("remplacee_par", "string", "Remplacée par", "Référence de la clause à prendre à la place."),
)
NAMES = tuple(field.name for field in FIELDS)


def schema(*, base_url: str = "") -> dict[str, Any]:
    return {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "name": NAME,
        "title": "Clauses de marchés publics durables",
        "description": (
            "Clauses publiées de la bibliothèque Entraide, avec leurs rédactions, leurs variables, "
            "leur fondement juridique et leur provenance."
        ),
        "version": VERSION,
        "lang": "fr",
        "path": f"{base_url}/clauses/donnees/schema.json",
        "missingValues": [""],
        "primaryKey": "reference",
        "fields": [field.described() for field in FIELDS],
    }
