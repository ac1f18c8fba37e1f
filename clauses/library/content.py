"""What a version of a clause keeps: everything but its life, as JSON that outlives the rows it came from.

Families, objectives, CPV codes and territories go by their code, provisions by their text's slug and their key, other
clauses by their reference: never by a title, which a reader of the version may not be allowed to know.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.html import escape

from community.core.richtext import excerpt as cut
from community.core.richtext import normalise_text, render, set_mention_names
from community.core.slugs import slug_of
from community.law.models import LegalProvision, LegalText
from community.members.models import Territory
from community.taxonomy.models import CpvCode, Objective, PurchaseFamily
from community.taxonomy.tags import clean_names, tags_by_name_in_bulk

from .models import AlsoIn, Basis, Clause, ClauseLink, ClauseTag, Provenance, ScaleStep, Variable, Wording
from .models.wording import VARIABLE_KEY

SCHEMA = 1
EXCERPT = 380
NATURES = ("works", "supplies", "services", "concessions")
CRITERION_FIELDS = ("assessed", "expected_elements", "scoring_method", "weight_min", "weight_max")
# Texts in Markdown beside the wordings.
CRITERION_TEXTS = ("assessed", "expected_elements", "scoring_method")
CONTEXT_TEXTS = ("why", "vigilance", "proofs", "execution_control", "penalty", "sourcing_questions")
PLAIN_FIELDS = ("title", "summary", "kind", "document", "pillar", "ambition", *CONTEXT_TEXTS)
SCALAR_FIELDS = ("supply_maturity", "price_impact", "licence", "is_sample")
DATES = ("valid_from", "valid_until", "review_by")
AMOUNTS = ("amount_min", "amount_max")
WORDING_FIELDS = ("key", "title", "text", "ambition", "conditions")
VARIABLE_FIELDS = ("key", "label", "unit", "minimum", "maximum", "default", "guidance")

REFERENCE = re.compile(r"(?<![\w-])CL-(\d{4,9})(?![\w-])")
BRACES = re.compile(rf"\{{({VARIABLE_KEY})\}}")
# Variables cross the renderer between two characters that nobody types.
_OPEN, _CLOSE = "\ue000", "\ue001"
_KEPT_VARIABLE = re.compile(rf"{_OPEN}({VARIABLE_KEY}){_CLOSE}|%EE%80%80({VARIABLE_KEY})%EE%80%81")
_MARKUP = re.compile(r"<(?:[^>\"]|\"[^\"]*\")*>")


def to_content(clause: Clause) -> dict[str, Any]:
    """The whole clause as it stands, rows not saved included."""
    return {
        "schema": SCHEMA,
        **{name: getattr(clause, name) for name in (*PLAIN_FIELDS, *SCALAR_FIELDS)},
        **{name: value.isoformat() if (value := getattr(clause, name)) else None for name in DATES},
        **{name: f"{value:.2f}" if (value := getattr(clause, name)) is not None else None for name in AMOUNTS},
        "natures": [name for name in NATURES if getattr(clause, f"for_{name}")],
        "also_in": sorted(other.document for other in clause.also_in.all()),
        "family": clause.family.code if clause.family_id else None,
        "other_families": [family.code for family in clause.other_families.all()],
        "cpv": [cpv.code for cpv in clause.cpv_codes.all()],
        "objectives": [objective.code for objective in clause.objectives.all()],
        "territories": [territory.code for territory in clause.territories.all()],
        "tags": [item.tag.name for item in clause.tagged_items.all()],
        "wordings": _rows(clause.wordings, WORDING_FIELDS),
        "variables": _rows(clause.variables, VARIABLE_FIELDS),
        "criterion": {
            **{name: getattr(clause, name) for name in CRITERION_FIELDS},
            "scale": _rows(clause.scale, ("score", "description")),
        },
        "bases": [_basis_content(basis) for basis in clause.bases.all()],
        "links": [{"relation": link.relation, "reference": reference(link.target_id)} for link in clause.links.all()],
        "provenances": [_provenance_content(provenance) for provenance in clause.provenances.all()],
    }


def _rows(manager, fields: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in fields} for row in manager.all()]


def _basis_content(basis: Basis) -> dict[str, str]:
    if basis.provision_id:
        return {"text": basis.provision.text.slug, "provision": basis.provision.key, "note": basis.note}
    return {"text": basis.text.slug if basis.text_id else "", "provision": "", "note": basis.note}


def _provenance_content(provenance: Provenance) -> dict[str, Any]:
    names = ("organisation", "document", "url", "licence", "mode")
    dated = provenance.dated.isoformat() if provenance.dated else None
    return {**{name: getattr(provenance, name) for name in names}, "dated": dated}


def reference(pk: int) -> str:
    return f"CL-{pk:04d}"


def pk_of_reference(text: str) -> int | None:
    found = REFERENCE.search(text)
    return int(found[1]) if found else None


def apply_content(clause: Clause, content: dict[str, Any]) -> list[tuple[str, str]]:
    """Puts a content on the clause, children included, all unsaved: `clause.save()` writes them.

    Returns the (field, word) pairs that name nothing known any more (a code, an article, another clause): they are
    left out. Values are those of `to_content`; what people or files bring is validated before.
    """
    missing: list[tuple[str, str]] = []
    for name in (*PLAIN_FIELDS, *SCALAR_FIELDS):
        if name in content:
            setattr(clause, name, content[name])
    for name in DATES:
        value = content.get(name)
        setattr(clause, name, date.fromisoformat(value) if isinstance(value, str) and value else value or None)
    for name in AMOUNTS:
        value = content.get(name)
        setattr(clause, name, None if value in (None, "") else Decimal(value))
    for name in NATURES:
        setattr(clause, f"for_{name}", name in content.get("natures", ()))
    for name in CRITERION_FIELDS:
        setattr(clause, name, content.get("criterion", {}).get(name, None if name.startswith("weight") else ""))
    _apply_vocabularies(clause, content, missing)
    _apply_children(clause, content, missing)
    return missing


def _apply_vocabularies(clause: Clause, content: dict[str, Any], missing: list[tuple[str, str]]) -> None:
    family = content.get("family")
    found = _by_code(PurchaseFamily, [family] if family else [], "family", missing)
    clause.family = found[0] if found else None
    for field, model, key in (
        ("other_families", PurchaseFamily, "other_families"),
        ("cpv_codes", CpvCode, "cpv"),
        ("objectives", Objective, "objectives"),
        ("territories", Territory, "territories"),
    ):
        setattr(clause, field, _by_code(model, content.get(key, []), key, missing))
    names = clean_names(content.get("tags", []))
    tags = tags_by_name_in_bulk(names)
    clause.tagged_items = [ClauseTag(tag=tag) for tag in {tags[name].pk: tags[name] for name in names}.values()]


def _by_code(model, codes: list[str], field: str, missing: list[tuple[str, str]]) -> list:
    if not codes:
        return []
    known = {row.code: row for row in model.objects.filter(code__in=codes)}
    missing.extend((field, code) for code in codes if code not in known)
    return [known[code] for code in dict.fromkeys(codes) if code in known]


def _apply_children(clause: Clause, content: dict[str, Any], missing: list[tuple[str, str]]) -> None:
    clause.also_in = [AlsoIn(document=document) for document in dict.fromkeys(content.get("also_in", ()))]
    clause.wordings = _ordered(Wording, content.get("wordings", ()), WORDING_FIELDS)
    clause.variables = _ordered(Variable, content.get("variables", ()), VARIABLE_FIELDS)
    clause.scale = _ordered(ScaleStep, content.get("criterion", {}).get("scale", ()), ("score", "description"))
    clause.bases = _bases(content.get("bases", []), missing)
    clause.links = _links(clause, content.get("links", []), missing)
    clause.provenances = [
        Provenance(
            sort_order=place,
            dated=date.fromisoformat(row["dated"]) if row.get("dated") else None,
            **{name: row.get(name, "") for name in ("organisation", "document", "url", "licence", "mode")},
        )
        for place, row in enumerate(content.get("provenances", ()))
    ]
    set_wording_keys(clause)


def _ordered(model, rows, fields: tuple[str, ...]) -> list:
    return [
        model(sort_order=place, **{name: row[name] for name in fields if name in row}) for place, row in enumerate(rows)
    ]


def _bases(rows: list[dict[str, str]], missing: list[tuple[str, str]]) -> list[Basis]:
    slugs = {row["text"] for row in rows}
    if not slugs:
        return []
    texts = {text.slug: text for text in LegalText.objects.filter(slug__in=slugs)}
    provisions = {
        (provision.text_id, provision.key): provision
        for provision in LegalProvision.objects.filter(
            text__slug__in=slugs, key__in={row.get("provision", "") for row in rows}
        )
    }
    found = []
    for place, row in enumerate(rows):
        text, key = texts.get(row["text"]), row.get("provision", "")
        provision = provisions.get((text.pk, key)) if text and key else None
        if text is None or (key and provision is None):
            missing.append(("bases", f"{row['text']} {key}".strip()))
            continue
        whole = {"provision": provision} if provision else {"text": text}
        found.append(Basis(sort_order=place, note=row.get("note", ""), **whole))
    return found


def _links(clause: Clause, rows: list[dict[str, str]], missing: list[tuple[str, str]]) -> list[ClauseLink]:
    wanted = {(pk_of_reference(row["reference"]), row["relation"]): row for row in rows}
    known = set(Clause.objects.filter(pk__in=[pk for pk, _relation in wanted if pk]).values_list("pk", flat=True))
    missing.extend(("links", row["reference"]) for (pk, _relation), row in wanted.items() if pk not in known)
    return [
        ClauseLink(sort_order=place, target_id=pk, relation=relation)
        for place, (pk, relation) in enumerate(wanted)
        if pk in known and pk != clause.pk
    ]


def set_wording_keys(clause: Clause) -> None:
    """Each wording gets a name of its own, once: versions, suggestions and links lead to it."""
    taken = {wording.key for wording in clause.wordings.all() if wording.key}
    for place, wording in enumerate(clause.wordings.all(), start=1):
        if not wording.key:
            base = slug_of(wording.title, longest=30) or "redaction"
            names = (base if number == 0 else f"{base}-{number}" for number in range(place, place + 100))
            wording.key = next(name for name in (base, *names) if name not in taken)
            taken.add(wording.key)


def clean_text(text: str) -> str:
    """What is kept of a Markdown text: normalised, naming no member, without the marks that variables travel in."""
    return set_mention_names(normalise_text(text), {}).replace(_OPEN, "").replace(_CLOSE, "").strip()


def variables_in(text: str) -> list[str]:
    """The `{variables}` of a text, once each, in order."""
    return list(dict.fromkeys(BRACES.findall(text)))


def variables_of(content: dict[str, Any]) -> list[str]:
    return variables_in("\n".join(wording["text"] for wording in content["wordings"]))


def labels_of(content: dict[str, Any]) -> dict[str, str]:
    """How each variable is named where it stands: its label, or its key until somebody describes it."""
    described = {variable["key"]: variable["label"] for variable in content["variables"]}
    return {key: described.get(key) or key.replace("_", " ") for key in (*described, *variables_of(content))}


def render_wordings(content: dict[str, Any]) -> dict[str, str]:
    """Safe HTML of each wording, its variables as the kit marks them."""
    labels = labels_of(content)
    return {wording["key"]: render_text(wording["text"], labels) for wording in content["wordings"]}


def render_all(content: dict[str, Any]) -> dict[str, str]:
    """The wordings by key, then every other rich text under « context.<field> » or « criterion.<field> »."""
    labels = labels_of(content)
    html = render_wordings(content)
    html |= {f"context.{name}": render_text(content[name], labels) for name in CONTEXT_TEXTS if content.get(name)}
    criterion = content["criterion"]
    html |= {f"criterion.{name}": render_text(criterion[name], labels) for name in CRITERION_TEXTS if criterion[name]}
    return html


def render_text(markdown: str, labels: dict[str, str]) -> str:
    kept = BRACES.sub(rf"{_OPEN}\1{_CLOSE}", clean_text(markdown))
    return mark_variables(render(kept).html, lambda key: _mark(key, labels.get(key) or key.replace("_", " ")))


def _mark(key: str, label: str) -> str:
    return f'<mark class="variable" data-variable="{key}">[{escape(label)}]</mark>'


def mark_variables(html: str, mark: Callable[[str], str]) -> str:
    """`mark` stands in the text; inside a tag (the name of a picture, an address) the braces come back."""
    pieces, end = [], 0
    for tag in _MARKUP.finditer(html):
        pieces.append(_KEPT_VARIABLE.sub(lambda found: mark(found[1] or found[2]), html[end : tag.start()]))
        pieces.append(_KEPT_VARIABLE.sub(lambda found: f"{{{found[1] or found[2]}}}", tag[0]))
        end = tag.end()
    pieces.append(_KEPT_VARIABLE.sub(lambda found: mark(found[1] or found[2]), html[end:]))
    return "".join(pieces)


def fill(text: str, content: dict[str, Any], values: dict[str, str] | None = None) -> str:
    """The Markdown of a wording with its variables filled, or named between brackets: what people copy."""
    labels, values = labels_of(content), values or {}
    return BRACES.sub(lambda found: values.get(found[1]) or f"[{labels.get(found[1], found[1])}]", text)


def plain_text(content: dict[str, Any]) -> str:
    """Every word of the clause that a search may find."""
    criterion = content["criterion"]
    pieces = [content["title"], content["summary"]]
    for wording in content["wordings"]:
        pieces += [wording["title"], wording_text(wording["text"], content), wording["conditions"]]
    pieces += [render(criterion[name]).text for name in CRITERION_TEXTS if criterion[name]]
    pieces += [step["description"] for step in criterion["scale"]]
    pieces += [render(content[name]).text for name in CONTEXT_TEXTS if content.get(name)]
    pieces += [f"{variable['label']} {variable['guidance']}".strip() for variable in content["variables"]]
    pieces += [basis["note"] for basis in content["bases"]]
    return "\n".join(piece for piece in pieces if piece)


def wording_text(text: str, content: dict[str, Any]) -> str:
    return render(clean_text(fill(text, content))).text


def excerpt(content: dict[str, Any]) -> str:
    first = next(iter(content["wordings"]), None)
    return cut(wording_text(first["text"], content), EXCERPT) if first else ""


def pasted(content: dict[str, Any]) -> tuple:
    """What ends up in a contract: two versions that differ only by advice are the same text."""
    return content["wordings"], content["criterion"], content["kind"], content["document"]


def rendered_paths(content: dict[str, Any]) -> list[str]:
    """The addresses of this site that the texts link to."""
    texts = [wording["text"] for wording in content["wordings"]]
    texts += [content[name] for name in CONTEXT_TEXTS] + [content["criterion"][name] for name in CRITERION_TEXTS]
    return [path for text in texts if text for path in render(text).references]


def clean_content(content: dict[str, Any]) -> dict[str, Any]:
    """Every text that somebody typed, normalised; one-line texts on one line."""
    texts = (*CONTEXT_TEXTS, *CRITERION_TEXTS)
    cleaned = {name: _clean(value, rich=name in texts or name == "text") for name, value in content.items()}
    return {**content, **cleaned}


def _clean(value: Any, *, rich: bool) -> Any:
    if isinstance(value, str):
        return clean_text(value) if rich else " ".join(clean_text(value).split())
    if isinstance(value, list):
        return [_clean(each, rich=False) for each in value]
    return clean_content(value) if isinstance(value, dict) else value
