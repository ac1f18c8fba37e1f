"""The revisions of a dump: whole histories of posts, in Markdown as it was typed, rendered when first read."""

import sqlite3
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from community.core.progress import bar
from community.core.richtext import MAX_MARKDOWN
from qa.actions import bulk
from qa.models import Answer, PostRevision, Question

from .staging import BODIES, TAGS, TITLES, tag_names

if TYPE_CHECKING:
    from .stackexchange import Import

POSTS_A_BATCH = 200
_ROWS = """SELECT * FROM history WHERE post IN (SELECT id FROM posts) ORDER BY post, created, id"""


def run(dump: "Import") -> None:
    """Posts that have a history already keep theirs; a post never edited has none."""
    posts = dump.database.execute("SELECT COUNT(DISTINCT post) FROM history").fetchone()[0]
    with bar(_("Historique"), total=posts, stream=dump.stream) as shown:
        batch: dict[int, list[sqlite3.Row]] = {}
        for post, rows in groupby(dump.database.execute(_ROWS), key=lambda row: row["post"]):
            batch[post] = list(rows)
            if len(batch) == POSTS_A_BATCH:
                _take(dump, batch)
                shown.advance(len(batch))
                batch = {}
        _take(dump, batch)
    missing = "SELECT COUNT(*) FROM history WHERE post NOT IN (SELECT id FROM posts)"
    dump.report.skip("lignes d’historique dont le billet manque", dump.database.execute(missing).fetchone()[0])


def _take(dump: "Import", batch: dict[int, list[sqlite3.Row]]) -> None:
    authors = dump.authors([row for rows in batch.values() for row in rows])
    revisions = []
    for model, name in ((Question, "question"), (Answer, "answer")):
        posts = {
            int(post.source_id): post
            for post in model.objects.filter(source=dump.source, source_id__in=[str(number) for number in batch])
            .filter(revisions=None)
            .only("pk", "source_id", "author_id")
        }
        for number, post in posts.items():
            revisions += _revisions(post, name, batch[number], authors)
    bulk.import_revisions_unguarded(revisions)
    dump.report.did("révisions, ajouts", len(revisions))


def _revisions(post, name: str, rows: list[sqlite3.Row], authors: dict) -> list[PostRevision]:
    """One a saved form (`guid`); what a form left alone is carried from the one before."""
    forms: dict[str, list[sqlite3.Row]] = {}
    for row in rows:
        forms.setdefault(row["guid"], []).append(row)
    if len(forms) < 2:
        return []
    revisions = []
    said = {"title": "", "body": "", "tags": ""}
    for number, form in enumerate(forms.values(), start=1):
        for row in form:
            if row["type"] in TITLES:
                said["title"] = " ".join(row["text"].split())[:200]
            elif row["type"] in BODIES:
                said["body"] = row["text"].replace("\r\n", "\n")[:MAX_MARKDOWN]
            elif row["type"] in TAGS:
                said["tags"] = ", ".join(sorted(tag_names(row["text"])))[:300]
        author_id, _name = authors[form[0]["owner"], form[0]["owner_name"]]
        revisions.append(
            PostRevision(
                **{name: post},
                **said,
                number=number,
                reason=form[0]["comment"] or "" if number > 1 else "",
                author_id=author_id,
                by_post_author=author_id == post.author_id,
                created_at=form[0]["created"],
            )
        )
    return revisions
