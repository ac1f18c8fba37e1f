"""The kinds « planned_purchase » and « step_reminder »: of named persons, in no space, moderated by nobody."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.core import contents
from community.core.addresses import address
from community.core.contents import ContentKind, DisplayedAuthor
from community.core.ui import day_words
from community.members.display import displayed

from .models import PlannedPurchase, StepReminder
from .permissions import can_view_purchase
from .querysets import readers_of_purchase
from .vocabularies import Step


def register_kinds() -> None:
    contents.register(purchase_kind())
    contents.register(reminder_kind())


def purchase_kind() -> ContentKind:
    return ContentKind(
        name="planned_purchase",
        is_prepared=True,
        label=_("Achat à venir"),
        icon="calendar",
        model=PlannedPurchase,
        visible_to=lambda viewer: PlannedPurchase.objects.visible_to(viewer),
        can_view=can_view_purchase,
        readers=readers_of_purchase,
        can_moderate=lambda viewer, purchase: False,
        displayed_author=lambda purchase: displayed(purchase.owner),
        recipient=lambda purchase: purchase.owner,
        title=lambda purchase: purchase.title,
        url=lambda purchase: address("purchase_detail", pk=purchase.pk),
        space_id=lambda purchase: None,
        card_related=("owner__organisation",),
        url_names=("purchase_detail",),
    )


def reminder_kind() -> ContentKind:
    """What a reminder leads to: the step of a purchase, on the day that it was reminded for."""
    return ContentKind(
        name="step_reminder",
        is_prepared=True,
        label=_("Rappel"),
        icon="clock",
        model=StepReminder,
        visible_to=lambda viewer: StepReminder.objects.visible_to(viewer),
        can_view=lambda viewer, reminder: can_view_purchase(viewer, reminder.purchase),
        readers=lambda reminder, members: readers_of_purchase(reminder.purchase, members),
        can_moderate=lambda viewer, reminder: False,
        displayed_author=lambda reminder: DisplayedAuthor(name=said_of(reminder)),
        recipient=lambda reminder: reminder.purchase.owner,
        title=lambda reminder: reminder.purchase.title,
        url=lambda reminder: address("purchase_detail", pk=reminder.purchase_id),
        space_id=lambda reminder: None,
        card_related=("purchase__owner",),
    )


def said_of(reminder: StepReminder) -> str:
    """« sourcer, le 8 février 2027 »: true whatever the day it is read on."""
    step = str(Step(reminder.step).label).lower()
    return gettext("%(step)s, le %(day)s") % {"step": step, "day": day_words(reminder.due_on)}
