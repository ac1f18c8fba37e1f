"""The working notes and the sourcing sheet, in a file of their own that says it is not to be published."""

from django.utils.translation import gettext as _

from clauses.library.exports.blocks import Block, Document, Heading, Item, Paragraph, Table, words
from community.core.ui import day_words, typography

from ..models import CompanyMet, DossierNote
from ..selectors.assembled import Assembled
from ..selectors.export import Working


def notes_document(assembled: Assembled, working: Working) -> Document:
    warning = _("Document de travail : à ne pas joindre à la consultation.")
    blocks: list[Block] = [Paragraph(words(warning, bold=True))]
    blocks += _of_articles(assembled)
    blocks += _of_team(working.notes)
    blocks += _sourcing(working)
    if len(blocks) == 1:
        blocks.append(Paragraph(words(_("Ce dossier n’a pas encore de notes."))))
    title = typography(_("Notes de travail : %(title)s") % {"title": assembled.dossier.title})
    return Document(title=title, subject=_("Notes de travail"), source=warning, blocks=blocks, header=warning)


def _of_articles(assembled: Assembled) -> list[Block]:
    blocks: list[Block] = []
    for item in assembled.items:
        if item.is_legible and item.notes.strip():
            blocks += [Heading(3, words(f"{item.number}. {item.title}")), *_paragraphs(item.notes)]
    return [Heading(2, words(_("Notes des articles"))), *blocks] if blocks else []


def _of_team(notes: list[DossierNote]) -> list[Block]:
    if not notes:
        return []
    blocks: list[Block] = [Heading(2, words(_("Notes de l’équipe")))]
    for note in notes:
        said = _("%(name)s, le %(day)s") % {"name": note.author, "day": day_words(note.created_at.date())}
        blocks += [Paragraph(words(said, bold=True)), *_paragraphs(note.text)]
    return blocks


def _sourcing(working: Working) -> list[Block]:
    blocks: list[Block] = []
    sheet = working.sheet
    if sheet is not None:
        for title, text in ((_("Questions aux entreprises"), sheet.questions), (_("Liens utiles"), sheet.links)):
            lines = [line.strip() for line in text.splitlines() if line.strip()]
            if lines:
                blocks += [
                    Heading(3, words(title)),
                    *(_line(line, starts=rank == 0) for rank, line in enumerate(lines)),
                ]
        if sheet.findings.strip():
            blocks += [Heading(3, words(_("Ce que le sourcing a appris"))), *_paragraphs(sheet.findings)]
    if working.companies:
        title = _("Entreprises rencontrées")
        header = [words(name) for name in (_("Entreprise"), _("Le"), _("Qui"), _("Ce qu’elle a dit"))]
        rows = [_company(company) for company in working.companies]
        blocks += [Heading(3, words(title)), Table(title=title, header=header, rows=rows)]
    return [Heading(2, words(_("Fiche de sourcing"))), *blocks] if blocks else []


def _line(line: str, *, starts: bool) -> Item:
    return Item(words(line), starts=starts)


def _company(company: CompanyMet) -> list:
    met = day_words(company.met_on) if company.met_on else ""
    return [words(cell) for cell in (company.name, met, company.contact, company.notes)]


def _paragraphs(text: str) -> list[Block]:
    return [Paragraph(words(line.strip())) for line in text.splitlines() if line.strip()]
