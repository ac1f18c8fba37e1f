"""The note as a document to take away; a draft says so on its first line, with what is still to check."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from community.core.ui import day_words

from ..exports.blocks import Block, Document, Heading, Item, Paragraph, Table, words
from .writing import Facts, sources


def note_document(fields: Mapping[str, str], facts: Facts) -> Document:
    blocks: list[Block] = [*draft_warning(facts)]
    head = " · ".join(part for part in (fields.get("sender", ""), day_words(facts.today)) if part)
    blocks.append(Paragraph(words(head)))
    if fields.get("recipient"):
        blocks.append(Paragraph(words(fields["recipient"], italic=True)))
    blocks += section(_("En bref"), fields.get("summary", ""))
    blocks += section(_("Ce que la loi demande"), fields.get("law", ""), as_list=True)
    blocks += section(_("Ce que nous proposons"), fields.get("proposal", ""))
    blocks += section(_("Ce que cela change pour le territoire"), fields.get("change", ""))
    blocks += section(_("La décision attendue"), fields.get("decision", ""))
    blocks += sources_table(facts)
    blocks.append(Paragraph(words(disclaimer(facts), italic=True)))
    return Document(
        title=fields.get("title", "") or _("Note pour mes élus"),
        subject=_("Note sur les obligations d’un marché"),
        source=disclaimer(facts),
        blocks=blocks,
    )


def draft_warning(facts: Facts) -> list[Block]:
    if not facts.open_points:
        return []
    return [
        Paragraph(words(_("Brouillon : des points restent à vérifier avant l’envoi."), bold=True)),
        *(Item(words(finding.title)) for finding in facts.open_points),
    ]


def section(title: str, text: str, *, as_list: bool = False) -> list[Block]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return []
    body: list[Block] = [Item(words(line)) if as_list else Paragraph(words(line)) for line in lines]
    return [Heading(2, words(title)), *body]


def sources_table(facts: Facts) -> list[Block]:
    rows = [[words(each.rule), words(each.texts), words(each.since), words(checked(each))] for each in sources(facts)]
    if not rows:
        return []
    title = _("Sources")
    header = [words(name) for name in (_("Règle"), _("Texte"), _("En vigueur depuis"), _("Vérifié"))]
    return [Heading(2, words(title)), Table(title=title, header=header, rows=rows)]


def checked(source) -> str:
    if source.verified_on is None:
        return _("À vérifier")
    return _("le %(day)s, %(where)s") % {"day": day_words(source.verified_on), "where": source.read_in}


def disclaimer(facts: Facts) -> str:
    if facts.verified_on is None:
        return _("Cette note ne vaut pas conseil juridique.")
    return _("Règles vérifiées le %(day)s. Cette note ne vaut pas conseil juridique.") % {
        "day": day_words(facts.verified_on)
    }
