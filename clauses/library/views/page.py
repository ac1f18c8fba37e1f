"""What a clause's page says: plain values and stored HTML, so that the template only prints."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from community.core import contents
from community.core.richtext import excerpt
from community.core.ui import labels, number
from community.members.display import displayed
from community.notifications.models import Level
from community.spaces.models import SpaceVisibility

from ..addresses import address, clause_url, library_url, version_url
from ..content import labels_of, wording_text
from ..exports.clause import fill_html, relevel, source_line, usual_value, weight_words
from ..figures import stands_outside
from ..models import Basis, Clause, ClauseVersion
from ..selectors.clause import ClausePage
from ..selectors.rows import family_link, short_document, status_of, uses
from ..vocabularies import (
    Ambition,
    ClauseKind,
    ClauseState,
    Consolidation,
    ContractDocument,
    Licence,
    PriceImpact,
    ProvenanceMode,
    SupplyMaturity,
)

DESCRIPTION = 200
STATE_TONES = {"in_force": "success", "not_yet": "info", "replaced": "warning", "repealed": "danger"}
STATE_ICONS = {"in_force": "check", "not_yet": "clock", "replaced": "triangle-alert", "repealed": "circle-alert"}


@dataclass(frozen=True, slots=True)
class WordingRow:
    anchor: str
    title: str
    html: SafeString
    conditions: str
    ambition: int | None
    ambition_label: str
    plain: str


def page_context(page: ClausePage, values: dict[str, str]) -> dict[str, Any]:
    return {**heading(page.clause), **body(page, values), **surroundings(page)}


def heading(clause: Clause) -> dict[str, Any]:
    return {
        "clause": clause,
        "url": clause_url(clause),
        "absolute_url": settings.BASE_URL + clause_url(clause),
        "description": excerpt(clause.summary or clause.excerpt, DESCRIPTION),
        "breadcrumb": breadcrumb(clause),
        "status": status_of(clause),
        "checked_on": clause.reviewed_on,
        "family": family_link(clause.family) if clause.family_id else None,
        "ambition": int(clause.ambition),
        "ambition_label": labels(Ambition).get(clause.ambition, ""),
        "identity": identity(clause),
        "tab": f"{short_document(clause)} · {labels(ClauseKind).get(clause.kind, '')}",
        "audience": audience(clause),
        "watch_title": watch_title(clause),
        "copied": copied(clause),
        "is_open": is_open(clause),
    }


def body(page: ClausePage, values: dict[str, str]) -> dict[str, Any]:
    clause, content = page.clause, page.content
    return {
        "wordings": wordings(page, values),
        "source": source_line(clause, clause.version),
        "variables": variables(content, values),
        "values_query": {f"v_{key}": value for key, value in values.items()},
        "criterion": criterion(page, values),
        "contexts": contexts(page, values),
        "exports": exports(clause, values),
    }


def surroundings(page: ClausePage) -> dict[str, Any]:
    clause, content = page.clause, page.content
    return {
        "bases": [basis_row(basis) for basis in page.bases],
        "links": [
            {"words": words, "title": other.title, "url": clause_url(other), "detail": link_detail(other)}
            for words, other in page.links
        ],
        "related": [related_row(each) for each in page.related],
        "provenances": [provenance_row(step) for step in content["provenances"]],
        "licence": Licence(clause.licence).label,
        "versions": [version_row(clause, version) for version in page.versions],
        "facts": facts(clause, content),
        "replaced_by": page.replaced_by and {"title": page.replaced_by.title, "url": clause_url(page.replaced_by)},
        "author": displayed(clause.author, clause.naming),
        "reviewer": displayed(clause.reviewed_by) if clause.reviewed_by_id else None,
        "consolidation": Consolidation(clause.consolidation).label,
        "is_consolidated": clause.consolidation > Consolidation.CONTRIBUTION,
    }


def exports(clause: Clause, values: dict[str, str]) -> list[dict]:
    query = f"?{urlencode({f'v_{key}': value for key, value in values.items()})}" if values else ""
    rows = [
        ("docx", _("Document Word (.docx)"), _("Variables à remplir surlignées, mise en forme sobre")),
        ("odt", _("OpenDocument (.odt)"), _("LibreOffice, Collabora")),
        ("md", _("Texte Markdown (.md)"), _("Pour un modèle ou un logiciel métier")),
    ]
    return [
        {"url": address("clause_export", pk=clause.pk, form=form) + query, "label": label, "hint": hint}
        for form, label, hint in rows
    ]


def is_open(clause: Clause) -> bool:
    """Shown to machines too: what everyone reads, today."""
    readable = clause.space_id is None or clause.space.visibility == SpaceVisibility.OPEN
    return readable and clause.hidden_at is None and clause.state in (ClauseState.PUBLISHED, ClauseState.OBSOLETE)


def breadcrumb(clause: Clause) -> list[dict]:
    items = [{"label": _("Clauses"), "url": library_url()}]
    if clause.space_id:
        items.append({"label": clause.space.name, "url": library_url(espace=clause.space.slug)})
    if clause.family_id:
        items.append({"label": clause.family.label, "url": library_url(famille=clause.family.slug)})
    return [*items, {"label": excerpt(clause.title, 60), "url": ""}]


def identity(clause: Clause) -> str:
    parts = [clause.reference]
    if clause.version:
        parts.append(_("version %(number)d") % {"number": clause.version})
    return " · ".join([*parts, uses(clause.use_count)])


def audience(clause: Clause) -> str:
    if clause.state in (ClauseState.DRAFT, ClauseState.IN_REVIEW):
        return _("Visible de vous et des personnes qui relisent")
    if clause.space_id is None:
        return ""
    patterns = {
        SpaceVisibility.OPEN: _("Espace %(name)s, lisible sans compte"),
        SpaceVisibility.MEMBERS: _("Espace %(name)s, réservé aux membres vérifiés"),
        SpaceVisibility.PRIVATE: _("Espace %(name)s, réservé à ses membres"),
    }
    return patterns[clause.space.visibility] % {"name": clause.space.name}


def wordings(page: ClausePage, values: dict[str, str]) -> list[WordingRow]:
    rows = page.content["wordings"]
    return [
        WordingRow(
            anchor=f"redaction-{wording['key'] or rank}",
            title=wording["title"] or (_("Rédaction %(rank)d") % {"rank": rank} if len(rows) > 1 else ""),
            html=mark_safe(
                relevel(
                    fill_html(page.html.get(wording["key"], ""), values), 3 if wording["title"] or len(rows) > 1 else 2
                )
            ),
            conditions=wording["conditions"],
            ambition=wording["ambition"],
            ambition_label=str(Ambition(wording["ambition"]).label) if wording["ambition"] else "",
            plain=wording_text(wording["text"], page.content) if not values else filled_text(wording, page, values),
        )
        for rank, wording in enumerate(rows, start=1)
    ]


def filled_text(wording: dict, page: ClausePage, values: dict[str, str]) -> str:
    """What is copied without a script: words as they are read, variables filled in."""
    text = wording_text(wording["text"], page.content)
    for key, label in labels_of(page.content).items():
        if key in values:
            text = text.replace(f"[{label}]", values[key])
    return text


def variables(content: dict, values: dict[str, str]) -> list[dict]:
    described = {variable["key"]: variable for variable in content["variables"]}
    blank = {"unit": "", "minimum": "", "maximum": "", "default": "", "guidance": ""}
    found = []
    for key, label in labels_of(content).items():
        told, value = described.get(key, blank), values.get(key, "")
        names = ("unit", "minimum", "maximum", "guidance")
        shown = {"key": key, "label": label, "value": value, **{name: told[name] for name in names}}
        outside = stands_outside(value, told["minimum"], told["maximum"])
        found.append({**shown, "usual": usual_value(told), "is_outside": outside})
    return found


def rich(page: ClausePage, values: dict[str, str], *names: tuple[str, str], first: int = 4) -> list[dict]:
    """HTML stored by the renderer, under its titles; what says nothing is left out."""
    return [
        {"title": title, "html": mark_safe(relevel(fill_html(page.html[name], values), first))}
        for name, title in names
        if page.html.get(name)
    ]


def criterion(page: ClausePage, values: dict[str, str]) -> dict | None:
    told = page.content["criterion"]
    texts = rich(
        page,
        values,
        ("criterion.assessed", _("Ce qui est évalué")),
        ("criterion.expected_elements", _("Éléments attendus dans l’offre")),
        ("criterion.scoring_method", _("Méthode de notation")),
    )
    weight = weight_words(told["weight_min"], told["weight_max"])
    return {"texts": texts, "scale": told["scale"], "weight": weight} if texts or told["scale"] or weight else None


def contexts(page: ClausePage, values: dict[str, str]) -> dict[str, list[dict]]:
    return {
        "why": rich(page, values, ("context.why", _("Pourquoi cette clause")), first=3),
        "check": rich(
            page,
            values,
            ("context.proofs", _("Moyens de preuve")),
            ("context.execution_control", _("Contrôle en exécution")),
            ("context.penalty", _("Pénalité associée")),
        ),
        "adapt": rich(
            page,
            values,
            ("context.vigilance", _("Points de vigilance")),
            ("context.sourcing_questions", _("Questions à poser en sourcing")),
            first=3,
        ),
    }


def basis_row(basis: Basis) -> dict:
    """A provision is out of force with its text, even when nobody marked it so."""
    cited = basis.provision or basis.text
    state = cited.state
    if basis.provision_id and state == "in_force" and basis.provision.text.state != "in_force":
        state = basis.provision.text.state
    successor = cited.replaced_by
    return {
        "label": _("Art. %(label)s") % {"label": cited.label} if basis.provision_id else cited.short_title,
        "text": cited.text.short_title if basis.provision_id else cited.title,
        "note": basis.note or (cited.summary if basis.provision_id else ""),
        "state": state.label,
        "tone": STATE_TONES[state],
        "icon": STATE_ICONS[state],
        "url": law_url(cited),
        "to_check": cited.to_check,
        "verified_on": cited.verified_on,
        "successor": successor and {"label": str(successor), "url": law_url(successor)},
    }


def law_url(cited) -> str:
    """The page of the text, where the law room has one."""
    slug = cited.text.slug if hasattr(cited, "anchor") else cited.slug
    base = address("legal_text", slug=slug)
    return f"{base}#{cited.anchor}" if base and hasattr(cited, "anchor") else base


def link_detail(other: Clause) -> str:
    return f"{short_document(other)} · {status_of(other)['label']}"


def related_row(obj) -> dict:
    kind = contents.kind_of(obj)
    return {"title": kind.title(obj), "url": kind.url(obj), "label": kind.label}


def provenance_row(step: dict) -> dict:
    return {
        **step,
        "mode": str(ProvenanceMode(step["mode"]).label),
        "url": step["url"] if step["url"].startswith(("https://", "http://")) else "",
    }


def version_author(clause: Clause, version: ClauseVersion) -> str:
    naming = clause.naming if version.author_id == clause.author_id else "name"
    return displayed(version.author, naming).name


def version_row(clause: Clause, version: ClauseVersion) -> dict:
    return {
        "number": version.number,
        "url": version_url(clause.pk, version.number),
        "author": version_author(clause, version),
        "moment": version.created_at,
        "note": version.note,
        "previous": version.number - 1,
    }


def facts(clause: Clause, content: dict) -> list[tuple[str, Any]]:
    """The card of the rail: (label, words)."""
    also = [labels(ContractDocument).get(document, document) for document in content["also_in"]]
    rows = [
        (_("Pièce"), ", ".join([labels(ContractDocument).get(clause.document, ""), *also])),
        (_("Type"), labels(ClauseKind).get(clause.kind, "")),
        (_("Volet"), clause.get_pillar_display()),
        (_("Marchés"), natures(content["natures"])),
        (_("Montant"), amounts(clause)),
        (_("Maturité de l’offre"), SupplyMaturity(clause.supply_maturity).label if clause.supply_maturity else ""),
        (_("Effet sur le prix"), PriceImpact(clause.price_impact).label if clause.price_impact else ""),
        (_("CPV"), ", ".join(content["cpv"])),
    ]
    return [(label, words) for label, words in rows if words]


def natures(names: list[str]) -> str:
    labels = {
        "works": _("travaux"),
        "supplies": _("fournitures"),
        "services": _("services"),
        "concessions": _("concessions"),
    }
    return ", ".join(labels[name] for name in names)


def amounts(clause: Clause) -> str:
    low, high = clause.amount_min, clause.amount_max
    if low is not None and high is not None:
        return _("De %(low)s à %(high)s € HT") % {"low": number(low), "high": number(high)}
    if low is not None:
        return _("Dès %(low)s € HT") % {"low": number(low)}
    if high is not None:
        return _("Jusqu’à %(high)s € HT") % {"high": number(high)}
    return ""


def watch_title(clause: Clause) -> str:
    titles = {Level.ALL: _("Vous suivez cette clause"), Level.ESSENTIAL: _("Vous suivez l’essentiel")}
    return titles.get(clause.my_level, _("Suivre cette clause"))


def copied(clause: Clause) -> dict | None:
    """For who took an older version away."""
    mine = clause.my_copy
    if not mine or mine >= clause.version:
        return None
    return {"number": mine, "url": f"{version_url(clause.pk, clause.version)}?depuis={mine}"}


def structured_data(page: ClausePage, context: dict) -> dict:
    """schema.org, for a clause that everyone reads; machines learn no more than a visitor sees."""
    clause = page.clause
    data = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "name": clause.title,
        "identifier": clause.reference,
        "description": clause.summary,
        "inLanguage": "fr",
        "version": clause.version,
        "license": LICENCE_ADDRESSES[clause.licence],
        "url": context["absolute_url"],
        "author": {"@type": "Person", "name": context["author"].name},
    }
    if clause.published_at:
        data["dateModified"] = clause.published_at.isoformat()
    if clause.family_id:
        data["about"] = clause.family.label
    return data


LICENCE_ADDRESSES = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/deed.fr",
    Licence.ETALAB: "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}
