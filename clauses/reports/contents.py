"""The kinds « experience_report » and « usage_ask »."""

from django.utils.translation import gettext_lazy as _

from clauses.library.contents import clause_author
from community.core import contents
from community.core.contents import ContentKind

from . import permissions
from .actions.life import KIND, hide_experience
from .actions.usage_ask import KIND as ASK
from .addresses import address, experience_url
from .models import ExperienceReport, UsageAsk
from .querysets import readers_of_ask, readers_of_experience
from .shown import RELATED, shown_author


def register_kinds() -> None:
    contents.register(experience_kind())
    contents.register(ask_kind())


def hide(report: ExperienceReport, *, actor, reason: str) -> None:
    hide_experience(report=report, actor=actor, reason=reason)


def experience_kind() -> ContentKind:
    return ContentKind(
        name=KIND,
        is_prepared=True,
        label=_("Retour d’expérience"),
        icon="scroll-text",
        model=ExperienceReport,
        visible_to=lambda viewer: ExperienceReport.objects.visible_to(viewer),
        can_view=permissions.can_view_experience,
        readers=readers_of_experience,
        can_moderate=permissions.can_moderate,
        displayed_author=shown_author,
        recipient=lambda report: report.author,
        title=str,
        url=experience_url,
        space_id=lambda report: report.space_id,
        card_related=RELATED,
        text_fields=("title", "plain_text"),
        url_names=("experience_detail",),
        hide=hide,
        is_discussed=True,
        hides_author=permissions.hides_name,
    )


def ask_kind() -> ContentKind:
    """What the notification that asks about a clause leads to: the form, for who was asked and nobody else."""
    return ContentKind(
        name=ASK,
        is_prepared=True,
        label=_("Demande de retour d’usage"),
        icon="circle-help",
        model=UsageAsk,
        visible_to=lambda viewer: UsageAsk.objects.visible_to(viewer),
        can_view=permissions.can_view_ask,
        readers=readers_of_ask,
        can_moderate=lambda viewer, ask: False,
        displayed_author=lambda ask: clause_author(ask.clause),
        recipient=lambda ask: ask.member,
        title=lambda ask: ask.clause.title,
        url=lambda ask: address("usage_answer", pk=ask.pk),
        space_id=lambda ask: ask.clause.space_id,
        card_related=("member__organisation", "clause__space", "clause__author__organisation"),
    )
