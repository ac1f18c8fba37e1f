"""A label is never asked for without its equivalent: articles R. 2111-12 to R. 2111-17 of the procurement code."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from clauses.library.vocabularies import ClauseKind
from community.law.vocabulary import fold

from .findings import Finding, refusal
from .texts import blocks, excerpt_at, pasted_texts, wording_texts

WITHOUT_EQUIVALENT = _("Ajoutez « ou équivalent » après le label (articles R. 2111-12 à R. 2111-17).")
LABEL_CLAUSE = _(
    "Une exigence de label dit « ou équivalent » dans chaque rédaction (articles R. 2111-12 à R. 2111-17)."
)

# Names that people ask for; what follows « label » in capitals or between quotes is one too.
_KNOWN = (
    r"ecolabels? (?:europeen|nordique)s?|nf environnement|ange bleu|blauer? engel|nordic swan|cygne blanc|label rouge|"
    r"energy star|epeat|tco certified|fsc|pefc|fairtrade|max havelaar|gots|oeko-?tex|bluesign|imprim'? ?vert|ecocert|"
    r"cradle to cradle|demeter|rainforest alliance|eco ?vadis|green ?key|clef verte|plante bleue"
)
_NAMED = re.compile(rf"(?<![a-z0-9])(?:{_KNOWN})(?![a-z0-9])")
# On the text itself, where capitals are kept: « le label Lavage durable », « labels « A » », « le label {nom} ».
_LABEL_OF = re.compile(
    r"(?<!\w)(?:[ée]co-?)?label(?:lis[ée]e?)?s?[\s\u00a0\u202f]+(?:[«\"“][\s\u00a0\u202f]*)?(?=[A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸ{])",
)
_NAME = re.compile(r"[\w{}’'-]{1,40}(?:[ \u00a0\u202f][\w’'-]{1,40}){0,2}")
_EQUIVALENT = re.compile(
    r"(?<![a-z])ou (?:[a-z'-]+ ){0,5}equivalent(?:e|s|es)?(?![a-z])(?! (?:co2|carbone|temps|habitant))"
    r"|(?<![a-z])(?<!sans )(?:labels?|certifications?|certificats?|preuves?|moyens?|garanties?|references?)"
    r" (?:[a-z]+ )?equivalente?s?(?![a-z])"
    r"|(?<![a-z])tout(?:e|es)?(?: autre)? [a-z]+ (?:de preuve )?equivalente?s?(?![a-z])"
)


def says_equivalent(text: str) -> bool:
    return bool(_EQUIVALENT.search(" ".join(fold(text).split())))


def find_labels(text: str) -> list[tuple[int, int]]:
    """Where a named label stands in a text, without overlaps."""
    places = [match.span() for match in _NAMED.finditer(fold(text))]
    for match in _LABEL_OF.finditer(text):
        word = _NAME.match(text, match.end())
        places.append((match.start(), word.end() if word else match.end()))
    kept: list[tuple[int, int]] = []
    # « le label Ange bleu » is one: the longest of those that meet.
    for start, end in sorted(places):
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


def check_labels(content: dict[str, Any]) -> Iterator[Finding]:
    for field, text in pasted_texts(content):
        for block in blocks(text):
            if says_equivalent(block):
                continue
            for start, end in find_labels(block)[:1]:
                yield refusal("label_without_equivalent", field, WITHOUT_EQUIVALENT, excerpt_at(block, start, end))
    if content["kind"] == ClauseKind.LABEL:
        for field, text in wording_texts(content):
            if text.strip() and not says_equivalent(text) and not find_labels(text):
                yield refusal("label_without_equivalent", field, LABEL_CLAUSE)
