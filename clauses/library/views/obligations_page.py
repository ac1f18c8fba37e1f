"""What the page of the checker says: the answer in groups, the amount on its scale, the clauses that satisfy it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.core import ui
from community.core.ui import day_words
from community.law.obligations.check import check
from community.law.obligations.declared import Declared, declared_as
from community.law.obligations.findings import Finding, Status
from community.law.obligations.purchase import Purchase, PurchaseNature
from community.law.obligations.scale import scale
from community.law.obligations.sources import read_law
from community.law.obligations.words import euros

from ..addresses import address, library_url
from ..forms.obligations import BUYERS, ObligationsForm
from ..selectors import rows
from ..selectors.pairs import OF_ALL, OF_PARENT, Pair, Pairs, pairs_for

NUMBERS = (
    *("Aucune", "Une", "Deux", "Trois", "Quatre", "Cinq", "Six", "Sept", "Huit", "Neuf", "Dix", "Onze", "Douze"),
    *("Treize", "Quatorze", "Quinze", "Seize", "Dix-sept", "Dix-huit", "Dix-neuf", "Vingt"),
)
# The question of the form that settles what a finding lacks.
QUESTIONS = {
    "nature": "nature",
    "amount": "montant",
    "buyer": "acheteur",
    "place": "territoire",
    "family": "famille",
    "new_build": "construction",
    "catering": "restauration",
    "state_restaurant": "restaurant_etat",
    "duration_months": "duree",
    "launch_date": "lancement",
}
SHORT_BUYERS = {
    "local": "Collectivité",
    "state": "État",
    "health": "Établissement de santé",
    "housing": "Bailleur social",
    "university": "Université",
    "entity": "Entité adjudicatrice",
}


@dataclass(frozen=True)
class Answer:
    """The whole check of one purchase, for the page and for the note."""

    purchase: Purchase
    family: Any
    findings: list[Finding]
    marks: list
    declared: Declared
    pairs: Pairs
    today: date = field(default_factory=timezone.localdate)

    def with_status(self, *wanted: Status) -> list[Finding]:
        return [finding for finding in self.findings if finding.status in wanted]

    @property
    def applying(self) -> list[Finding]:
        return self.with_status(Status.APPLIES)

    @property
    def open_points(self) -> list[Finding]:
        return self.with_status(Status.TO_CHECK)

    @property
    def is_doubtful(self) -> bool:
        """As much to check as is sure: better said than concluded on."""
        return len(self.open_points) >= max(len(self.applying), 1)


def read_answer(viewer, form: ObligationsForm) -> Answer:
    purchase, law, today = form.purchase(), read_law(), timezone.localdate()
    findings = check(purchase, law=law, today=today)
    wants = {each.wants for each in findings if each.wants and each.status in (Status.APPLIES, Status.TO_CHECK)}
    return Answer(
        purchase=purchase,
        family=form.family,
        findings=findings,
        marks=scale(purchase, law, today),
        declared=declared_as(findings),
        pairs=pairs_for(viewer, form.family, wants, nature=purchase.nature or ""),
        today=today,
    )


def answer_context(answer: Answer, form: ObligationsForm) -> dict[str, Any]:
    query = form.query()
    return {
        "answer": answer,
        "heading": heading(len(answer.applying), len(answer.open_points)),
        "context_line": context_line(answer),
        "family": rows.family_link(answer.family) | {"slug": swatch(answer.family, form)} if answer.family else None,
        "groups": groups(answer, form),
        "others": [each for each in answer.with_status(Status.NOT_APPLICABLE, Status.NOT_YET) if not each.is_near],
        "pair_rows": [pair_row(pair, rank) for rank, pair in enumerate(answer.pairs.pairs, start=1)],
        "pairs_heading": pairs_heading(answer.pairs),
        "unanswered": unanswered(answer),
        "is_doubtful": answer.is_doubtful,
        "query": query,
        "own_url": f"{address('obligations')}?{query}",
        "note_url": f"{address('obligations_note')}?{query}",
        "question_url": question_url(answer),
        "propose_url": address("clause_propose"),
        "library_url": library_url(famille=answer.family.slug) if answer.family else library_url(),
    }


def swatch(family, form: ObligationsForm) -> str:
    top = form.families.get(family.parent_id, family)
    return family.swatch or top.swatch


def number_word(count: int, *, masculine: bool = False) -> str:
    if masculine and count < 2:
        return ("Aucun", "Un")[count]
    return NUMBERS[count] if count < len(NUMBERS) else ui.number(count)


def heading(applying: int, open_points: int) -> str:
    """« Cinq obligations s’appliquent, deux points sont à vérifier »."""
    sure = ngettext("%(count)s obligation s’applique", "%(count)s obligations s’appliquent", max(applying, 1)) % {
        "count": number_word(applying)
    }
    if not applying:
        sure = _("Aucune obligation sûre")
    if not open_points:
        return sure
    count = number_word(open_points, masculine=True).lower()
    if not applying:
        unsure = ngettext("%(count)s point à vérifier", "%(count)s points à vérifier", open_points)
    else:
        unsure = ngettext("%(count)s point est à vérifier", "%(count)s points sont à vérifier", open_points)
    return f"{sure}, {unsure % {'count': count}}"


def context_line(answer: Answer) -> list[str]:
    purchase = answer.purchase
    parts = [
        str(PurchaseNature(purchase.nature).label) if purchase.nature else "",
        euros(purchase.amount) if purchase.amount is not None else "",
        SHORT_BUYERS.get(purchase.buyer or "", ""),
        _("%(count)d mois") % {"count": purchase.duration_months} if purchase.duration_months else "",
        _("Lancement le %(day)s") % {"day": day_words(purchase.launch_date)} if purchase.launch_date else "",
    ]
    return [part for part in parts if part]


def groups(answer: Answer, form: ObligationsForm) -> list[dict[str, Any]]:
    """In the order of the design: what applies first, unless there is as much to check."""
    never = [each for each in answer.with_status(Status.NOT_APPLICABLE, Status.NOT_YET) if each.is_near]
    applying = group("oui", _("Ce qui s’applique"), answer.applying, form, tone="success", icon="check")
    checking = group("verifier", _("À vérifier"), answer.open_points, form, tone="warning", icon="circle-help")
    first = [checking, applying] if answer.is_doubtful else [applying, checking]
    found = [
        *first,
        group("selon", _("Selon votre situation"), answer.with_status(Status.CONDITIONAL), form, tone="", icon="info"),
        group("non", _("Ce qui ne s’applique pas"), never, form, tone="", icon="x"),
    ]
    return [each for each in found if each["rows"]]


def group(key: str, title: str, findings: Sequence[Finding], form: ObligationsForm, *, tone: str, icon: str) -> dict:
    """What only waits for the family is one line: a buyer who left it empty reads it once."""
    waiting = [finding for finding in findings if "family" in finding.missing]
    alone = [finding for finding in findings if finding not in waiting] if len(waiting) > 1 else list(findings)
    lines = [line(finding, form) for finding in alone]
    if len(waiting) > 1:
        lines.append({"finding": None, "titles": [each.title for each in waiting], "missing": [link(form, "family")]})
    return {"key": key, "title": title, "rows": lines, "tone": tone, "icon": icon}


def line(finding: Finding, form: ObligationsForm) -> dict[str, Any]:
    shown = {field.name for field in form.details}
    asked = [name for name in finding.missing if QUESTIONS[name] in shown or QUESTIONS[name] not in DETAILS]
    return {"finding": finding, "missing": [link(form, name) for name in asked]}


DETAILS = ("construction", "restauration", "restaurant_etat")


def link(form: ObligationsForm, name: str) -> dict[str, str]:
    field = form[QUESTIONS[name]]
    return {"label": str(field.label), "url": f"#{field.id_for_label or field.auto_id}"}


def pairs_heading(pairs: Pairs) -> str:
    whole = len([pair for pair in pairs.pairs if pair.is_whole])
    if not whole:
        return _("Les clauses qui y répondent")
    return ngettext("%(count)s paire de clauses qui y répond", "%(count)s paires de clauses qui y répondent", whole) % {
        "count": number_word(whole)
    }


def pair_row(pair: Pair, rank: int) -> dict[str, Any]:
    halves = [half for half in (pair.condition, pair.criterion) if half is not None]
    where = {OF_PARENT: _("de la famille au-dessus"), OF_ALL: _("pour tout achat")}.get(pair.nearness, "")
    title = _("Environnement") if pair.want == "condition" else _("Social")
    numbered = _("%(title)s : paire %(rank)d") if pair.is_whole else _("%(title)s : une moitié de paire")
    compare = address("clause_compare") + "?" + urlencode([("c", half.pk) for half in halves])
    lacking = ""
    if not pair.is_whole and pair.want == "condition":
        lacking = (
            _("Aucun critère ne lui répond encore.") if pair.condition else _("Aucune condition ne lui répond encore.")
        )
    return {
        "id": f"paire-{rank}",
        "title": numbered % {"title": title, "rank": rank},
        "where": where,
        "cards": rows.rows(halves),
        "lacking": lacking,
        "compare_url": compare if pair.is_whole else "",
        "read_url": "" if pair.is_whole else rows.rows(halves)[0]["url"],
    }


def unanswered(answer: Answer) -> list[str]:
    """The titles of what no clause in sight satisfies."""
    return [finding.title for finding in answer.findings if finding.wants in answer.pairs.unanswered]


def question_url(answer: Answer) -> str:
    """The form of questions, with the six answers in the text: another room, reached by its address only."""
    base = address("question_ask")
    if not base:
        return ""
    lines = [f"- {part}" for part in context_line(answer)]
    if answer.purchase.buyer:
        lines.append(f"- {BUYERS[answer.purchase.buyer]}")
    if answer.family:
        lines.append(f"- {answer.family.label}")
    text = _("Mon marché :\n\n%(answers)s\n\nMa question : ") % {"answers": "\n".join(lines)}
    values = {"titre": _("Obligations de mon marché"), "texte": text}
    if answer.family:
        values["famille"] = answer.family.slug
    return f"{base}?{urlencode(values)}"
