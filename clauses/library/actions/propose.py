"""A member contributes a clause, and corrects it until it is published; those who answer for it edit it after."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from clauses.library import limits, permissions
from clauses.library.checks import check_content, refusals_among
from clauses.library.content import apply_content, clean_content, excerpt, pk_of_reference, plain_text, to_content
from clauses.library.models import Clause, ClauseVersion, Naming
from clauses.library.vocabularies import ClauseState
from community.core.errors import Invalid, Refused
from community.core.events import ClauseProposed, emit
from community.core.ratelimits import spend
from community.core.slugs import slug_of

from .publish import NotPublishable, lock_clause, publish_unguarded, require_no_waiting_draft


@transaction.atomic
def propose_clause(
    *,
    actor,
    content: dict[str, Any],
    space=None,
    naming: str = Naming.NAME,
    client_token: UUID | None = None,
) -> Clause:
    """Opens the review of a contribution to a place (no space: the open community).

    What the checklist refuses for a publication is refused here too: NotPublishable, with all of it. The same
    `client_token` gives back the clause it made before.
    """
    permissions.require(permissions.can_propose_clause(actor, space))
    before = proposed_before(actor, client_token)
    if before is not None:
        return before
    if naming not in Naming.values:
        raise Invalid(_("Choisissez comment apparaître parmi ce qui est proposé."), field="naming")
    clause = Clause(author=actor, space=space, naming=naming, client_token=client_token, live=False)
    write_proposal(clause, content, actor=actor)
    spend(limits.PROPOSE, actor=actor)
    clause.state = ClauseState.IN_REVIEW
    try:
        with transaction.atomic():
            clause.save()
    except IntegrityError:
        # The same form, sent by two clicks at once: the first one made it.
        before = proposed_before(actor, client_token)
        if before is None:
            raise
        return before
    emit(ClauseProposed(clause_id=clause.pk, by_id=actor.pk))
    return clause


def proposed_before(actor, client_token: UUID | None) -> Clause | None:
    if client_token is None:
        return None
    return Clause.objects.filter(author=actor, client_token=client_token).first()


@transaction.atomic
def correct_proposal(*, clause: Clause, actor, content: dict[str, Any]) -> Clause:
    """Replaces a text that is not published yet, by its author or who answers for it; it waits to be read again."""
    permissions.require(permissions.can_correct_proposal(actor, clause))
    clause = lock_clause(clause.pk)
    if clause.state not in (ClauseState.DRAFT, ClauseState.IN_REVIEW):
        raise Refused(_("Cette clause est parue : proposez une modification."))
    require_no_waiting_draft(clause)
    write_proposal(clause, content, actor=actor)
    spend(limits.CORRECT, actor=actor)
    clause.state, clause.review_note = ClauseState.IN_REVIEW, ""
    clause.save()
    emit(ClauseProposed(clause_id=clause.pk, by_id=actor.pk))
    return clause


@transaction.atomic
def edit_clause(
    *, clause: Clause, actor, content: dict[str, Any], seen: int, note: str = "", author=None
) -> ClauseVersion:
    """Another version of a published clause. `seen` is the one that the writer had before her eyes."""
    permissions.require(permissions.can_edit_clause(actor, clause))
    clause = lock_clause(clause.pk)
    if clause.state not in (ClauseState.PUBLISHED, ClauseState.OBSOLETE):
        raise Refused(_("Cette clause n’est pas publiée."))
    if clause.version != seen:
        raise Refused(
            _("La version %(number)d est parue pendant que vous écriviez. Reprenez vos changements dessus.")
            % {"number": clause.version}
        )
    require_no_waiting_draft(clause)
    write_proposal(clause, content, actor=actor)
    clause.save()
    return publish_unguarded(clause=clause, actor=actor, note=note, author=author)


def write_proposal(clause: Clause, content: dict[str, Any], *, actor) -> None:
    """Puts a checked content on the clause, unsaved."""
    content = clean_content(content)
    require_readable_links(clause, content, actor=actor)
    missing = apply_content(clause, content)
    if missing:
        field, word = missing[0]
        raise Invalid(_("« %(word)s » n’est pas connu : choisissez dans la liste.") % {"word": word}, field=field)
    whole = to_content(clause)
    refused = refusals_among(check_content(whole))
    if refused:
        raise NotPublishable(refused)
    clause.slug = slug_of(clause.title)
    clause.excerpt, clause.plain_text = excerpt(whole), plain_text(whole)


def require_readable_links(clause: Clause, content: dict[str, Any], *, actor) -> None:
    """A link to a clause that the writer may not read would tell that it exists; and what stands in one place leads to
    the same place or to the open community.
    """
    known = {link.target_id for link in clause.links.all()} if clause.pk else set()
    wanted = {pk_of_reference(link["reference"]) for link in content.get("links", ())} - known
    near = Clause.objects.visible_to(actor).filter(Q(space=None) | Q(space=clause.space_id))
    readable = set(near.filter(pk__in=[pk for pk in wanted if pk]).values_list("pk", flat=True))
    for link in content.get("links", ()):
        pk = pk_of_reference(link["reference"])
        if pk == clause.pk and pk is not None:
            raise Invalid(_("Une clause ne se lie pas à elle-même."), field="links")
        if pk not in readable | known:
            raise Invalid(
                _("« %(word)s » ne désigne aucune clause que vous puissiez lire. Écrivez sa référence, comme CL-0318.")
                % {"word": link["reference"]},
                field="links",
            )
