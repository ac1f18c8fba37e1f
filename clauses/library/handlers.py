"""What follows from a change of a clause: who follows it from then on, and one task that tells those concerned."""

from django.utils import timezone

from community.core.events import (
    ClauseProposed,
    ClausePublicationRefused,
    ClausePublished,
    ClauseReviewed,
    ClauseSentBack,
    ClauseStateChanged,
    ContentReviewed,
    LegalProvisionChanged,
    LegalTextChanged,
    SuggestionDecided,
    SuggestionSent,
    handles,
)
from community.members.models import Member
from community.moderation.models import ReviewItem
from community.notifications.actions import follow_implicitly, tell_again
from community.notifications.tasks import fan_out

from .actions.life import refresh_legal_state
from .actions.publish import change_clause, lock_clause
from .models import Clause, ClauseVersion, EditSuggestion
from .querysets import reviewers_of_clause
from .tasks import copiers_of, follow_law, tell_copiers

HIDING_REASONS = {"hidden": "content_hidden", "unhidden": "content_restored"}
STILL_RIGHT = "still_right"


def tell(reason: str, *, clause_id: int, target: tuple[str, int] | None = None, actor_id: int | None, **audience):
    fan_out.enqueue(
        reason=reason,
        subject=["clause", clause_id],
        target=list(target or ("clause", clause_id)),
        actor_id=actor_id,
        **audience,
    )


@handles(ClauseProposed)
def ask_for_review(event: ClauseProposed) -> None:
    """Those who may publish it and, in the open community, those who read again; told anew when it is corrected."""
    clause = Clause.objects.select_related("space", "family").get(pk=event.clause_id)
    follow_implicitly(member_id=clause.author_id, kind="clause", pk=clause.pk)
    tell_again(reason="clause_proposed", kind="clause", pk=clause.pk)
    reviewers = reviewers_of_clause(clause, Member.objects.persons()).exclude(pk=clause.author_id)
    ids = list(reviewers.values_list("pk", flat=True))
    if ids:
        tell("clause_proposed", clause_id=clause.pk, actor_id=event.by_id, member_ids=ids, only=True)


@handles(ClauseSentBack)
def tell_author_to_correct(event: ClauseSentBack) -> None:
    clause = Clause.objects.get(pk=event.clause_id)
    tell_again(reason="clause_sent_back", kind="clause", pk=clause.pk)
    tell("clause_sent_back", clause_id=clause.pk, actor_id=event.by_id, member_ids=[clause.author_id], only=True)


@handles(ClausePublished)
def tell_of_version(event: ClausePublished) -> None:
    """The first version: its author and whoever follows the place, the family or a tag. The next ones: whoever follows
    the clause, and those who took an earlier version away.
    """
    clause = Clause.objects.select_related("family").get(pk=event.clause_id)
    version = ClauseVersion.objects.get(clause=clause, number=event.version)
    target = ("clause_version", version.pk)
    if event.version == 1:
        tell("clause_accepted", clause_id=clause.pk, actor_id=event.by_id, member_ids=[clause.author_id], only=True)
        tell(
            "clause_published",
            clause_id=clause.pk,
            actor_id=event.by_id,
            follow=filed_under(clause),
            except_ids=[clause.author_id],
        )
        return
    told = copiers_of(clause.pk)
    tell("clause_version", clause_id=clause.pk, target=target, actor_id=event.by_id, except_ids=told)
    tell_copiers(clause.pk, "clause_version_copied", target=target, by_id=event.by_id)


def filed_under(clause: Clause) -> list[list]:
    found = [("space", clause.space_id), ("family", clause.family_id)]
    if clause.family is not None:
        found.append(("family", clause.family.parent_id))
    found += [("tag", pk) for pk in clause.tagged_items.values_list("tag", flat=True)]
    return [[kind, pk] for kind, pk in found if pk]


@handles(ClausePublicationRefused)
def tell_of_refusal(event: ClausePublicationRefused) -> None:
    """Whoever set the date; the author, when nobody did by name."""
    clause = Clause.objects.get(pk=event.clause_id)
    told = [event.by_id or clause.author_id]
    tell_again(reason="clause_publication_refused", kind="clause", pk=clause.pk)
    tell("clause_publication_refused", clause_id=clause.pk, actor_id=None, member_ids=told, only=True)


@handles(ClauseReviewed)
def tell_of_review(event: ClauseReviewed) -> None:
    clause = Clause.objects.get(pk=event.clause_id)
    tell_again(reason="clause_reviewed", kind="clause", pk=clause.pk)
    tell("clause_reviewed", clause_id=clause.pk, actor_id=event.by_id, member_ids=[clause.author_id], only=True)


@handles(ClauseStateChanged)
def tell_of_state(event: ClauseStateChanged) -> None:
    clause = Clause.objects.get(pk=event.clause_id)
    if event.change in HIDING_REASONS:
        reason = HIDING_REASONS[event.change]
        tell_again(reason=reason, kind="clause", pk=clause.pk)
        tell(reason, clause_id=clause.pk, actor_id=event.by_id, member_ids=[clause.author_id], only=True)
    if event.change == "obsolete":
        tell_copiers(clause.pk, "clause_obsolete", target=("clause", clause.pk), by_id=event.by_id)


@handles(SuggestionSent)
def ask_for_decision(event: SuggestionSent) -> None:
    suggestion = EditSuggestion.objects.select_related("clause__space", "clause__family").get(pk=event.suggestion_id)
    deciders = reviewers_of_clause(suggestion.clause, Member.objects.persons()).exclude(pk=suggestion.author_id)
    follow_implicitly(member_id=suggestion.author_id, kind="clause", pk=event.clause_id)
    tell(
        "suggestion_sent",
        clause_id=event.clause_id,
        target=("clause_suggestion", suggestion.pk),
        actor_id=suggestion.author_id,
        member_ids=list(deciders.values_list("pk", flat=True)),
        only=True,
    )


@handles(SuggestionDecided)
def tell_of_decision(event: SuggestionDecided) -> None:
    suggestion = EditSuggestion.objects.get(pk=event.suggestion_id)
    tell_again(reason="suggestion_decided", kind="clause_suggestion", pk=suggestion.pk)
    tell(
        "suggestion_decided",
        clause_id=event.clause_id,
        target=("clause_suggestion", suggestion.pk),
        actor_id=event.by_id,
        member_ids=[suggestion.author_id],
        only=True,
    )


@handles(LegalTextChanged)
def follow_text(event: LegalTextChanged) -> None:
    if event.matters:
        follow("legal_text", event.text_id, event)


@handles(LegalProvisionChanged)
def follow_provision(event: LegalProvisionChanged) -> None:
    if event.matters:
        follow("legal_provision", event.provision_id, event)


def follow(cause_kind: str, cause_id: int, event: LegalTextChanged | LegalProvisionChanged) -> None:
    day = timezone.localdate().isoformat()
    follow_law.enqueue(cause_kind=cause_kind, cause_id=cause_id, change=event.change, day=day, by_id=event.by_id)


@handles(ContentReviewed)
def take_reading_into_account(event: ContentReviewed) -> None:
    """Found still right in the queue of what the law moved: nothing moved as far as this clause goes, unless another
    text that did waits too.
    """
    if event.kind != "clause" or event.outcome != STILL_RIGHT:
        return
    # Held before looking: of two causes settled at once, the second sees the first.
    clause = lock_clause(event.object_id)
    if not ReviewItem.objects.open().filter(kind=event.kind, object_id=event.object_id).exists():
        change_clause(clause, law_moved_on=None)
        refresh_legal_state(clause)
