from allauth.account.auth_backends import AuthenticationBackend

from community.core.prepared import Prepared

from .models import Member

_member = Prepared(lambda pk: Member._default_manager.filter(pk=pk))


class MemberBackend(AuthenticationBackend):
    """allauth's, whose query of each request is compiled once."""

    def get_user(self, user_id: int) -> Member | None:
        found = _member.rows(pk=user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None
