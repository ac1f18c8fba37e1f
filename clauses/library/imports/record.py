"""A record of the published schema becomes a content, or the reasons why it cannot."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from clauses.library.checks.fields import check_caps
from clauses.library.content import SCHEMA, clean_content
from clauses.library.models import Clause, Provenance, ScaleStep, Variable, Wording
from clauses.library.opendata.schema import (
    AMBITIONS,
    BASIS,
    DOCUMENTS,
    FIELDS,
    KINDS,
    LEGAL_STATES,
    LEVELS,
    LICENCES,
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
from community.law.keys import article_key

from .known import Known

REFERENCE = re.compile(r"CL-\d{4,9}")
AMOUNT = re.compile(r"\d{1,12}(?:\.\d{1,2})?")
MAX_LIST = 200
MAX_VERSION = 100_000
_TEXTS = {
    "title": "titre",
    "summary": "resume",
    "why": "pourquoi",
    "vigilance": "vigilance",
    "proofs": "preuves",
    "execution_control": "controle",
    "penalty": "penalite",
    "sourcing_questions": "questions_sourcing",
}
_CRITERION = {
    "assessed": "critere_evalue",
    "expected_elements": "critere_elements",
    "scoring_method": "critere_notation",
}
_DATES = {"valid_from": "utilisable_du", "valid_until": "utilisable_au", "review_by": "a_relire_avant"}


class BadRecord(Exception):
    """`problems`: French sentences, each naming its field."""

    def __init__(self, problems: list[str]):
        super().__init__(" ; ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Life:
    """What only a restoration takes as it is."""

    version: int = 0
    published_at: datetime | None = None
    state: str = ""
    legal_state: str = ""
    consolidation: int = 1
    reviewed_on: date | None = None
    replaced_by: str = ""


@dataclass(frozen=True)
class Read:
    reference: str
    content: dict[str, Any]
    links: tuple[tuple[str, str], ...]
    life: Life


def read_record(record: dict[str, Any], known: Known) -> Read:
    return _Reader(record, known).read()


@dataclass
class _Reader:
    record: dict[str, Any]
    known: Known
    problems: list[str] = field(default_factory=list)

    def read(self) -> Read:
        self._require()
        self._types()
        self._stop()
        content = clean_content(self._content())
        self._stop()
        self._lengths(content)
        reference = self._text("reference").strip()
        if reference and not REFERENCE.fullmatch(reference):
            self._refuse("reference", reference)
        links, life = self._links(), self._life()
        self._stop()
        return Read(reference, content, links, life)

    def _stop(self) -> None:
        if self.problems:
            raise BadRecord(list(dict.fromkeys(self.problems)))

    def _refuse(self, name: str, value: Any) -> None:
        self.problems.append(f"« {name} » : « {str(value)[:40]} » n’est pas admis par le schéma")

    def _require(self) -> None:
        for one in FIELDS:
            if one.required and not self.record[one.name]:
                self.problems.append(f"« {one.name} » est obligatoire")

    def _types(self) -> None:
        allowed = {"string": str, "integer": int, "boolean": bool, "array": list}
        for one in FIELDS:
            value = self.record[one.name]
            expected = allowed.get(one.type, (str, int, float))
            if value is None:
                continue
            if not isinstance(value, expected) or (isinstance(value, bool) and one.type != "boolean"):
                self.problems.append(f"« {one.name} » n’est pas de type {one.type}")

    def _text(self, name: str) -> str:
        return self.record[name] or ""

    def _word(self, name: str, words: dict[str, Any], *, default: Any = "") -> Any:
        value = self._text(name).strip()
        if not value:
            return default
        if value not in words:
            self._refuse(name, value)
            return default
        return words[value]

    def _content(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            **{name: self._text(french) for name, french in (*_TEXTS.items(),)},
            **{name: self._date(french) for name, french in _DATES.items()},
            "kind": self._word("type_clause", KINDS),
            "document": self._word("piece", DOCUMENTS),
            "pillar": self._word("volet", PILLARS),
            "ambition": self._word("ambition", AMBITIONS),
            "supply_maturity": self._word("maturite_offre", MATURITIES, default=None),
            "price_impact": self._word("effet_prix", PRICES),
            "licence": self._word("licence", LICENCES),
            "is_sample": bool(self.record["exemple"]),
            "amount_min": self._amount("montant_min_ht"),
            "amount_max": self._amount("montant_max_ht"),
            "natures": [NATURES[name] for name in self._words("natures_marche", NATURES)],
            "also_in": [DOCUMENTS[name] for name in self._words("autres_pieces", DOCUMENTS)],
            "family": self._family(),
            "other_families": self._words("autres_familles", self.known.families),
            "cpv": self._words("cpv", self.known.cpv),
            "objectives": self._words("objectifs", self.known.objectives),
            "territories": self._words("territoires", self.known.territories),
            "tags": self._words("mots_cles", None),
            "wordings": self._rows("redactions", WORDING, ambition=AMBITIONS),
            "variables": self._rows("variables", VARIABLE),
            "criterion": {
                **{name: self._text(french) for name, french in _CRITERION.items()},
                "weight_min": self.record["ponderation_min"],
                "weight_max": self.record["ponderation_max"],
                "scale": self._rows("bareme", STEP),
            },
            "bases": self._bases(),
            "links": [],
            "provenances": self._provenances(),
        }

    def _family(self) -> str | None:
        code = self._text("famille").strip()
        if code and code not in self.known.families:
            self._refuse("famille", code)
        return code or None

    def _words(self, name: str, known) -> list[str]:
        """Codes among the known ones; `None`: free words."""
        found = self.record[name]
        if not all(isinstance(value, str) for value in found) or len(found) > MAX_LIST:
            self._refuse(name, "liste")
            return []
        for value in found:
            if known is not None and value not in known:
                self._refuse(name, value)
        return [value for value in dict.fromkeys(found) if known is None or value in known]

    def _rows(self, name: str, names: dict[str, str], **vocabularies) -> list[dict[str, Any]]:
        found = self.record[name]
        if len(found) > MAX_LIST or not all(_is_plain(row) for row in found):
            self._refuse(name, "liste")
            return []
        rows = []
        for row in found:
            read = {code: "" if row.get(french) is None else str(row[french]) for french, code in names.items()}
            for french, words in vocabularies.items():
                word = read[names[french]]
                if word and word not in words:
                    self._refuse(name, word)
                read[names[french]] = words.get(word)
            rows.append(read)
        return rows

    def _bases(self) -> list[dict[str, str]]:
        rows = self._rows("bases_legales", BASIS)
        for row in rows:
            row["provision"] = article_key(row["provision"])
            if not self.known.has_basis(row["text"], row["provision"]):
                self._refuse("bases_legales", f"{row['text']} {row['provision']}".strip())
        return rows

    def _provenances(self) -> list[dict[str, Any]]:
        rows = self._rows("provenance", PROVENANCE, lien=MODES)
        for row in rows:
            row["dated"] = self._day("provenance", row["dated"]) if row["dated"] else None
            row["mode"] = row["mode"] or ""
        return rows

    def _links(self) -> tuple[tuple[str, str], ...]:
        rows = self._rows("liens", LINK, relation=RELATIONS)
        for row in rows:
            if not row["relation"] or not REFERENCE.fullmatch(row["reference"]):
                self._refuse("liens", row["reference"])
        return tuple((row["relation"], row["reference"]) for row in rows)

    def _amount(self, name: str) -> str | None:
        value = self.record[name]
        if value is None or value == "":
            return None
        text = str(value).strip().replace(",", ".")
        if not AMOUNT.fullmatch(text):
            self._refuse(name, value)
            return None
        return text

    def _date(self, name: str) -> str | None:
        value = self._text(name)
        return self._day(name, value) if value else None

    def _day(self, name: str, value: Any) -> str | None:
        try:
            return date.fromisoformat(str(value)).isoformat()
        except ValueError:
            self._refuse(name, value)
            return None

    def _life(self) -> Life:
        version = self.record["version"] or 0
        if not 0 <= version <= MAX_VERSION:
            self._refuse("version", version)
        reviewed = self._date("relue_le")
        return Life(
            version=version,
            published_at=self._moment("publiee_le"),
            state=self._word("etat", STATES),
            legal_state=self._word("etat_juridique", LEGAL_STATES),
            consolidation=self._word("relecture", LEVELS, default=1),
            reviewed_on=date.fromisoformat(reviewed) if reviewed else None,
            replaced_by=self._text("remplacee_par").strip(),
        )

    def _moment(self, name: str) -> datetime | None:
        value = self._text(name).strip()
        if not value:
            return None
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self._refuse(name, value)
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def _lengths(self, content: dict[str, Any]) -> None:
        """The caps of the checklist, then those of the columns, which it does not know."""
        self.problems += [f"« {finding.field} » : {finding.message}" for finding in check_caps(content)]
        criterion = content["criterion"]
        scalars = {
            name: value
            for name, value in {**content, **criterion}.items()
            if isinstance(value, str | int | bool) and name != "schema"
        }
        scalars.pop("family", None)
        self._clean(Clause(**scalars), "clause")
        for model, name, rows in (
            (Wording, "redactions", content["wordings"]),
            (Variable, "variables", content["variables"]),
            (ScaleStep, "bareme", criterion["scale"]),
            (Provenance, "provenance", content["provenances"]),
        ):
            for row in rows:
                self._clean(model(**row), name)
        low, high = criterion["weight_min"], criterion["weight_max"]
        if low is not None and high is not None and low > high:
            self.problems.append("« ponderation_min » dépasse « ponderation_max »")
        least, most = content["amount_min"], content["amount_max"]
        if least and most and Decimal(least) > Decimal(most):
            self.problems.append("« montant_min_ht » dépasse « montant_max_ht »")

    def _clean(self, instance, name: str) -> None:
        exclude = {one.name for one in instance._meta.fields if one.is_relation}
        try:
            instance.clean_fields(exclude=exclude | {"title"} if name == "clause" else exclude)
        except ValidationError as error:
            for column, messages in error.message_dict.items():
                self.problems.append(f"« {name} » ({column}) : {messages[0]}")


def _is_plain(row: Any) -> bool:
    """An object of plain values."""
    return isinstance(row, dict) and all(
        value is None or (isinstance(value, str | int | float) and not isinstance(value, bool))
        for value in row.values()
    )
