"""The adapter of Wagtail: what it published or unpublished, it wrote on the row after checking its own rights."""

from django.db import transaction
from wagtail.log_actions import log

from clauses.library.content import to_content
from clauses.library.models import Clause, OpenClause
from clauses.library.vocabularies import ClauseState
from community.core.events import ClausePublicationRefused, emit

from .publish import NotPublishable, change_clause, lock_clause, publish_unguarded
from .state import archive_unguarded


@transaction.atomic
def publish_revision(*, clause: OpenClause, revision) -> None:
    """A revision went live: a version is written of it. Raises NotPublishable, which undoes the publication, when the
    checklist refuses what a workflow or a calendar lets out.
    """
    row = lock_clause(clause.pk)
    actor = (revision.user if revision else None) or row.author
    latest = row.versions.first()
    if latest and latest.content == to_content(row):
        bring_back(row)
        return
    version = publish_unguarded(clause=row, actor=actor)
    for name in ("state", "version", "published_at", "slug"):
        setattr(clause, name, getattr(row, name))
    clause.version = version.number


@transaction.atomic
def keep_from_calendar(*, clause: OpenClause, revision, refusal: NotPublishable) -> None:
    """What the calendar would have let out stays a draft: it is not tried again, and whoever wrote it is told."""
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    data = {"revision": {"id": revision.pk, "refused": refusal.message}}
    log(instance=clause, action="wagtail.schedule.cancel", revision=revision, data=data)
    emit(ClausePublicationRefused(clause_id=clause.pk, by_id=revision.user_id))


def bring_back(row: Clause) -> None:
    """The same text, published again after it left."""
    if row.state != ClauseState.PUBLISHED:
        change_clause(row, state=ClauseState.PUBLISHED)


@transaction.atomic
def keep_unpublished(*, clause: OpenClause) -> None:
    row = lock_clause(clause.pk)
    if row.state != ClauseState.ARCHIVED:
        archive_unguarded(clause=row, actor=None)
