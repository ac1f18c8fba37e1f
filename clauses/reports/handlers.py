"""What follows from a report: who follows it from then on, and one task that tells those concerned."""

from community.core import contents
from community.core.events import (
    ExperiencePublished,
    ExperienceStateChanged,
    QuestionAsked,
    handles,
)
from community.core.references import discussed_by
from community.notifications.actions import follow_implicitly, tell_again
from community.notifications.tasks import fan_out

from .actions.life import KIND
from .models import ExperienceReport

HIDING_REASONS = {"hidden": "content_hidden", "restored": "content_restored"}


def tell(reason: str, *, pk: int, target: tuple[str, int] | None = None, **audience) -> None:
    """`pk` is the report that it is said of."""
    fan_out.enqueue(reason=reason, subject=[KIND, pk], target=list(target or (KIND, pk)), **audience)


@handles(ExperiencePublished)
def tell_of_report(event: ExperiencePublished) -> None:
    """Whoever follows its place, its family, its themes, its tags, or a clause that it applied."""
    report = ExperienceReport.objects.select_related("family").get(pk=event.report_id)
    follow_implicitly(member_id=report.author_id, kind=KIND, pk=report.pk)
    tell("experience_published", pk=report.pk, actor_id=event.by_id, follow=filed_under(report))


def filed_under(report: ExperienceReport) -> list[list]:
    found = [("space", report.space_id), ("family", report.family_id)]
    if report.family is not None:
        found.append(("family", report.family.parent_id))
    found += [("theme", pk) for pk in report.themes.values_list("pk", flat=True)]
    found += [("tag", pk) for pk in report.tagged_items.values_list("tag", flat=True)]
    found += [("clause", pk) for pk in report.clauses.values_list("pk", flat=True)]
    return [[kind, pk] for kind, pk in found if pk]


@handles(ExperienceStateChanged)
def tell_of_state(event: ExperienceStateChanged) -> None:
    if event.change not in HIDING_REASONS:
        return
    report, reason = ExperienceReport.objects.get(pk=event.report_id), HIDING_REASONS[event.change]
    tell_again(reason=reason, kind=KIND, pk=report.pk)
    tell(reason, pk=report.pk, actor_id=event.by_id, member_ids=[report.author_id], only=True)


@handles(QuestionAsked)
def tell_of_discussion(event: QuestionAsked) -> None:
    """A thread opened to speak of a report: its author and whoever follows it."""
    about = discussed_by("question", event.question_id)
    if about is None or about[0] != KIND:
        return
    kind = contents.get("question")
    asker = kind.recipient(kind.model._default_manager.get(pk=event.question_id))
    tell("experience_discussed", pk=about[1], target=("question", event.question_id), actor_id=asker.pk)
