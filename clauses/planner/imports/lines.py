"""Rows of a file as purchases: each line is taken, proposed with a remark, left as a double, or refused with why."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from clauses.planner.actions.plan import PurchaseFields
from clauses.planner.models import MAX_NOTES, MAX_ORGANISATION, MAX_TITLE, PlannedPurchase
from clauses.planner.vocabularies import Procedure
from community.law.obligations.purchase import PurchaseNature
from community.taxonomy.models import CpvCode
from community.taxonomy.suggest import families_by_code, suggest_families
from community.taxonomy.text import fold

from . import cells
from .cells import BadCell
from .columns import AMOUNT, CPV, FAMILY, LAUNCH, NATURE, NOTES, ORGANISATION, PROCEDURE, SOCIAL, STARTS, TITLE
from .reading import RawRow

ADDED, PROPOSED, REFUSED, DOUBLE = "added", "proposed", "refused", "double"
_CPV = re.compile(r"(\d{8})(?:-\d)?", re.ASCII)


@dataclass
class ReadLine:
    """`purchase` when the line is taken; `proposed` is the key of the family that its code or its words suggest."""

    line: int
    said: str
    outcome: str
    why: str = ""
    purchase: PurchaseFields | None = None
    proposed: int | None = None


class Reader:
    """What is known once for the whole file: families, codes, and what the member already has."""

    def __init__(self, member, rows: list[RawRow], *, organisation: str = ""):
        self.families = families_by_code()
        self.by_label = {fold(family.label): family for family in self.families.values()}
        self.by_label |= {fold(code): family for code, family in self.families.items()}
        wanted = {found[1] for row in rows if (found := _CPV.fullmatch(bare(row.cells.get(CPV, ""))))}
        self.codes = {code.code: code for code in CpvCode.objects.filter(code__in=wanted)}
        own = PlannedPurchase.objects.owned_by(member).values_list("title", "amount")
        self.known = {key_of(title, amount): 0 for title, amount in own}
        self.organisation = organisation

    def read(self, row: RawRow) -> ReadLine:
        if row.problem:
            return ReadLine(row.line, row.said, REFUSED, row.problem)
        try:
            purchase = self.purchase_of(row.cells)
        except BadCell as bad:
            return ReadLine(row.line, row.said, REFUSED, str(bad))
        key = key_of(purchase.title, purchase.amount)
        if key in self.known:
            return ReadLine(row.line, row.said, DOUBLE, self.said_of_double(key))
        self.known[key] = row.line
        return self.taken(row, purchase)

    def said_of_double(self, key: tuple) -> str:
        if line := self.known[key]:
            return _("Même objet et même montant que la ligne %(line)d : laissée de côté.") % {"line": line}
        return _("Même objet, même montant qu’un achat de votre liste : laissée telle quelle.")

    def taken(self, row: RawRow, purchase: PurchaseFields) -> ReadLine:
        """A family is proposed, never put by itself."""
        if purchase.family is None:
            code = purchase.cpv.code if purchase.cpv else ""
            found = suggest_families(cpv=code, text=purchase.title, limit=1, families=self.families)
            if found:
                said = _("« %(family)s » ? %(why)s") % {"family": found[0].family.label, "why": found[0].why}
                return ReadLine(row.line, row.said, PROPOSED, said, purchase, found[0].family.pk)
        return ReadLine(row.line, row.said, ADDED, "", purchase)

    def purchase_of(self, row: dict[str, str]) -> PurchaseFields:
        title = cells.text_of(row.get(TITLE, ""))
        if not title:
            raise BadCell(_("L’objet manque."))
        starts_on, launch_on = cells.day_of(row.get(STARTS, "")), cells.day_of(row.get(LAUNCH, ""))
        if starts_on is None:
            raise BadCell(_("La date de début du marché manque. Une date approximative suffit."))
        if launch_on is not None and launch_on > starts_on:
            raise BadCell(_("Le lancement est après le début du marché : vérifiez les deux dates."))
        return PurchaseFields(
            title=fitting(title, MAX_TITLE, _("L’objet")),
            starts_on=starts_on,
            launch_on=launch_on,
            amount=cells.amount_of(row.get(AMOUNT, "")),
            cpv=self.cpv_of(row.get(CPV, "")),
            family=self.family_of(row.get(FAMILY, "")),
            nature=cells.word_among(row.get(NATURE, ""), PurchaseNature.choices, _("Nature")),
            procedure=cells.word_among(row.get(PROCEDURE, ""), Procedure.choices, _("Procédure")),
            organisation=fitting(
                cells.text_of(row.get(ORGANISATION, "")) or self.organisation, MAX_ORGANISATION, _("L’organisation")
            ),
            social_clause=cells.yes_no(row.get(SOCIAL, "")),
            notes=fitting(cells.long_text_of(row.get(NOTES, "")), MAX_NOTES, _("La note")),
        )

    def cpv_of(self, cell: str) -> CpvCode | None:
        typed = bare(cell)
        if not typed:
            return None
        found = _CPV.fullmatch(typed)
        code = self.codes.get(found[1]) if found else None
        if code is None:
            raise BadCell(_("Ce code CPV n’existe pas. Donnez ses huit chiffres, ou laissez vide."))
        return code

    def family_of(self, cell: str):
        word = fold(cells.text_of(cell))
        if not word:
            return None
        if word not in self.by_label:
            raise BadCell(_("Cette famille n’est pas dans la liste : reprenez son code ou son nom, ou laissez vide."))
        return self.by_label[word]


def bare(cell: str) -> str:
    return re.sub(r"[\s.]", "", cell)


def fitting(text: str, longest: int, name: str) -> str:
    if len(text) > longest:
        raise BadCell(_("%(name)s est trop long : %(count)d caractères au plus.") % {"name": name, "count": longest})
    return text


def key_of(title: str, amount: Decimal | None) -> tuple[str, Decimal | None]:
    return fold(title), amount
