"""A member tells a purchase: kept as a draft for as long as it takes, published, put right."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from clauses.reports import limits, permissions
from clauses.reports.models import ExperienceReport, ReportRevision
from clauses.reports.shown import hides_somebody
from clauses.reports.story import Story, put, revision_text
from clauses.reports.vocabularies import MAX_CLAUSES, MAX_FILES, MAX_THEMES, Naming, ReportState, Subject
from community.core.errors import Invalid, Refused
from community.core.events import ExperienceEdited, ExperiencePublished, emit
from community.core.ratelimits import spend
from community.core.references import record_references
from community.core.richtext import Rendered, normalise_text
from community.taxonomy.tags import tags_for

from .files import keep_files

KIND = "experience_report"
MIN_TITLE = 10


@transaction.atomic
def keep_draft(
    *, actor, story: Story, space=None, report: ExperienceReport | None = None, seen: int | None = None,
    client_token: UUID | None = None,
) -> ExperienceReport:  # fmt: skip
    """Its author's alone, as incomplete as it is; one that was taken back stays so."""
    permissions.require(permissions.can_tell_in(actor, space))
    spend(limits.KEEP, actor=actor)
    if report is None:
        return _begin(actor, story, space, client_token, as_draft=True)
    report = _lock(report, actor, seen)
    if report.is_published:
        raise Refused(_("Ce récit est publié : ce que vous y changez paraît tout de suite."))
    report.space = space
    _write(report, story, actor=actor)
    return report


@transaction.atomic
def publish_experience(
    *, actor, story: Story, space=None, report: ExperienceReport | None = None, seen: int | None = None,
    client_token: UUID | None = None,
) -> ExperienceReport:  # fmt: skip
    """A draft, a report taken back, or one written at a sitting. Raises Invalid on what it lacks."""
    permissions.require(permissions.can_tell_in(actor, space))
    require_whole(story)
    if report is None:
        report = _begin(actor, story, space, client_token)
        if report.is_published:
            # The same form, sent twice.
            return report
    report = _lock(report, actor, seen)
    if report.is_published:
        raise Refused(_("Ce récit est déjà publié."))
    spend(limits.SHARE, actor=actor)
    report.space, report.state = space, ReportState.PUBLISHED
    report.published_at = timezone.now()
    # Where she works as she tells it, as the preview said, wherever she began its draft.
    report.organisation = actor.organisation
    _write(report, story, actor=actor)
    emit(ExperiencePublished(report_id=report.pk, by_id=actor.pk))
    return report


@transaction.atomic
def edit_experience(*, report: ExperienceReport, actor, story: Story, seen: int) -> ExperienceReport:
    """What is published changes at once, and its history keeps the words it had."""
    require_whole(story)
    report = _lock(report, actor, seen)
    if not report.is_published:
        raise Refused(_("Ce récit n’est pas publié."))
    spend(limits.EDIT, actor=actor)
    before = revision_text(report)
    _write(report, story, actor=actor)
    _keep_past(report, before)
    emit(ExperienceEdited(report_id=report.pk, by_id=actor.pk))
    return report


def _begin(actor, story: Story, space, client_token: UUID | None, *, as_draft: bool = False) -> ExperienceReport:
    """`as_draft`: it will stand as one, among a bounded number; what is published at a sitting leaves none."""
    before = ExperienceReport.objects.filter(author=actor, client_token=client_token).first() if client_token else None
    if before is not None:
        return before
    if as_draft and ExperienceReport.objects.drafts_of(actor).count() >= limits.MAX_STANDING_DRAFTS:
        raise Refused(
            _("Vous avez déjà %(count)d récits en brouillon : publiez-en un ou supprimez-en un d’abord.")
            % {"count": limits.MAX_STANDING_DRAFTS}
        )
    report = ExperienceReport(author=actor, space=space, client_token=client_token)
    put(report, story)
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError:
        # The same form arrived twice at once.
        return ExperienceReport.objects.get(author=actor, client_token=client_token)
    _write(report, story, actor=actor)
    return report


def _lock(report: ExperienceReport, actor, seen: int | None) -> ExperienceReport:
    """The row as it is, if it is still what the author read when she began to write."""
    locked = ExperienceReport.objects.select_for_update(of=("self",)).select_related("space").get(pk=report.pk)
    permissions.require(permissions.can_edit_experience(actor, locked))
    if seen is not None and locked.version != seen:
        raise Refused(
            _(
                "Ce récit a changé depuis que vous l’avez ouvert, dans une autre fenêtre peut-être. Votre texte est "
                "gardé : comparez-le avant de l’enregistrer."
            )
        )
    return locked


def _write(report: ExperienceReport, story: Story, *, actor) -> None:
    if not report.is_published or report.organisation_id is None:
        # Where she worked when she told it, wherever she works next.
        report.organisation = actor.organisation
    rendered = put(report, story)
    report.version += 1
    report.save()
    report.themes.set(story.themes[:MAX_THEMES])
    report.clauses.set(story.clauses[:MAX_CLAUSES])
    report.tags.set(tags_for([normalise_text(name) for name in story.tags]), clear=False)
    _record(report, rendered, story, actor=actor)


def _record(report: ExperienceReport, rendered: list[Rendered], story: Story, *, actor) -> None:
    record_references(
        kind=KIND,
        pk=report.pk,
        paths=[path for each in rendered for path in each.references],
        text=report.plain_text,
        keys=[("clause", clause.pk) for clause in story.clauses],
    )
    cited = tuple(token for each in rendered for token in each.attachments)
    keep_files(
        report, story.files[:MAX_FILES], cited, actor=actor, neutral=report.is_published and hides_somebody(report)
    )


def _keep_past(report: ExperienceReport, before: str) -> None:
    now = revision_text(report)
    if now == before:
        return
    last = report.revisions.aggregate(last=Max("number"))["last"]
    if last is None:
        ReportRevision.objects.create(report=report, number=1, text=before, created_at=report.published_at)
    moment = timezone.now()
    ReportRevision.objects.create(report=report, number=(last or 1) + 1, text=now, created_at=moment)
    ExperienceReport.objects.filter(pk=report.pk).update(edited_at=moment)


def require_whole(story: Story) -> None:
    if len(" ".join(story.title.split())) < MIN_TITLE:
        raise Invalid(_("Donnez un titre à votre récit, en quelques mots."), field="title")
    if story.subject not in Subject.values or story.naming not in Naming.values:
        raise Invalid(_("Choisissez une valeur parmi celles qui sont proposées."), field="subject")
    if story.subject == Subject.PURCHASE and not story.outcome:
        raise Invalid(_("Choisissez un résultat."), field="outcome")
    if not any(text.strip() for text in story.texts.values()):
        raise Invalid(_("Racontez au moins le besoin."), field="need")
