"""The values with which the form of a clause opens: those of a clause that exists, or of a draft."""

from typing import Any

from clauses.library.content import CONTEXT_TEXTS, CRITERION_TEXTS, variables_of

from .parts import LINKS, PROVENANCES, STEPS, VARIABLE_COLUMNS, WORDINGS
from .rows import initial_of_rows


def initial_from(content: dict[str, Any]) -> dict[str, Any]:
    """The values of the form for a clause that exists."""
    criterion = content["criterion"]
    names = ("title", "summary", "kind", "document", "pillar", "ambition", "licence", "price_impact", "supply_maturity")
    initial = {
        name: content[name] for name in (*names, *CONTEXT_TEXTS, "natures", "also_in", "family", "other_families")
    }
    initial |= {name: content[name] for name in ("objectives", "territories", "amount_min", "amount_max")}
    initial |= {name: content[name] for name in ("valid_from", "valid_until", "review_by")}
    initial |= {name: criterion[name] for name in (*CRITERION_TEXTS, "weight_min", "weight_max")}
    initial |= {"tags": ", ".join(content["tags"]), "cpv": ", ".join(content["cpv"]), "bases": content["bases"]}
    initial |= initial_of_rows(WORDINGS, content["wordings"]) | initial_of_rows(STEPS, criterion["scale"])
    initial |= initial_of_rows(LINKS, content["links"]) | initial_of_rows(PROVENANCES, content["provenances"])
    for variable in content["variables"]:
        if variable["key"] in variables_of(content):
            initial |= {f"variable_{variable['key']}_{name}": variable[name] for name in VARIABLE_COLUMNS}
    return initial


def initial_from_draft(fields: dict[str, Any]) -> dict[str, Any]:
    """Raw values kept by the server, as they were typed."""
    lists = ("also_in", "objectives", "natures", "other_families", "territories")
    left_out = ("client_token", "csrfmiddlewaretoken", "draft", "add", "seen")
    values = {name: value for name, value in fields.items() if name not in left_out}
    for name in lists:
        if isinstance(values.get(name), str):
            values[name] = [values[name]] if values[name] else []
    return {name: value for name, value in values.items() if name in lists or isinstance(value, str)}
