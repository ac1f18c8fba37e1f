"""A member proposes changes paragraph by paragraph; whoever may edit the clause takes or refuses each."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clauses.library import limits, permissions
from clauses.library.content import clean_text, to_content, variables_in, variables_of
from clauses.library.hunks import TAKEN, apply_hunks, is_stale, paragraphs_of
from clauses.library.models import (
    Clause,
    ClauseVersion,
    EditSuggestion,
    Hunk,
    HunkKind,
    HunkState,
    SuggestionState,
)
from clauses.library.models.suggestion import MAX_HUNK
from clauses.library.vocabularies import MAX_LINE, ClauseState
from community.core.errors import Invalid, Refused
from community.core.events import SuggestionDecided, SuggestionSent, SuggestionWithdrawn, emit
from community.core.ratelimits import spend
from community.core.richtext import excerpt

from .propose import edit_clause
from .publish import lock_clause

MAX_HUNKS = 40
MAX_MESSAGE = 600
MAX_NEW_VARIABLES = 10


@dataclass(frozen=True, kw_only=True)
class Change:
    """`position` counts from 1; an empty `after` takes the paragraph away; `added`: a paragraph after that one."""

    wording_key: str
    position: int
    after: str
    why: str = ""
    added: bool = False


@transaction.atomic
def send_suggestion(
    *,
    clause: Clause,
    actor,
    changes: list[Change],
    base_version: int,
    message: str = "",
    client_token: UUID | None = None,
) -> EditSuggestion:
    """Each change is decided on its own. Refused when a paragraph changed since the version the writer read."""
    permissions.require(permissions.can_suggest(actor, clause))
    before = sent_before(actor, client_token)
    if before is not None:
        return before
    clause = lock_clause(clause.pk)
    require_published(clause)
    hunks = build_hunks(clause, changes, base_version=base_version)
    spend(limits.SUGGEST, actor=actor)
    suggestion = EditSuggestion(
        clause=clause,
        author=actor,
        base_version=clause.version,
        message=excerpt(clean_text(message), MAX_MESSAGE),
        client_token=client_token,
    )
    try:
        with transaction.atomic():
            suggestion.save()
    except IntegrityError:
        # The same form, sent by two clicks at once: the first one made it.
        before = sent_before(actor, client_token)
        if before is None:
            raise
        return before
    for hunk in hunks:
        hunk.suggestion = suggestion
    Hunk.objects.bulk_create(hunks)
    emit(SuggestionSent(suggestion_id=suggestion.pk, clause_id=clause.pk))
    return suggestion


def sent_before(actor, client_token: UUID | None) -> EditSuggestion | None:
    if client_token is None:
        return None
    return EditSuggestion.objects.filter(author=actor, client_token=client_token).first()


def require_published(clause: Clause) -> None:
    if clause.state != ClauseState.PUBLISHED or clause.hidden_at is not None:
        raise Refused(_("Cette clause n’est plus publiée : elle ne reçoit pas de modification."))


def build_hunks(clause: Clause, changes: list[Change], *, base_version: int) -> list[Hunk]:
    present = published_content(clause)
    base = present
    if base_version != clause.version:
        found = clause.versions.filter(number=base_version).first()
        base = found.content if found else present
    known = paragraphs_of(base)
    hunks = [hunk for change in changes if (hunk := build_hunk(change, known))]
    if not hunks:
        raise Invalid(_("Vous n’avez rien changé : modifiez au moins un alinéa."), field="changes")
    if len(hunks) > MAX_HUNKS:
        raise Invalid(_("Proposez au plus %(most)d changements à la fois.") % {"most": MAX_HUNKS}, field="changes")
    if base is not present and any(is_stale(hunk, present) for hunk in hunks):
        raise Refused(
            _("La version %(number)d est parue pendant que vous écriviez. Reprenez vos changements dessus.")
            % {"number": clause.version}
        )
    require_explained_variables(present, hunks)
    return hunks


def published_content(clause: Clause) -> dict[str, Any]:
    """The row holds what is published."""
    return to_content(clause)


def build_hunk(change: Change, known: dict[str, list[str]]) -> Hunk | None:
    """Nothing when the paragraph says the same. Raises Invalid when it does not exist."""
    blocks = known.get(change.wording_key)
    lowest = 0 if change.added else 1
    if blocks is None or not lowest <= change.position <= len(blocks):
        raise Invalid(_("Cet alinéa n’existe pas dans la version que vous modifiez."), field="changes")
    after = clean_text(change.after)
    if len(after) > MAX_HUNK:
        raise Invalid(
            _("Un alinéa compte au plus %(most)d caractères : coupez-le en deux.") % {"most": MAX_HUNK}, field="changes"
        )
    before = blocks[change.position - 1] if change.position else ""
    kind = HunkKind.ADD if change.added else HunkKind.CHANGE if after else HunkKind.REMOVE
    if (kind == HunkKind.ADD and not after) or (kind == HunkKind.CHANGE and after == before):
        return None
    return Hunk(
        wording_key=change.wording_key,
        position=change.position,
        kind=kind,
        before=before,
        after=after,
        why=excerpt(clean_text(change.why), MAX_LINE),
    )


def require_explained_variables(content: dict[str, Any], hunks: list[Hunk]) -> None:
    """Words between braces that nobody explained: whoever publishes names them, so there are few."""
    known = set(variables_of(content)) | {variable["key"] for variable in content["variables"]}
    added = {key for hunk in hunks for key in variables_in(hunk.after)} - known
    if len(added) > MAX_NEW_VARIABLES:
        raise Invalid(_("Ajoutez au plus dix variables à la fois."), field="changes")


@dataclass(frozen=True, kw_only=True)
class Decision:
    """`state` is one of HunkState; `text` the words of who takes the change in her own way."""

    state: str
    text: str = ""
    reply: str = ""


@transaction.atomic
def decide_hunks(*, suggestion: EditSuggestion, actor, decisions: dict[int, Decision]) -> EditSuggestion:
    """Takes, takes in other words or refuses changes that wait, by their key. Refused when somebody decided before."""
    suggestion = lock_suggestion(suggestion, actor=actor)
    content = published_content(suggestion.clause)
    hunks = {hunk.pk: hunk for hunk in suggestion.hunks.all()}
    for pk, decision in decisions.items():
        if pk not in hunks:
            raise Invalid(_("Ce changement n’est pas dans la proposition."), field="decision")
        decide_hunk(hunks[pk], decision, content, actor=actor)
    settle(suggestion, actor=actor)
    return suggestion


def lock_suggestion(suggestion: EditSuggestion, *, actor) -> EditSuggestion:
    permissions.require(permissions.can_decide(actor, suggestion))
    clause = lock_clause(suggestion.clause_id)
    suggestion = EditSuggestion.objects.select_for_update().get(pk=suggestion.pk)
    suggestion.clause = clause
    if suggestion.state == SuggestionState.WITHDRAWN:
        raise Refused(_("Cette proposition a été retirée."))
    return suggestion


def decide_hunk(hunk: Hunk, decision: Decision, content: dict[str, Any], *, actor) -> None:
    if hunk.state != HunkState.PENDING:
        raise Refused(_("Quelqu’un a déjà décidé de ce changement : rechargez la page pour voir sa décision."))
    if decision.state not in (*TAKEN, HunkState.REJECTED):
        raise Invalid(_("Choisissez : reprendre, reprendre en réécrivant ou écarter."), field="decision")
    if decision.state in TAKEN and is_stale(hunk, content):
        raise Refused(_("Le texte a changé depuis : ce changement ne peut plus être repris tel quel."))
    text = clean_text(decision.text)
    if decision.state == HunkState.REWRITTEN:
        require_rewriting(hunk, text)
    hunk.state, hunk.decided_by, hunk.decided_at = decision.state, actor, timezone.now()
    hunk.decided_text = text if decision.state == HunkState.REWRITTEN else ""
    hunk.reply = excerpt(clean_text(decision.reply), MAX_MESSAGE)
    hunk.save(update_fields=["state", "decided_by", "decided_at", "decided_text", "reply"])


def require_rewriting(hunk: Hunk, text: str) -> None:
    if hunk.kind == HunkKind.REMOVE:
        raise Invalid(_("Une suppression se reprend ou s’écarte."), field="decision")
    if not text:
        raise Invalid(_("Écrivez l’alinéa comme vous le reprenez."), field="decision")
    if len(text) > MAX_HUNK:
        raise Invalid(
            _("Un alinéa compte au plus %(most)d caractères : coupez-le en deux.") % {"most": MAX_HUNK},
            field="decision",
        )


@transaction.atomic
def revert_decision(*, hunk: Hunk, actor) -> EditSuggestion:
    """A decision that no version carries can be taken again."""
    suggestion = lock_suggestion(hunk.suggestion, actor=actor)
    hunk = Hunk.objects.select_for_update().get(pk=hunk.pk)
    if hunk.published_version is not None:
        raise Refused(_("Ce changement est paru dans la version %(number)d.") % {"number": hunk.published_version})
    if hunk.state == HunkState.PENDING:
        raise Refused(_("Ce changement n’est pas encore décidé."))
    hunk.state, hunk.decided_by, hunk.decided_at, hunk.decided_text = HunkState.PENDING, None, None, ""
    hunk.save(update_fields=["state", "decided_by", "decided_at", "decided_text"])
    suggestion.state, suggestion.decided_at = SuggestionState.OPEN, None
    suggestion.save(update_fields=["state", "decided_at"])
    return suggestion


@transaction.atomic
def publish_suggestion(*, suggestion: EditSuggestion, actor, seen: int, note: str = "") -> ClauseVersion:
    """A version with the changes that were taken, and them only; its author is who proposed them.

    `seen` is the version that the page showed. Variables that the changes bring are explained by their name at least.
    """
    suggestion = lock_suggestion(suggestion, actor=actor)
    content = published_content(suggestion.clause)
    taken = [hunk for hunk in suggestion.hunks.all() if hunk.state in TAKEN and hunk.published_version is None]
    if not taken:
        raise Refused(_("Reprenez au moins un changement avant de publier."))
    if any(is_stale(hunk, content) for hunk in taken):
        raise Refused(_("Un changement repris ne s’applique plus à la version présente : revenez sur sa décision."))
    version = edit_clause(
        clause=suggestion.clause,
        actor=actor,
        content=with_named_variables(apply_hunks(content, taken)),
        seen=seen,
        note=note or taken_note(taken),
        author=suggestion.author,
    )
    suggestion.hunks.filter(pk__in=[hunk.pk for hunk in taken]).update(published_version=version.number)
    suggestion.published_version = version.number
    suggestion.save(update_fields=["published_version"])
    settle(suggestion, actor=actor)
    return version


def with_named_variables(content: dict[str, Any]) -> dict[str, Any]:
    described = {variable["key"] for variable in content["variables"]}
    fresh = [key for key in variables_of(content) if key not in described]
    blank = dict.fromkeys(("unit", "minimum", "maximum", "default", "guidance"), "")
    added = [{"key": key, "label": key.replace("_", " "), **blank} for key in fresh]
    used = set(variables_of(content))
    kept = [variable for variable in content["variables"] if variable["key"] in used]
    return {**content, "variables": [*kept, *added]}


def taken_note(taken: list[Hunk]) -> str:
    return excerpt(" ".join(hunk.why for hunk in taken if hunk.why), MAX_LINE)


def settle(suggestion: EditSuggestion, *, actor) -> None:
    """Done once nothing waits for a decision or for a version."""
    waiting = suggestion.hunks.filter(state=HunkState.PENDING)
    taken = suggestion.hunks.filter(state__in=TAKEN, published_version=None)
    if suggestion.state != SuggestionState.OPEN or waiting.exists() or taken.exists():
        return
    suggestion.state, suggestion.decided_at = SuggestionState.DECIDED, timezone.now()
    suggestion.save(update_fields=["state", "decided_at"])
    emit(
        SuggestionDecided(
            suggestion_id=suggestion.pk,
            clause_id=suggestion.clause_id,
            by_id=actor.pk,
            version=suggestion.published_version,
        )
    )


@transaction.atomic
def withdraw_suggestion(*, suggestion: EditSuggestion, actor) -> EditSuggestion:
    """By its author, as long as nothing of it came out."""
    permissions.require(permissions.can_withdraw(actor, suggestion))
    suggestion = EditSuggestion.objects.select_for_update().get(pk=suggestion.pk)
    if suggestion.state != SuggestionState.OPEN or suggestion.published_version is not None:
        raise Refused(_("Cette proposition est déjà décidée."))
    suggestion.state = SuggestionState.WITHDRAWN
    suggestion.save(update_fields=["state"])
    emit(SuggestionWithdrawn(suggestion_id=suggestion.pk, clause_id=suggestion.clause_id))
    return suggestion
