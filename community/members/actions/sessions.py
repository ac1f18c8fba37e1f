from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

from community.core.errors import Refused
from community.members.models import Member


def close_session(*, actor: Member, pk: int) -> None:
    """Signs one device out at once; somebody else's session is as absent as one already closed."""
    session = UserSession.objects.filter(user=actor, pk=pk).first()
    if session is None:
        raise Refused(_("Cette session est déjà fermée."))
    session.end()


def close_other_sessions(*, actor: Member, current_key: str) -> int:
    others = UserSession.objects.filter(user=actor).exclude(session_key=current_key)
    count = 0
    for session in others:
        session.end()
        count += 1
    return count
