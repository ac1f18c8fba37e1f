"""The index follows what happens, in the same transaction; deletions in cascade, which no action says, too."""

from django.db.models.signals import post_delete

from community.core import events
from community.core.events import handles

from . import documents
from .index import forget, refresh, refresh_thread
from .models import SynonymGroup
from .selectors import forget_synonyms
from .tasks import index_imported, refresh_signed, refresh_tagged

# What a thread says to all its posts: who reads them, and the words around them.
CHANGES_OF_THREAD = {"hidden", "restored", "deleted"}


@handles(events.QuestionAsked, events.QuestionPublished, events.QuestionEdited, events.QuestionMoved)
def follow_question(event) -> None:
    refresh_thread("question", [event.question_id], around=not isinstance(event, events.QuestionAsked))


@handles(events.QuestionStateChanged)
def follow_question_state(event: events.QuestionStateChanged) -> None:
    refresh_thread("question", [event.question_id], around=event.change in CHANGES_OF_THREAD)


@handles(
    events.AnswerPosted,
    events.AnswerEdited,
    events.AnswerStateChanged,
    events.AnswerEndorsed,
    events.AnswerEndorsementWithdrawn,
)
def follow_answer(event) -> None:
    refresh([("answer", event.answer_id)])


@handles(events.AnswerAccepted, events.AnswerUnaccepted, events.CommentPromoted)
def follow_answer_and_question(event) -> None:
    refresh([("answer", event.answer_id), ("question", event.question_id)])


@handles(events.MarkedUseful, events.UnmarkedUseful, events.RevisionStateChanged)
def follow_vote_or_version(event) -> None:
    """A version hidden takes with it the files that it alone shows."""
    refresh([("answer", event.answer_id) if event.answer_id else ("question", event.question_id)])


@handles(events.MemberRegistered, events.MemberVerified, events.MemberUnverified, events.ProfileChanged)
def follow_member(event) -> None:
    refresh([("member", event.member_id)])
    if isinstance(event, events.ProfileChanged):
        refresh_signed.enqueue(member_id=event.member_id)


@handles(events.GhostClaimed)
def follow_claim(event: events.GhostClaimed) -> None:
    refresh([("member", event.ghost_id), ("member", event.member_id)])
    refresh_signed.enqueue(member_id=event.ghost_id)


@handles(
    events.ClausePublished,
    events.ClauseReviewed,
    events.ClauseStateChanged,
    events.ClauseLegalStateChanged,
    events.ClauseSentBack,
    events.ClauseUsed,
    events.ClauseUseWithdrawn,
)
def follow_clause(event) -> None:
    refresh([("clause", event.clause_id)])


@handles(events.ExperiencePublished, events.ExperienceEdited, events.ExperienceStateChanged, events.ExperienceMarked)
def follow_experience(event) -> None:
    refresh([("experience_report", event.report_id)])


@handles(events.LegalTextChanged)
def follow_text(event: events.LegalTextChanged) -> None:
    refresh_thread("legal_text", [event.text_id], around=True)


@handles(events.LegalProvisionChanged)
def follow_provision(event: events.LegalProvisionChanged) -> None:
    refresh([("legal_provision", event.provision_id)])


@handles(events.SpaceCreated, events.SpaceUpdated)
def follow_space(event) -> None:
    refresh([("space", event.space_id)])


@handles(events.PagesChanged)
def follow_pages(event: events.PagesChanged) -> None:
    refresh([("page", pk) for pk in event.page_ids])


@handles(events.ContentsImported)
def follow_import(event: events.ContentsImported) -> None:
    """In a task of the same transaction: an import holds the database no longer than its own rows need."""
    if documents.get(event.kind):
        index_imported.enqueue(event.kind, list(event.ids))


@handles(events.TagsMerged)
def follow_merge(event: events.TagsMerged) -> None:
    refresh_tagged.enqueue(tag_id=event.into_id)


def follow_deletion(sender, instance, **kwargs) -> None:
    """A row that went with another: no action says it."""
    for kind in documents.kinds():
        if isinstance(instance, kind.model):
            forget(kind.name, instance.pk)


def follow_synonyms(sender, **kwargs) -> None:
    forget_synonyms()


def connect() -> None:
    for kind in documents.kinds():
        post_delete.connect(follow_deletion, sender=kind.model, dispatch_uid=f"search.{kind.name}")
    post_delete.connect(follow_synonyms, sender=SynonymGroup, dispatch_uid="search.synonyms")
