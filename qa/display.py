"""Under which name each post appears: as its author chose, in two queries for a whole page."""

from collections.abc import Iterable

from community.core.contents import DisplayedAuthor
from community.core.prepared import Prepared
from community.members.display import DISPLAYED, RELATED, displayed
from community.members.models import Member
from community.spaces.models import Pseudonym

from .models import Naming, Question


def thread_space_id(post) -> int | None:
    return post.space_id if isinstance(post, Question) else post.question.space_id


def displayed_author(post) -> DisplayedAuthor:
    """The author of one post; for many, `Authors`."""
    pseudonym = None
    if post.naming == Naming.ANONYMOUS:
        known = Pseudonym.objects.filter(space=thread_space_id(post), member=post.author_id)
        pseudonym = known.values_list("number", flat=True).first()
    return displayed(post.author, post.naming, pseudonym)


_members = Prepared(lambda ids: Member.objects.filter(pk__in=ids).select_related(*RELATED).only(*DISPLAYED))
_numbers = Prepared(lambda ids: Pseudonym.objects.filter(member__in=ids).values_list("space_id", "member_id", "number"))


class Authors:
    """The displayed authors of posts (questions, answers, comments) that need not be joined to their members."""

    def __init__(self, posts: Iterable, *, also: Iterable[int] = ()):
        posts = list(posts)
        ids = {post.author_id for post in posts} | set(also)
        self.members = {member.pk: member for member in _members.rows(ids=sorted(ids))}
        self.pseudonyms = self._pseudonyms(posts)
        self._known: dict[tuple, DisplayedAuthor] = {}

    def _pseudonyms(self, posts: list) -> dict[tuple[int | None, int], int]:
        hidden = {post.author_id for post in posts if post.naming == Naming.ANONYMOUS}
        rows = _numbers.rows(ids=sorted(hidden))
        return {(space_id, member_id): number for space_id, member_id, number in rows}

    def of(self, post, space_id: int | None) -> DisplayedAuthor:
        """The author of a post of a thread of this space (none: the open community)."""
        space_id = space_id if post.naming == Naming.ANONYMOUS else None
        key = (post.author_id, post.naming, space_id)
        if key not in self._known:
            pseudonym = self.pseudonyms.get((space_id, post.author_id))
            self._known[key] = displayed(self.members[post.author_id], post.naming, pseudonym)
        return self._known[key]

    def named(self, member_id: int) -> DisplayedAuthor:
        """Somebody who signs what they say, such as the expert of an opinion."""
        key = (member_id, Naming.NAME, None)
        if key not in self._known:
            self._known[key] = displayed(self.members[member_id])
        return self._known[key]
