"""A version comes out: the only place where `ClauseVersion` rows are made and a clause becomes readable."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clauses.library import permissions
from clauses.library.checks import Finding, check_content, refusals_among
from clauses.library.content import (
    excerpt,
    pasted,
    plain_text,
    render_all,
    rendered_paths,
    set_wording_keys,
    to_content,
)
from clauses.library.models import Clause, ClauseVersion
from clauses.library.vocabularies import MAX_LINE, ClauseState, Consolidation
from community.core.errors import Invalid, Refused
from community.core.events import ClausePublished, emit
from community.core.references import record_references
from community.core.richtext import RENDERER_VERSION
from community.core.richtext import excerpt as cut
from community.core.slugs import slug_of

from .life import refresh_legal_state


class NotPublishable(Invalid):
    """What the checklist refuses, all of it in `findings`; the sentence is the first one's."""

    def __init__(self, findings: list[Finding]):
        first, others = findings[0], len(findings) - 1
        message = str(first.message)
        if others:
            more = ngettext("(et %(count)d autre point à corriger)", "(et %(count)d autres points à corriger)", others)
            message = f"{message} {more % {'count': others}}"
        super().__init__(message, field=first.field)
        self.findings = findings


@transaction.atomic
def publish_clause(*, clause: Clause, actor, note: str = "", author=None) -> ClauseVersion:
    """Makes a version of the saved clause and shows it to all who read in its place.

    `author` wrote what changes and is credited, when it is not the actor. Raises PermissionDenied, Refused (archived,
    nothing new, a draft of /cms/ waits) or NotPublishable with what the checklist refuses.
    """
    permissions.require(permissions.can_edit_clause(actor, clause))
    clause = lock_clause(clause.pk)
    if clause.state == ClauseState.ARCHIVED:
        raise Refused(_("Cette clause est archivée : rétablissez-la d’abord."))
    require_no_waiting_draft(clause)
    return publish_unguarded(clause=clause, actor=actor, note=note, author=author)


def publish_unguarded(*, clause: Clause, actor, note: str = "", author=None) -> ClauseVersion:
    """What every door shares: the site, /cms/ once Wagtail checked its own rights, imports. In a transaction."""
    set_wording_keys(clause)
    content = to_content(clause)
    require_publishable(content)
    latest = clause.versions.first()
    if latest and latest.content == content and clause.state == ClauseState.PUBLISHED:
        raise Refused(_("Rien n’a changé depuis la version %(number)d.") % {"number": latest.number})
    version = write_version(clause, content, author=author or first_author(clause, actor), actor=actor, note=note)
    show(clause, content, version, latest)
    record_clause_references(clause, content)
    refresh_legal_state(clause)
    emit(ClausePublished(clause_id=clause.pk, version=version.number, by_id=actor.pk))
    return version


def lock_clause(pk: int) -> Clause:
    return Clause.objects.select_for_update(of=("self",)).select_related("space", "family").get(pk=pk)


def require_no_waiting_draft(clause: Clause) -> None:
    """The next publication in /cms/ would bring its older text back."""
    if clause.space_id is None and clause.has_unpublished_changes and clause.latest_revision_id:
        raise Refused(_("Un brouillon attend dans l’outil d’édition : publiez-le ou retirez-le d’abord."))


def require_publishable(content: dict[str, Any]) -> None:
    refused = refusals_among(check_content(content))
    if refused:
        raise NotPublishable(refused)


def first_author(clause: Clause, actor):
    """The first version is its contributor's, whoever lets it out; the next ones are whoever edits."""
    return actor if clause.version else clause.author


def write_version(clause: Clause, content: dict[str, Any], *, author, actor, note: str) -> ClauseVersion:
    return ClauseVersion.objects.create(
        clause=clause,
        number=clause.version + 1,
        content=content,
        html=render_all(content),
        renderer_version=RENDERER_VERSION,
        author=author,
        published_by=actor,
        note=cut(note, MAX_LINE),
        created_at=timezone.now(),
    )


def show(clause: Clause, content: dict[str, Any], version: ClauseVersion, latest: ClauseVersion | None) -> None:
    """The row's life. What others read again was another text: a version that says something else starts anew."""
    now = version.created_at
    columns = {
        "state": ClauseState.PUBLISHED,
        "version": version.number,
        "published_at": now,
        "slug": slug_of(clause.title),
        "excerpt": excerpt(content),
        "plain_text": plain_text(content),
        "review_note": "",
        "law_moved_on": None,
        "replaced_by": None,
        "live": True,
        "has_unpublished_changes": False,
        "first_published_at": clause.first_published_at or now,
        "last_published_at": now,
    }
    if latest and pasted(latest.content) != pasted(content):
        columns |= {"consolidation": Consolidation.CONTRIBUTION, "reviewed_on": None, "reviewed_by": None}
    change_clause(clause, **columns)


def change_clause(clause: Clause, **columns) -> None:
    """Writes columns of the locked row without touching its texts: `save()` would commit the children again."""
    for name, value in columns.items():
        setattr(clause, name, value)
    Clause.objects.filter(pk=clause.pk).update(**columns)


def record_clause_references(clause: Clause, content: dict[str, Any]) -> None:
    bases: list[tuple[str, Any]] = [
        ("legal_provision", basis.provision_id) if basis.provision_id else ("legal_text", basis.text_id)
        for basis in clause.bases.all()
    ]
    links = [("clause", link.target_id) for link in clause.links.all()]
    record_references(
        kind="clause", pk=clause.pk, paths=rendered_paths(content), text=clause.plain_text, keys=[*bases, *links]
    )
