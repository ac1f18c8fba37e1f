from .expertise import grant_expertise, revoke_expertise
from .ghosts import approve_ghost_claim, refuse_ghost_claim, request_ghost_claim
from .organisations import add_domain, confirm_organisation, propose_organisation
from .profile import follow_topics, register_member, update_profile
from .sessions import close_other_sessions, close_session
from .verification import mark_verified, recheck_verification, verify_by_domain

__all__ = [
    "add_domain",
    "approve_ghost_claim",
    "close_other_sessions",
    "close_session",
    "confirm_organisation",
    "follow_topics",
    "grant_expertise",
    "mark_verified",
    "propose_organisation",
    "recheck_verification",
    "refuse_ghost_claim",
    "register_member",
    "request_ghost_claim",
    "revoke_expertise",
    "update_profile",
    "verify_by_domain",
]
