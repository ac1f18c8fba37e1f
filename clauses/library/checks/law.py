"""What a text cites of the law that is not in force."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.law import citations
from community.law.models import LegalProvision, LegalText
from community.law.states import LawState

from .findings import Finding, refusal, warning
from .texts import advice_texts, excerpt_at, pasted_texts

OUT = frozenset({LawState.REPEALED, LawState.REPLACED})
MAX_TOLD = 20


@dataclass(frozen=True, slots=True)
class Cited:
    """One thing of the law where it is cited (`end` 0: by the list of bases); `instead` is what replaced it."""

    label: str
    state: LawState
    start: int = 0
    end: int = 0
    instead: str = ""


# Of several texts, what each cites of the law; and the same of the basis rows.
Read = Callable[[list[str]], list[list[Cited]]]
ReadBases = Callable[[list[dict[str, str]]], list[Cited]]


def read_citations(texts: list[str]) -> list[list[Cited]]:
    """Two queries whatever the number of texts, beside the recogniser's own."""
    found = [citations.find(text) for text in texts]
    wanted: dict[str, set[int]] = {citations.TEXT: set(), citations.PROVISION: set()}
    for several in found:
        for citation in several:
            wanted[citation.kind].add(citation.pk)
    known: dict[tuple[str, int], LegalText | LegalProvision] = {}
    if wanted[citations.TEXT]:
        rows = LegalText.objects.filter(pk__in=wanted[citations.TEXT]).select_related("replaced_by")
        known |= {(citations.TEXT, row.pk): row for row in rows}
    if wanted[citations.PROVISION]:
        rows = LegalProvision.objects.filter(pk__in=wanted[citations.PROVISION])
        rows = rows.select_related("text__replaced_by", "replaced_by__text")
        known |= {(citations.PROVISION, row.pk): row for row in rows}
    return [
        [
            cited(known[citation.kind, citation.pk], citation.start, citation.end)
            for citation in several
            if (citation.kind, citation.pk) in known
        ]
        for several in found
    ]


def read_bases(rows: list[dict[str, str]]) -> list[Cited]:
    slugs = {row["text"] for row in rows}
    if not slugs:
        return []
    texts = {text.slug: text for text in LegalText.objects.filter(slug__in=slugs).select_related("replaced_by")}
    provisions = {
        (provision.text_id, provision.key): provision
        for provision in LegalProvision.objects.filter(text__slug__in=slugs).select_related(
            "text__replaced_by", "replaced_by__text"
        )
    }
    found = []
    for row in rows:
        text = texts.get(row["text"])
        basis = provisions.get((text.pk, row["provision"])) if text and row["provision"] else text
        if basis is not None:
            found.append(cited(basis))
    return found


def cited(basis: LegalText | LegalProvision, start: int = 0, end: int = 0) -> Cited:
    """An article falls with its text."""
    holder: LegalText | LegalProvision = basis
    if isinstance(basis, LegalProvision) and basis.state not in OUT and basis.text.state in OUT:
        holder = basis.text
    return Cited(str(basis), holder.state, start, end, str(holder.replaced_by or ""))


def check_law(
    content: dict[str, Any], read: Read = read_citations, read_list: ReadBases = read_bases
) -> Iterator[Finding]:
    """In a text to paste and among the bases, a text out of force is refused; advice may tell that it was repealed."""
    pasted, advice = list(pasted_texts(content)), list(advice_texts(content))
    found = read([text for _field, text in (*pasted, *advice)])
    told = 0
    for place, ((field, text), several) in enumerate(zip((*pasted, *advice), found, strict=True)):
        for one in several:
            if one.state != LawState.IN_FORCE and told < MAX_TOLD:
                told += 1
                yield finding(one, field, excerpt_at(text, one.start, one.end), stops=place < len(pasted))
    for one in read_list(content["bases"]):
        if one.state != LawState.IN_FORCE:
            yield finding(one, "bases", one.label, stops=True)


def finding(one: Cited, field: str, excerpt: str, *, stops: bool) -> Finding:
    if one.state == LawState.NOT_YET:
        message = _("%(text)s n’est pas encore en vigueur : vérifiez la date de lancement.") % {"text": one.label}
        return warning("law_not_yet", field, message, excerpt)
    message = _("%(text)s est abrogé : retirez-le.") % {"text": one.label}
    if one.instead:
        message = _("%(text)s est remplacé : citez %(instead)s.") % {"text": one.label, "instead": one.instead}
    return (refusal if stops else warning)("law_out_of_force", field, message, excerpt)
