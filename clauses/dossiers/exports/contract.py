"""The contract documents of a dossier as files to publish: neither notes, nor sourcing, nor estimated amount."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clauses.library.exports.blocks import (
    Block,
    Contents,
    Document,
    Heading,
    Paragraph,
    Run,
    Table,
    blocks_of,
    set_levels,
    words,
)
from clauses.library.exports.clause import criterion_blocks, source_line
from clauses.library.exports.numbering import plain
from clauses.library.vocabularies import CRITERIA, ContractDocument
from community.core.ui import typography

from ..content import fill_html
from ..selectors.assembled import Assembled, AssembledDocument, AssembledItem
from ..selectors.export import Versions
from .annex import Annex, annex_blocks
from .choice import Choice, Split

FULL_NAMES = {
    ContractDocument.NOTICE: gettext_lazy("Avis de marché"),
    ContractDocument.RC: gettext_lazy("Règlement de la consultation (RC)"),
    ContractDocument.AE: gettext_lazy("Acte d’engagement (AE)"),
    ContractDocument.CCAP: gettext_lazy("Cahier des clauses administratives particulières (CCAP)"),
    ContractDocument.CCTP: gettext_lazy("Cahier des clauses techniques particulières (CCTP)"),
    ContractDocument.ANNEX: gettext_lazy("Annexes et cadres de réponse"),
}
DOCUMENT, ARTICLE, INNER = 1, 2, 3
ANNEX = "origine"
# « Article 4 », « 2.1 », « III. », « b) »: a number that the author typed.
_NUMBERED = re.compile(r"(?:article|art\.|§)\s*\S+|\d+(?:[.)°]|\s|$)|[IVX]+[.)]|[a-z]\)", re.IGNORECASE)


def contract_documents(
    assembled: Assembled, versions: Versions, choice: Choice, annex: Annex | None
) -> list[tuple[str, Document]]:
    """The files by the name of what each holds; « » for everything in one."""
    wanted = [each for each in assembled.documents if each.document in choice.documents]
    if choice.split == Split.APART:
        files = [(each.document, _document(assembled, [each], versions, choice, None)) for each in wanted]
        return [*files, (ANNEX, _document(assembled, [], versions, choice, annex))] if annex else files
    return [("", _document(assembled, wanted, versions, choice, annex))]


def _document(
    assembled: Assembled,
    wanted: list[AssembledDocument],
    versions: Versions,
    choice: Choice,
    annex: Annex | None,
) -> Document:
    dossier = assembled.dossier
    blocks = _opening(assembled, wanted)
    for each in wanted:
        blocks += _contract_document(each, versions, choice, opens_page=True)
    if annex is not None:
        blocks += annex_blocks(annex, opens_page=bool(wanted))
    names = ", ".join(each.short for each in wanted) or _("Origine des clauses")
    source = _("Préparé avec Entraide")
    return Document(
        title=typography(dossier.title), subject=names, source=source, blocks=blocks, is_book=True, header=dossier.title
    )


def _opening(assembled: Assembled, wanted: list[AssembledDocument]) -> list[Block]:
    dossier = assembled.dossier
    blocks: list[Block] = []
    if dossier.need:
        blocks.append(Paragraph(words(typography(dossier.need)), "subtitle"))
    if dossier.procedure:
        blocks.append(Paragraph([*words(_("Procédure : "), bold=True), *words(dossier.get_procedure_display())]))
    if missing := sum(len(item.missing) for each in wanted for item in each.items):
        sentence = ngettext(
            "%(count)d valeur reste à renseigner : elle est surlignée dans le texte.",
            "%(count)d valeurs restent à renseigner : elles sont surlignées dans le texte.",
            missing,
        )
        blocks.append(Paragraph([Run(sentence % {"count": missing}, variable=True)]))
    if assembled.lots:
        title = _("Lots du marché")
        rows = [[words(str(lot.number)), words(lot.title)] for lot in assembled.lots]
        blocks.append(Table(title=title, header=[words(_("Lot")), words(_("Objet"))], rows=rows))
    return [*blocks, Contents(_("Sommaire"))]


def _contract_document(
    document: AssembledDocument, versions: Versions, choice: Choice, *, opens_page: bool
) -> list[Block]:
    name = str(FULL_NAMES[ContractDocument(document.document)])
    blocks: list[Block] = [Heading(DOCUMENT, words(name), opens_page=opens_page)]
    for item in document.items:
        blocks += _article(item, versions, choice)
    return blocks + _criteria_table(document.items)


def _article(item: AssembledItem, versions: Versions, choice: Choice) -> list[Block]:
    """Another's clause that this reader may not read keeps its number: nobody takes the document for a whole one."""
    if not item.is_legible:
        note = _("Article non exporté : il reprend une clause d’un espace dont vous n’êtes pas membre.")
        return [Heading(ARTICLE, words(_("Article réservé"))), Paragraph([Run(note, variable=True)])]
    blocks: list[Block] = [Heading(ARTICLE, words(typography(item.title)))]
    if item.lot is not None:
        lot = _("Lot %(number)d : %(title)s") % {"number": item.lot.number, "title": item.lot.title}
        blocks.append(Paragraph(words(lot, italic=True)))
    if item.weight and item.item.kind in CRITERIA:
        blocks.append(Paragraph(words(_("Pondération : %(weight)d %%") % {"weight": item.weight}, bold=True)))
    blocks += _text(item)
    blocks += _criterion(item, versions)
    if choice.with_sources:
        blocks += _source(item, versions)
    return blocks


def _text(item: AssembledItem) -> list[Block]:
    blocks = blocks_of(item.html, base_level=INNER)
    if blocks and isinstance(blocks[0], Heading) and _same(plain(blocks[0].runs), item.title):
        # The title again, on the first line of the text.
        blocks = blocks[1:]
        set_levels(blocks, INNER)
    return _own_numbers(blocks)


def _same(one: str, other: str) -> bool:
    return one.casefold().strip(" .:") == " ".join(other.split()).casefold().strip(" .:")


def _own_numbers(blocks: list[Block]) -> list[Block]:
    """Headings that the author counted are not counted twice."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    if any(_NUMBERED.match(plain(heading.runs)) for heading in headings):
        for heading in headings:
            heading.is_numbered = False
    return blocks


def _criterion(item: AssembledItem, versions: Versions) -> list[Block]:
    """What the version that was taken says of how offers are marked."""
    version = versions.of(item)
    if version is None or item.item.kind not in CRITERIA:
        return []
    html = {name: fill_html(text, item.values) for name, text in version.html.items() if name.startswith("criterion.")}
    blocks = criterion_blocks(version.content, html)
    for heading in (block for block in blocks if isinstance(block, Heading)):
        heading.is_numbered = False
    return blocks


def _source(item: AssembledItem, versions: Versions) -> list[Block]:
    version = versions.of(item)
    if version is not None:
        line = source_line(version.clause, version.number, dated=version.created_at.date())
    elif item.is_own:
        return []
    else:
        line = _("Source : bibliothèque d’Entraide, version %(number)d d’une clause qui n’y est plus") % {
            "number": item.taken_version
        }
    return [Paragraph(words(f"{line}. {_('Texte adapté')}" if item.item.is_adapted else line), "source")]


def _criteria_table(items: Iterable[AssembledItem]) -> list[Block]:
    """What the criteria of this document weigh, together."""
    found = [item for item in items if item.is_legible and item.item.kind in CRITERIA]
    if not any(item.weight for item in found):
        return []
    title = _("Récapitulatif des critères")
    header = [words(name) for name in (_("Article"), _("Critère"), _("Lot"), _("Pondération"))]
    rows = [
        [
            words(str(item.rank)),
            words(typography(item.title)),
            words(str(item.lot.number) if item.lot else _("Tous")),
            words(_("%(weight)d %%") % {"weight": item.weight})
            if item.weight
            else [Run(_("à renseigner"), variable=True)],
        ]
        for item in found
    ]
    return [Heading(ARTICLE, words(title), is_numbered=False), Table(title=title, header=header, rows=rows)]
