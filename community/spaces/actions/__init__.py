from .accept_invitation import accept_invitation
from .approve_member import approve_member
from .change_role import change_role, change_roles
from .create_space import create_space
from .invite import decline_invitation, invite_to_space, resend_invitation, revoke_invitation
from .join_space import join_space
from .leave_space import leave_space
from .lift_anonymity import lift_anonymity
from .open_break_glass import close_break_glass, open_break_glass
from .remove_member import remove_member
from .remove_unverified import remove_unverified, remove_unverified_of
from .update_space import archive_space, set_territories, update_space

__all__ = [
    "accept_invitation",
    "approve_member",
    "archive_space",
    "change_role",
    "change_roles",
    "close_break_glass",
    "create_space",
    "decline_invitation",
    "invite_to_space",
    "join_space",
    "leave_space",
    "lift_anonymity",
    "open_break_glass",
    "remove_member",
    "remove_unverified",
    "remove_unverified_of",
    "resend_invitation",
    "revoke_invitation",
    "set_territories",
    "update_space",
]
