"""The files of the demonstration, as contents: what is short to write there is whole here."""

import re
import tomllib
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from clauses.library.content import (
    AMOUNTS,
    CONTEXT_TEXTS,
    CRITERION_TEXTS,
    NATURES,
    SCHEMA,
    VARIABLE_FIELDS,
    clean_content,
)
from clauses.library.vocabularies import CRITERIA, Licence, Relation
from community.core.ui import typography
from community.law.keys import article_key

FOLDER = Path(__file__).parent
LIFE = "vie.toml"
# The lists of keys of a clause in the files, and what they mean.
LINKS = {
    "notes": Relation.REQUIREMENT,
    "completes": Relation.COMPLETES,
    "replaces": Relation.REPLACES,
    "incompatible": Relation.INCOMPATIBLE,
}
_LISTS = ("also_in", "other_families", "cpv", "objectives", "tags")


def read_life() -> dict[str, Any]:
    return read(FOLDER / LIFE)


def read_clauses() -> dict[str, dict[str, Any]]:
    """By key, in the order of the files."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        if path.name != LIFE:
            found |= {clause["key"]: clause for clause in read(path)["clause"]}
    return found


def read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def content_of(clause: dict[str, Any], *, review_by: date) -> dict[str, Any]:
    content: dict[str, Any] = {
        "schema": SCHEMA,
        **{name: clause[name] for name in ("title", "summary", "kind", "document", "pillar", "ambition")},
        **{name: clause.get(name, "") for name in CONTEXT_TEXTS},
        **{name: f"{clause[name]:.2f}" if name in clause else None for name in AMOUNTS},
        **{name: clause.get(name, []) for name in _LISTS},
        "supply_maturity": clause.get("supply_maturity"),
        "price_impact": clause.get("price_impact", ""),
        "licence": Licence.CC_BY,
        "is_sample": True,
        "valid_from": None,
        "valid_until": None,
        "review_by": review_by.isoformat(),
        "natures": [name for name in NATURES if name in clause["natures"]],
        "family": clause.get("family"),
        "territories": [],
        "wordings": [wording_of(wording) for wording in clause["wording"]],
        "variables": [
            {name: variable.get(name, "") for name in VARIABLE_FIELDS} for variable in clause.get("variables", [])
        ],
        "criterion": criterion_of(clause),
        "bases": [basis_of(*basis) for basis in clause.get("bases", [])],
        "links": [],
        "provenances": [
            {"organisation": "Entraide", "document": "Contenu de démonstration", "url": "", "licence": "CC BY 4.0"}
            | {"mode": "original", "dated": None}
        ],
    }
    return clean_content(typeset(content))


def wording_of(wording: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": "",
        "title": wording.get("title", ""),
        "text": wording["text"].strip(),
        "ambition": wording.get("ambition"),
        "conditions": wording.get("conditions", ""),
    }


def criterion_of(clause: dict[str, Any]) -> dict[str, Any]:
    weights = clause.get("weight", [None, None])
    return {
        **{name: clause.get(name, "") for name in CRITERION_TEXTS},
        "weight_min": weights[0],
        "weight_max": weights[1],
        "scale": [{"score": score, "description": said} for score, said in clause.get("scale", [])],
    }


def basis_of(text: str, article: str, note: str) -> dict[str, str]:
    return {"text": text, "provision": article_key(article) if article else "", "note": note}


def links_of(key: str, clauses: dict[str, dict[str, Any]]) -> list[tuple[str, str]]:
    """What a criterion notes is its pair too: the condition says it from its side."""
    own = [(relation, other) for name, relation in LINKS.items() for other in clauses[key].get(name, [])]
    noted = [other for other, clause in clauses.items() if key in clause.get("notes", [])]
    return own + [(Relation.PAIR, other) for other in noted if clauses[other]["kind"] in CRITERIA]


def earlier(content: dict[str, Any], changes: list[list[str]]) -> dict[str, Any]:
    """What the content said before a version: each passage of today with the words that it replaced."""
    before = deepcopy(content)
    for present, past in changes:
        present, past = typography(present), typography(past)
        for wording in before["wordings"]:
            wording["text"] = wording["text"].replace(present, past)
    return before


_CODES = frozenset({"kind", "document", "pillar", "key", "family", "licence", "text_slug", "provision", "mode", "url"})
_CODE_LISTS = frozenset({"also_in", "other_families", "cpv", "objectives", "natures", "territories", "bases"})
_MARKUP_LINE = re.compile(r"^\|[-|: ]+\|$")


def typeset(value: Any, name: str = "") -> Any:
    """French spaces in every text; codes as they are."""
    if isinstance(value, str):
        return value if name in _CODES else "\n".join(map(typeset_line, value.split("\n")))
    if isinstance(value, list):
        return value if name in _CODE_LISTS - {"bases"} else [typeset(each, name) for each in value]
    if isinstance(value, dict):
        if name == "bases":
            return {**value, "note": typography(value["note"])}
        return {key: typeset(each, key) for key, each in value.items()}
    return value


def typeset_line(line: str) -> str:
    return line if _MARKUP_LINE.match(line) else typography(line)
