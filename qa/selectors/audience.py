"""Who will read what is about to be published, said before it is."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.core.ui import number
from community.members.models import Member
from community.spaces.models import Space, SpaceVisibility
from community.spaces.querysets import readers_of_space


def audience_sentence(space: Space | None) -> str:
    if space is None or space.visibility == SpaceVisibility.OPEN:
        return _("Visible par tous, même sans compte.")
    count = readers_of_space(space, Member.objects.persons()).count()
    return ngettext("%(count)s personne peut lire.", "%(count)s personnes peuvent lire.", count) % {
        "count": number(count)
    }
