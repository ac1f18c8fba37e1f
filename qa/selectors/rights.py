"""What one reader may do in one thread and on each of its posts: the shape of `permissions` that a page needs.

The role and the expertise are read with the thread, so that a page of any length asks for them once. The truth table
of `tests/qa/test_thread_rights.py` holds this shape and the predicates together.
"""

from dataclasses import dataclass

from community.spaces.models import MODERATING_ROLES, SpaceVisibility
from community.spaces.permissions import can_open_break_glass

from ..models import Naming, Question, ThreadKind, ThreadState


@dataclass(frozen=True, slots=True)
class PostRights:
    vote: bool = False
    edit: bool = False
    delete: bool = False
    accept: bool = False
    endorse: bool = False
    doubt: bool = False
    hide: bool = False
    comment: bool = False
    exchange: bool = False


NO_RIGHTS = PostRights()


class ThreadRights:
    """`question` comes from `thread_for`, which annotates `viewer_role` and `viewer_is_expert`."""

    def __init__(self, viewer, question: Question):
        self.viewer = viewer
        self.question = question
        self.signed_in = viewer.is_authenticated
        self.is_author = self.signed_in and question.author_id == viewer.pk
        # Under embargo nobody else reads the thread, so nobody moderates it.
        self.published = question.state != ThreadState.EMBARGOED
        self.in_charge = self._in_charge()
        self.moderate = self.in_charge and self.published
        self.take_part = self._take_part()
        self.answer = self.take_part and question.state == ThreadState.OPEN and not question.is_gone
        self.close = self.published and not question.is_gone and (self.is_author or self.moderate)
        self.separate = self.close and question.duplicate_of_id is not None and (self.moderate or self._closed_it())
        self.lift_anonymity = can_open_break_glass(viewer)
        self.publish = self.is_author and not self.published
        self.endorse = self.signed_in and question.viewer_is_expert

    def _closed_it(self) -> bool:
        """Who brought two questions together takes them apart; what the moderators did is theirs to undo."""
        return self.question.closed_by_id == self.viewer.pk

    def _in_charge(self) -> bool:
        if not self.signed_in:
            return False
        if self.question.space is None:
            return self.viewer.is_staff
        return self.question.viewer_role in MODERATING_ROLES

    def _take_part(self) -> bool:
        if not self.signed_in:
            return False
        space = self.question.space
        if space is None:
            return True
        if space.archived_at is not None:
            return False
        if self.question.viewer_role is not None:
            return True
        if space.visibility == SpaceVisibility.OPEN:
            return True
        return space.visibility == SpaceVisibility.MEMBERS and self.viewer.is_verified

    def on(self, post) -> PostRights:
        """A question or an answer of this thread, which the viewer may see."""
        if not self.signed_in:
            return NO_RIGHTS
        own = post.author_id == self.viewer.pk
        here = not post.is_gone
        on_others = here and not own
        is_answer = post is not self.question
        return PostRights(
            vote=on_others and self.published and self.take_part,
            edit=self._edit(post, own),
            delete=post.deleted_at is None and (own or self.in_charge),
            accept=is_answer and here and self._accept(),
            endorse=is_answer and on_others and self.endorse,
            doubt=is_answer and on_others and self.take_part and self.viewer.is_verified,
            hide=self.moderate and post.deleted_at is None,
            comment=self.answer and here,
            exchange=post.naming == Naming.ANONYMOUS and post.deleted_at is None and (own or self.moderate),
        )

    def _edit(self, post, own: bool) -> bool:
        if post.deleted_at is not None:
            return False
        if self.in_charge:
            return True
        if post.hidden_at is not None:
            return False
        return (own or post.is_wiki) and self.take_part

    def _accept(self) -> bool:
        if self.question.is_gone or self.question.kind != ThreadKind.QUESTION:
            return False
        return self.is_author or self.in_charge
