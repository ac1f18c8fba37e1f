"""How the list of drafts names a note and reopens it: its answers are kept with it."""

from django.utils.translation import gettext as _

from community.reading.drafts import DraftPlace, register_form
from community.reading.models import Draft

from ..addresses import address

PREFIX = "note-elus"


def register_drafts() -> None:
    register_form(PREFIX, places_of_notes)


def places_of_notes(member, keys: list[str]) -> dict[str, DraftPlace]:
    drafts = Draft.objects.filter(member=member, key__in=keys)
    return {
        draft.key: DraftPlace(
            label=_("Note pour mes élus"), url=f"{address('obligations_note')}?{draft.fields.get('query', '')}"
        )
        for draft in drafts
    }
