"""The State's guide of responsible digital purchasing (2021, Licence Ouverte 2.0): its example clauses become drafts.

One draft by heading that stands under CCAP, CCTP, RC or an annex; never published: the guide is advice as much as
drafting, and older than the law it meets.
"""

from collections import Counter
from pathlib import Path
from typing import TextIO

from django.utils import timezone

from clauses.library.actions.bulk import ImportedClause, already_imported, import_clauses_unguarded
from community.core.progress import track
from community.core.slugs import slug_of

from .author import find_or_create_importer_unguarded
from .guide_content import SEGMENTS, guide_content
from .guide_markdown import Page, Section, read_page
from .law import DeadLaw
from .outcome import Outcome

SOURCE = "guide-numerique"
MIN_TEXT = 60
MAX_PAGE = 2_000_000
MAX_PAGES = 200
ALREADY = "déjà repris"


class NotAGuide(Exception):
    """The folder holds no page of the guide."""


def import_guide(folder: Path, *, author=None, stream: TextIO) -> Outcome:
    pages = sorted(path for path in folder.glob("*.md") if path.stem in SEGMENTS)
    if not pages:
        raise NotAGuide
    outcome, law = Outcome(), DeadLaw()
    author = author or find_or_create_importer_unguarded()
    everything = sorted(folder.glob("*.md"))[:MAX_PAGES]
    for path in track(everything, "Guide", total=len(everything), stream=stream):
        text = readable_text(path, outcome)
        if text is None:
            continue
        note_dead_law(path.name, text, law, outcome)
        if path.stem not in SEGMENTS:
            outcome.skip(path.name, "page entière", "page d’information, sans clause")
            continue
        import_page(read_page(text), path, author, outcome)
    return outcome


def readable_text(path: Path, outcome: Outcome) -> str | None:
    if path.stat().st_size > MAX_PAGE:
        outcome.skip(path.name, "page entière", "fichier trop lourd")
        return None
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        outcome.skip(path.name, "page entière", "encodage illisible : UTF-8 est attendu")
        return None


def note_dead_law(name: str, text: str, law: DeadLaw, outcome: Outcome) -> None:
    """Over the whole page: its table of the law is read by those who take its clauses."""
    for start, said in law.cited_in(text):
        outcome.note(name, f"ligne {text.count(chr(10), 0, start) + 1}", said)


def import_page(page: Page, path: Path, author, outcome: Outcome) -> None:
    if not any(section.document for section in page.sections):
        outcome.skip(path.name, "page entière", "aucun exemple de clause")
        return
    rows: dict[str, tuple[Section, ImportedClause]] = {}
    seen: Counter = Counter()
    for section in page.sections:
        why = why_skipped(section)
        if why:
            outcome.skip(path.name, section.place, why)
            continue
        key = f"{SOURCE}:{path.stem}:{section.document}:{slug_of(section.title)}"
        seen[key] += 1
        if seen[key] > 1:
            key += f"-{seen[key]}"
        rows[key] = section, row_of(key, page, section, path.stem, author)
    known = already_imported(rows)
    for key in known:
        outcome.skip(path.name, rows[key][0].place, ALREADY)
    batch = import_clauses_unguarded([row for key, (_section, row) in rows.items() if key not in known])
    for key, clause in batch.clauses.items():
        outcome.take(path.name, rows[key][0].place, f"brouillon {clause.reference}, {clause.get_document_display()}")
    for key, name, word in batch.missing:
        outcome.note(path.name, rows[key][0].place, f"« {word} » n’est pas dans {name} : laissé de côté")


def why_skipped(section: Section) -> str:
    if not section.document:
        return "hors des exemples de clauses"
    if not section.body.strip():
        return "intertitre sans texte"
    if len(section.body.strip()) < MIN_TEXT:
        return "texte trop court pour une clause"
    return ""


def row_of(key: str, page: Page, section: Section, stem: str, author) -> ImportedClause:
    return ImportedClause(
        source_key=key,
        author_id=author.pk,
        content=guide_content(page, section, stem),
        created_at=timezone.now(),
    )
