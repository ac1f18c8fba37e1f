"""The page of what the contract counts as, and of where its clauses come from: for the buyer's own file."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from clauses.library.exports.blocks import Block, Heading, Item, Paragraph, Table, words
from clauses.library.vocabularies import Licence
from community.core.ui import day_words, typography

from ..checks import Declared
from ..selectors.assembled import AssembledItem
from ..selectors.export import Versions


@dataclass(frozen=True)
class Annex:
    """`items`: those taken from the library that this reader may read."""

    declared: Declared
    items: list[AssembledItem]
    versions: Versions


def annex_blocks(annex: Annex, *, opens_page: bool) -> list[Block]:
    said = _("Vocabulaire des données essentielles (DECP), déduit des clauses choisies ; à vérifier avant publication.")
    blocks: list[Block] = [
        Heading(1, words(_("Origine des clauses et données essentielles")), is_numbered=False, opens_page=opens_page),
        Heading(2, words(_("Ce marché compte comme")), is_numbered=False),
        *(Item(words(each), starts=rank == 0) for rank, each in enumerate(annex.declared.words)),
        Paragraph(words(said, italic=True)),
    ]
    if annex.items:
        title = _("Versions reprises")
        names = (_("Article"), _("Clause"), _("Référence"), _("Version"), _("Datée du"), _("Licence"), _("Texte"))
        rows = [_row(item, annex.versions) for item in annex.items]
        table = Table(title=title, header=[words(name) for name in names], rows=rows)
        blocks += [Heading(2, words(title), is_numbered=False), table]
    return blocks


def _row(item: AssembledItem, versions: Versions) -> list:
    version = versions.of(item)
    gone = _("retirée")
    cells = (
        item.number,
        typography(version.clause.title if version else item.title),
        item.reference or gone,
        str(item.taken_version),
        day_words(version.created_at.date()) if version else "",
        str(Licence(version.clause.licence).label) if version else "",
        _("adapté") if item.item.is_adapted else _("inchangé"),
    )
    return [words(cell) for cell in cells]
