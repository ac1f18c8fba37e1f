"""The family of a purchase, proposed from its CPV code and its object: a suggestion, never a silent assignment."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .evidence import NO_EVIDENCE, Evidence, evidence_of, longest_prefix, significant_digits
from .models import CpvCode, PurchaseFamily

# Below, words alone propose nothing; and a sub-family is named only if it takes this share of its family's evidence.
LEAST_LIKELY = 0.35
LEAST_SHARE = 0.5
# A code that settles the family outweighs words; a code too wide to settle it only narrows them.
SETTLED = 0.9


@dataclass(frozen=True)
class Suggestion:
    """`score` goes from 0 to 1; `why` is a sentence for whoever decides."""

    family: PurchaseFamily
    why: str
    score: float


def families_by_code() -> dict[str, PurchaseFamily]:
    return {family.code: family for family in PurchaseFamily.objects.select_related("parent").order_by("position")}


def suggest_families(
    *, cpv: str = "", text: str = "", limit: int = 3, families: dict[str, PurchaseFamily] | None = None
) -> list[Suggestion]:
    """At most `limit` families, the likeliest first: the longest CPV prefix decides, words choose where it cannot.

    A code too wide to decide (45000000, 45200000) gives every family below it, ranked by the words. A code that no
    family holds gives what the words and the code's own label say. Nothing at all is an answer too. `families`
    spares the query to whoever asks many times.
    """
    families = families_by_code() if families is None else families
    digits = significant_digits(cpv)
    prefixes = {code: family.cpv_prefixes for code, family in families.items()}
    prefix, codes = longest_prefix(digits, prefixes) if digits else ("", [])
    if codes:
        found = _settled(prefix, codes, families, text)
    elif inside := _below(digits, families):
        found = _between(inside, families, text)
    else:
        found = _by_words(families, text, digits)
    found.sort(key=lambda suggestion: -suggestion.score)
    return found[:limit]


def _settled(prefix: str, codes: list[str], families: dict, text: str) -> list[Suggestion]:
    """The families of the code, and the sub-family that the words point at inside a top family."""
    evidence = evidence_of(text) if text else NO_EVIDENCE
    total = sum(evidence.weights.get(code, 0.0) for code in codes)
    found = []
    for code in codes:
        share = evidence.weights.get(code, 0.0) / total if total else 1 / len(codes)
        why = _("Le code CPV commence par %(prefix)s.") % {"prefix": prefix}
        score = SETTLED if len(codes) == 1 else SETTLED * (0.5 + share / 2)
        found.append(Suggestion(families[code], why, score))
    if len(codes) == 1 and families[codes[0]].parent_id is None:
        children = {code for code, family in families.items() if family.parent_id == families[codes[0]].pk}
        if child := _leading_child(children, evidence):
            found.append(Suggestion(families[child], _words_sentence(evidence, child), SETTLED * 0.95))
    return found


def _below(digits: str, families: dict) -> list[str]:
    """Top families whose own codes are below this one; a stray code of a sub-family does not bring its family in."""
    return [
        code
        for code, family in families.items()
        if digits and family.parent_id is None and any(prefix.startswith(digits) for prefix in family.cpv_prefixes)
    ]


def _between(tops: list[str], families: dict, text: str) -> list[Suggestion]:
    """All the top families of a code too wide, each offered, ranked by the words."""
    evidence = evidence_of(text) if text else NO_EVIDENCE
    likely = {top: evidence.weights.get(top, 0.0) for top in tops}
    total = sum(likely.values())
    found = []
    for top in tops:
        share = likely[top] / total if total else 1 / len(tops)
        why = _("Le code CPV est trop large pour trancher.")
        if words := _words_sentence(evidence, top):
            why = f"{why} {words}"
        found.append(Suggestion(families[top], why, 0.1 + 0.7 * share))
    return found


def _by_words(families: dict, text: str, digits: str) -> list[Suggestion]:
    """Words alone: the object first; if it says nothing sure, the label of the code that no family holds."""
    label = ""
    if digits:
        label = CpvCode.objects.filter(code=digits.ljust(8, "0")).values_list("label", flat=True).first() or ""
    for words in (text, f"{text} {label}" if label else ""):
        evidence = evidence_of(words) if words else NO_EVIDENCE
        if evidence.weights and (found := _likely(evidence, families)):
            return found
    return []


def _likely(evidence: Evidence, families: dict) -> list[Suggestion]:
    found = []
    for top in (code for code, family in families.items() if family.parent_id is None):
        likely = evidence.weights.get(top, 0.0)
        if likely < LEAST_LIKELY:
            continue
        found.append(Suggestion(families[top], _words_sentence(evidence, top), 0.8 * likely))
        children = {code for code, family in families.items() if family.parent_id == families[top].pk}
        if child := _leading_child(children, evidence):
            found.append(Suggestion(families[child], _words_sentence(evidence, child), 0.79 * likely))
    return found


def _leading_child(children: set[str], evidence: Evidence) -> str | None:
    """The family that takes most of what the words say inside its top family, if one does."""
    total = sum(evidence.weights.get(code, 0.0) for code in children)
    child = max(children, key=lambda code: evidence.weights.get(code, 0.0), default=None)
    if child is None or not total or not evidence.reasons.get(child):
        return None
    return child if evidence.weights[child] / total >= LEAST_SHARE else None


def _words_sentence(evidence: Evidence, code: str) -> str:
    if not (words := evidence.reasons.get(code)):
        return ""
    return _("Mots reconnus : %(words)s.") % {"words": ", ".join(words)}
