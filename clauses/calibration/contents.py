"""The kinds « calibration » and « calibration_reminder »: of the persons who asked, and of those who are asked."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.core import contents
from community.core.addresses import address
from community.core.contents import ContentKind, DisplayedAuthor
from community.core.ui import day_words
from community.members.display import displayed, related_for_display

from .models import CalibrationReminder, CalibrationRequest
from .permissions import can_view_calibration
from .querysets import readers_of_calibration


def register_kinds() -> None:
    contents.register(calibration_kind())
    contents.register(reminder_kind())


def calibration_kind() -> ContentKind:
    return ContentKind(
        name="calibration",
        is_prepared=True,
        label=_("Calibrage"),
        icon="heart-handshake",
        model=CalibrationRequest,
        visible_to=lambda viewer: CalibrationRequest.objects.visible_to(viewer),
        can_view=can_view_calibration,
        readers=readers_of_calibration,
        can_moderate=lambda viewer, request: False,
        displayed_author=lambda request: displayed(request.requester),
        recipient=lambda request: request.requester,
        title=lambda request: request.title,
        url=lambda request: address("calibration_detail", pk=request.pk),
        space_id=lambda request: None,
        card_related=related_for_display("requester"),
        url_names=("calibration_detail",),
    )


def reminder_kind() -> ContentKind:
    return ContentKind(
        name="calibration_reminder",
        is_prepared=True,
        label=_("Rappel"),
        icon="clock",
        model=CalibrationReminder,
        visible_to=lambda viewer: CalibrationReminder.objects.visible_to(viewer),
        can_view=lambda viewer, reminder: can_view_calibration(viewer, reminder.request),
        readers=lambda reminder, members: readers_of_calibration(reminder.request, members),
        can_moderate=lambda viewer, reminder: False,
        displayed_author=lambda reminder: DisplayedAuthor(name=said_of(reminder)),
        recipient=lambda reminder: reminder.request.requester,
        title=lambda reminder: reminder.request.title,
        url=lambda reminder: address("calibration_detail", pk=reminder.request_id),
        space_id=lambda reminder: None,
        card_related=("request",),
    )


def said_of(reminder: CalibrationReminder) -> str:
    """True whatever the day it is read on."""
    day = {"day": day_words(reminder.due_on)}
    if reminder.reason == "answer":
        return gettext("une réponse était attendue le %(day)s") % day
    return gettext("heures réalisées à relever, au %(day)s") % day
