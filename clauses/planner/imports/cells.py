"""One cell as it is typed in France: amounts, days, words. What cannot be read says how to write it."""

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from clauses.library.opendata.cells import guard, unguard
from community.core.ui import MONTHS
from community.taxonomy.text import fold

MAX_AMOUNT = Decimal("99999999999.99")
# Further than that, a date is a slip.
FIRST_YEAR, LAST_YEAR = 2019, 2050
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?", re.ASCII)
_PLAIN = re.compile(r"\d{1,13}(?:[.,]\d{1,2})?", re.ASCII)
_MULTIPLE = re.compile(r"([\d.,]+)\s*(k|m|md)(?:€|euros)?", re.IGNORECASE | re.ASCII)
_CURRENCY = re.compile(r"(?:€|euros?)?(?:ht)?$", re.IGNORECASE)
_MULTIPLES = {"k": 1_000, "m": 1_000_000, "md": 1_000_000_000}
_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_YES = frozenset({"oui", "o", "vrai", "true", "1", "x"})
_NO = frozenset({"", "non", "n", "faux", "false", "0"})


class BadCell(ValueError):
    """The message is shown beside the line."""


def text_of(cell: str) -> str:
    """Words. A formula is refused, unless it is one that our own export made harmless."""
    plain = unguard(cell)
    if plain == cell and guard(cell) != cell:
        raise BadCell(
            _("La cellule commence par « %(mark)s » : formule refusée, remplacez-la par du texte.") % {"mark": cell[:1]}
        )
    return " ".join(plain.split())


def long_text_of(cell: str) -> str:
    text_of(cell)
    return unguard(cell).strip()


def amount_of(cell: str) -> Decimal | None:
    """« 80 000 », « 80 000,50 € », « 1.200.000,00 »; a multiple such as « 1,2 M » is said in full rather than read."""
    typed = _CURRENCY.sub("", re.sub(r"\s", "", unguard(cell)))
    if not typed:
        return None
    if _GROUPED.fullmatch(typed):
        typed = typed.replace(".", "")
    if not _PLAIN.fullmatch(typed):
        raise BadCell(unreadable_amount(typed))
    amount = Decimal(typed.replace(",", "."))
    if amount <= 0:
        raise BadCell(_("Le montant doit être supérieur à zéro. Laissez la cellule vide si vous l’ignorez."))
    if amount > MAX_AMOUNT:
        raise BadCell(_("Ce montant dépasse 99 milliards d’euros : vérifiez le nombre de zéros."))
    return amount


def unreadable_amount(typed: str) -> str:
    found = _MULTIPLE.fullmatch(typed)
    if found and _PLAIN.fullmatch(found[1]):
        whole = Decimal(found[1].replace(",", ".")) * _MULTIPLES[found[2].lower()]
        return _("Montant illisible. Écrivez %(amount)d, sans lettre.") % {"amount": whole}
    return _("Montant illisible. Écrivez-le en chiffres, par exemple 80000 ou 80 000,50.")


def day_of(cell: str) -> date | None:
    typed = unguard(cell).strip()
    if not typed:
        return None
    if found := _DAY.fullmatch(typed):
        day, month, year = (int(part) for part in found.groups())
    elif found := _ISO.fullmatch(typed):
        year, month, day = (int(part) for part in found.groups())
    else:
        raise BadCell(_("Date illisible. Écrivez-la ainsi : 30/06/2027."))
    if not 1 <= month <= 12:
        raise BadCell(_("Cette date n’existe pas. Écrivez le jour, le mois, l’année : 30/06/2027."))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadCell(
            _("L’année doit être comprise entre %(first)d et %(last)d.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise BadCell(
            _("Le %(day)d %(month)s n’existe pas. Écrivez %(fixed)s.")
            % {"day": day, "month": MONTHS[month - 1], "fixed": f"{last:02d}/{month:02d}/{year}"}
        )
    return date(year, month, day)


def yes_no(cell: str) -> bool:
    word = fold(unguard(cell))
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise BadCell(_("Pour la clause sociale, écrivez oui ou non."))


def word_among(cell: str, choices, name: str) -> str:
    """The value of a choice, from its code or its label."""
    word = fold(unguard(cell))
    if not word:
        return ""
    for value, label in choices:
        if word in (fold(str(value)), fold(str(label))):
            return value
    labels = ", ".join(str(label) for _value, label in choices)
    raise BadCell(_("%(name)s inconnue. Choisissez parmi : %(labels)s.") % {"name": name, "labels": labels})
