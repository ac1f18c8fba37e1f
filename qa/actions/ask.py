from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core import contents
from community.core.errors import Invalid
from community.core.events import QuestionAsked, emit
from community.core.ratelimits import spend
from community.core.references import tie_discussion
from community.core.richtext import normalise_text
from community.core.slugs import slug_of
from community.members.models import Territory
from community.taxonomy.models import CpvCode, PurchaseFamily, Theme
from community.taxonomy.tags import tags_for
from qa import limits, permissions
from qa.models import AmountBracket, Naming, Procedure, Question, Stage, ThreadKind, ThreadState

from .texts import (
    Written,
    is_resend,
    one_line,
    record_text,
    refuse_same_text,
    sent_before,
    settle_naming,
    typed_body,
    write_body,
    write_tried,
)

MIN_TITLE = 15
MAX_TITLE = 200
MAX_EMBARGO_DAYS = 3 * 366
MAX_PIN_DAYS = 366


@dataclass(frozen=True, kw_only=True)
class Filing:
    """What a question is filed under: one purchase, or a theme when it is not about one, or nothing."""

    family: PurchaseFamily | None = None
    theme: Theme | None = None
    cpv: CpvCode | None = None
    territory: Territory | None = None
    amount: str = ""
    procedure: str = ""
    stage: str = ""
    needed_by: date | None = None


UNFILED = Filing()


@transaction.atomic
def ask_question(
    *,
    actor,
    title: str,
    body: str,
    space=None,
    kind: str = ThreadKind.QUESTION,
    tried: str = "",
    filing: Filing = UNFILED,
    tags: tuple[str, ...] = (),
    naming: str = Naming.NAME,
    publish_after: date | None = None,
    pinned_until: datetime | None = None,
    client_token: UUID | None = None,
    about: tuple[str, int] | None = None,
) -> Question:
    """Opens a thread: published at once, or kept by its author until she publishes it when `publish_after` is given.

    An announcement is a moderator's and has an end. The same `client_token` gives back the thread it made before.
    `about` is the content it speaks of, where that is read. Raises PermissionDenied, Invalid (with a field), TooOften.
    """
    require_can_open(actor, space, kind, about)
    before = sent_before(Question.objects.all(), actor=actor, client_token=client_token)
    question = Question(
        author=actor,
        kind=check_kind(kind),
        space=space,
        publish_after=check_embargo(publish_after, kind=kind),
        pinned_until=check_pin(pinned_until, kind=kind),
        naming=settle_naming(naming, actor=actor, space=space),
        client_token=client_token,
    )
    start(question)
    set_title(question, title)
    set_filing(question, filing)
    written = write_typed_question(question, body=body, tried=tried, actor=actor)
    if is_resend(before, question, "title", "body"):
        return before
    return _store(question, written, tags=tags, actor=actor, about=about)


def require_can_open(actor, space, kind: str, about: tuple[str, int] | None) -> None:
    permissions.require(permissions.can_ask_in(actor, space))
    if kind == ThreadKind.ANNOUNCEMENT:
        permissions.require(permissions.can_announce_in(actor, space))
    require_about(actor, space, about)


def require_about(actor, space, about: tuple[str, int] | None) -> None:
    if about is None:
        return
    discussed = contents.find_visible(actor, *about)
    permissions.require(discussed is not None and contents.get(about[0]).is_discussed)
    if contents.get(about[0]).space_id(discussed) != (space.pk if space else None):
        raise Invalid(_("La discussion se tient là où ce contenu est lu."), field="space")


def start(question: Question) -> None:
    """Its first state and its dates."""
    question.state = ThreadState.EMBARGOED if question.publish_after else ThreadState.OPEN
    question.created_at = question.last_activity_at = timezone.now()


def _store(
    question: Question, written: Written, *, tags: tuple[str, ...], actor, about: tuple[str, int] | None
) -> Question:
    refuse_same_text(Question.objects.all(), actor=actor, title=question.title, body=question.body)
    spend(limits.ASK, actor=actor)
    try:
        with transaction.atomic():
            question.save(force_insert=True)
    except IntegrityError:
        # The same form, sent by two clicks at once: the first one made it.
        before = sent_before(Question.objects.all(), actor=actor, client_token=question.client_token)
        if before is None:
            raise
        return before
    set_tags(question, tags)
    record_text(question, written, actor=actor)
    if about is not None:
        tie_discussion(kind="question", pk=question.pk, about=about)
    emit(QuestionAsked(question_id=question.pk, mentioned_ids=written.mentioned_ids))
    return question


def write_typed_question(question: Question, *, body: str, tried: str, actor) -> Written:
    return write_question(question, body=typed_body(question, body, actor=actor), tried=tried, actor=actor)


def write_question(question: Question, *, body: str, tried: str, actor) -> Written:
    written = write_body(question, body, actor=actor)
    return Written((*written.rendered, write_tried(question, tried)), written.mentioned_ids)


def set_title(question: Question, title: str) -> None:
    title = one_line(title)
    if not MIN_TITLE <= len(title) <= MAX_TITLE:
        raise Invalid(
            _("Le titre compte entre %(min)d et %(max)d caractères : dites ce qui est acheté et ce que vous cherchez.")
            % {"min": MIN_TITLE, "max": MAX_TITLE},
            field="title",
        )
    question.title = title
    question.slug = slug_of(title)


def set_filing(question: Question, filing: Filing) -> None:
    if filing.family and filing.theme:
        raise Invalid(_("Choisissez une famille d’achats ou un thème, pas les deux."), field="theme")
    for name, choices in (("amount", AmountBracket), ("procedure", Procedure), ("stage", Stage)):
        value = getattr(filing, name)
        if value and value not in choices.values:
            raise Invalid(_("Choisissez une valeur parmi celles qui sont proposées."), field=name)
    for name in ("family", "theme", "cpv", "territory", "amount", "procedure", "stage", "needed_by"):
        setattr(question, name, getattr(filing, name))


def set_tags(question: Question, names: tuple[str, ...]) -> None:
    question.tags.set(tags_for([normalise_text(name) for name in names]), clear=False)


def check_kind(kind: str) -> str:
    if kind not in ThreadKind.values:
        raise Invalid(_("Choisissez ce que vous lancez parmi ce qui est proposé."), field="kind")
    return kind


def check_embargo(publish_after: date | None, *, kind: str) -> date | None:
    if publish_after is None:
        return None
    today = timezone.localdate()
    if kind == ThreadKind.ANNOUNCEMENT:
        raise Invalid(_("Une annonce se publie tout de suite."), field="publish_after")
    if not today < publish_after <= today + timedelta(days=MAX_EMBARGO_DAYS):
        raise Invalid(
            _("Donnez la date prévue de l’attribution : à partir de demain, dans les trois ans."), field="publish_after"
        )
    return publish_after


def check_pin(pinned_until: datetime | None, *, kind: str) -> datetime | None:
    if kind != ThreadKind.ANNOUNCEMENT:
        return None
    now = timezone.now()
    if pinned_until is None or not now < pinned_until <= now + timedelta(days=MAX_PIN_DAYS):
        raise Invalid(_("Donnez la fin de l’annonce : à partir de demain, dans l’année."), field="pinned_until")
    return pinned_until
