"""What to look at before the note is sent: length, one decision, sources, words that nobody has to know."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from .writing import Facts, Length, sources

# A page of a word processor in eleven points: words in a line, lines in a page, what a heading takes.
LINE, PAGE_LINES, HEADING_LINES, TEN_LINES = 95, 46, 2, 10
TEXTS = ("summary", "law", "proposal", "change", "decision")
# Acronyms of buyers, and plain words for them.
ACRONYMS = {
    "EGalim": _lazy("la loi sur l’alimentation"),
    "AGEC": _lazy("la loi contre le gaspillage"),
    "RE2020": _lazy("la réglementation environnementale de 2020"),
    "SPASER": _lazy("le schéma d’achats responsables"),
    "CCTP": _lazy("le cahier des charges technique"),
    "CCAP": _lazy("le cahier des charges administratif"),
    "RC": _lazy("le règlement de la consultation"),
    "DCE": _lazy("le dossier de consultation"),
    "MAPA": _lazy("une procédure adaptée"),
    "DECP": _lazy("les données publiées sur le marché"),
    "CCAG": _lazy("le cahier des clauses générales"),
    "CPV": _lazy("la nomenclature européenne des achats"),
    "GES": _lazy("gaz à effet de serre"),
    "ACV": _lazy("l’analyse du cycle de vie"),
    "FDES": _lazy("la fiche environnementale du produit"),
    "SIAE": _lazy("les entreprises d’insertion"),
    "ESUS": _lazy("les entreprises solidaires"),
    "RSE": _lazy("la responsabilité sociale des entreprises"),
    "EPCI": _lazy("l’intercommunalité"),
    "CAO": _lazy("la commission d’appel d’offres"),
}
_WORD = re.compile(r"[^\W\d_]\w{1,}")
_END = re.compile(r"[.!?;\n]+(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Advice:
    is_good: bool
    text: str


def advice_on(fields: Mapping[str, str], facts: Facts, length: str = Length.PAGE) -> list[Advice]:
    return [fits(fields, facts, length), one_decision(fields), sourced(facts), *acronyms(fields)]


def lines_of(text: str) -> int:
    return sum(max(1, math.ceil(len(line) / LINE)) for line in text.splitlines() if line.strip())


def fits(fields: Mapping[str, str], facts: Facts, length: str) -> Advice:
    written = sum(lines_of(fields.get(name, "")) for name in TEXTS)
    if length == Length.SHORT:
        if written <= TEN_LINES:
            return Advice(True, _("Tient en dix lignes"))
        return Advice(False, _("Environ %(lines)d lignes : raccourcissez pour tenir en dix") % {"lines": written})
    headings = HEADING_LINES * sum(1 for name in TEXTS if fields.get(name, "").strip())
    total = written + headings + 2 * len(sources(facts)) + 6
    if total <= PAGE_LINES:
        return Advice(True, _("Tient sur une page"))
    over = total - PAGE_LINES
    return Advice(
        False,
        ngettext(
            "Dépasse d’une page, de %(over)d ligne environ", "Dépasse d’une page, de %(over)d lignes environ", over
        )
        % {"over": over},
    )


def one_decision(fields: Mapping[str, str]) -> Advice:
    asked = [part for part in _END.split(fields.get("decision", "").strip()) if part.strip()]
    if not asked:
        return Advice(False, _("Aucune décision n’est demandée : dites laquelle"))
    if len(asked) > 1:
        return Advice(False, _("Plusieurs décisions demandées : gardez-en une, les autres se perdent"))
    return Advice(True, _("Une seule décision demandée"))


def sourced(facts: Facts) -> Advice:
    if not facts.told:
        return Advice(False, _("Aucune règle sûre à citer : complétez la vérification"))
    bare = [each for each in facts.told if not (each.source and each.verified_on and each.is_verified)]
    if bare:
        return Advice(False, _("Sans source ou sans date : %(title)s") % {"title": bare[0].title})
    return Advice(True, _("Chaque règle citée a sa source et sa date"))


def acronyms(fields: Mapping[str, str]) -> list[Advice]:
    """One line for each that is used without its meaning beside it."""
    text = "\n".join(fields.get(name, "") for name in ("title", *TEXTS))
    used = dict.fromkeys(_WORD.findall(text))
    found = [word for word in used if word in ACRONYMS and not is_explained(word, text)]
    return [
        Advice(
            False,
            _("« %(word)s » n’est pas expliqué : dire « %(plain)s » ?") % {"word": word, "plain": ACRONYMS[word]},
        )
        for word in found
    ] or [Advice(True, _("Aucun sigle à expliquer"))]


def is_explained(word: str, text: str) -> bool:
    """« AGEC (loi contre le gaspillage) » or « la loi contre le gaspillage (AGEC) », once."""
    return bool(re.search(rf"\b{re.escape(word)}\s*\(|\(\s*{re.escape(word)}\s*\)", text))
