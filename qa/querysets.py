"""The list shape of the rules whose predicate shape is in `permissions`; both are told there."""

from typing import Any

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from community.core import contents
from community.core.unindexed import Unindexed
from community.law.permissions import can_edit_law
from community.spaces.querysets import content_in_readable_space_q, moderated_q, own_q, told_to_newcomers_q


class QuestionQuerySet(QuerySet):
    def visible_to(self, viewer):
        # Her own she keeps as long as she may enter the place where it stands. Said beside each condition rather than
        # around them all: PostgreSQL plans a list of "or" in a third of the time of an "or" of lists.
        own = own_q(viewer)
        return self.filter(
            content_in_readable_space_q(viewer),
            told_to_newcomers_q(viewer, since="created_at") | own,
            # Under embargo it is its author's alone, moderators included.
            ~Q(state="embargoed") | own,
            # What a moderator hid is for those who moderate there.
            Q(hidden_at=None) | moderated_q(viewer) | own,
            deleted_at=None,
        )

    def mendable_by(self, member):
        """Those whose citations the member may bring up to date; a wiki is changed by its form."""
        return self.visible_to(member).filter(hidden_at=None, deleted_at=None).filter(mendable_q(member))

    def published(self):
        return self.exclude(state="embargoed").filter(hidden_at=None, deleted_at=None)

    def of_kind(self, kind):
        return self.filter(kind=kind)

    def unanswered(self):
        return self.filter(kind="question", answer_count=0, state="open")

    def resolved(self):
        return self.filter(accepted_answer__isnull=False)

    def unresolved(self):
        return self.filter(kind="question", accepted_answer=None, state="open")

    def in_family(self, family):
        """Those filed under the family or below it."""
        return self.filter(Q(family=family) | Q(family__parent=family))

    def in_space(self, space):
        return self.filter(space=space)

    def in_territory(self, territory):
        return self.filter(Q(territory=territory) | Q(territory__parent=territory))

    def tagged(self, tag, *, is_common=False):
        """A common tag is asked of each thread, in the order of the list; another gives its few threads."""
        if is_common:
            items = apps.get_model("qa", "QuestionTag").objects.filter(tag=tag, content_object=OuterRef("pk"))
            return self.filter(Exists(items))
        return self.filter(tagged_items__tag=tag)

    def asked_by(self, member):
        return self.filter(author=member)

    def followed_by(self, member):
        Subscription = apps.get_model("notifications", "Subscription")
        followed = Subscription.objects.filter(member=member, kind="question").exclude(level="none")
        return self.filter(pk__in=followed.values("object_id"))

    def with_read_position(self, member):
        """Adds `read_position`: the number of the last post read, 0 for a thread never opened."""
        ReadMark = apps.get_model("reading", "ReadMark")
        mark = ReadMark.objects.filter(member=member, kind="question", object_id=OuterRef("pk"))
        return self.annotate(read_position=mark.values("position")[:1])

    def unread_by(self, member):
        """Threads opened before and continued since."""
        ReadMark = apps.get_model("reading", "ReadMark")
        behind = ReadMark.objects.filter(
            member=member, kind="question", object_id=OuterRef("pk"), position__lt=OuterRef("post_count")
        )
        return self.filter(Exists(behind))

    def new_to(self, member, *, since):
        """Threads asked since then and never opened."""
        ReadMark = apps.get_model("reading", "ReadMark")
        opened = ReadMark.objects.filter(member=member, kind="question", object_id=OuterRef("pk"))
        # Read in the order of the list until its page is full, rather than all that was asked since then, to sort it.
        asked = self.alias(asked_at=Unindexed("created_at"))
        return asked.filter(~Exists(opened), asked_at__gte=since).exclude(author=member)

    def pinned(self):
        return self.filter(pinned_until__gt=timezone.now())

    def recent(self):
        return self.order_by("-last_activity_at", "-pk")

    def newest(self):
        return self.order_by("-created_at", "-pk")

    def most_needed(self):
        return self.order_by("-same_need_count", "-pk")


class AnswerQuerySet(QuerySet):
    def visible_to(self, viewer):
        """Answers of visible questions; what is hidden or deleted is for those who moderate there."""
        Question = apps.get_model("qa", "Question")
        return self.filter(standing_q(viewer), question__in=Question.objects.visible_to(viewer))

    def mendable_by(self, member):
        return self.visible_to(member).published().filter(mendable_q(member, "question__"))

    def published(self):
        return self.filter(hidden_at=None, deleted_at=None)


class CommentQuerySet(QuerySet):
    def visible_to(self, viewer):
        return self._under_seen_by(viewer).filter(standing_q(viewer))

    def placed_for(self, viewer):
        """Those that have a place in the threads that the viewer reads: a deleted one keeps its own, empty, for who
        would have read it. A deleted answer takes the places under it with it.
        """
        kept = Q(answer=None) | Q(answer__deleted_at=None)
        return self._under_seen_by(viewer).filter(unhidden_q(viewer), kept)

    def _under_seen_by(self, viewer):
        """Under a question or an answer that the viewer may see."""
        Question = apps.get_model("qa", "Question")
        # Comments of an answer stand in its thread, whose rule is then asked once; without answer, `standing_q` finds
        # nothing hidden nor deleted.
        in_thread = Q(answer=None) | Q(answer__question=F("question"))
        return self.filter(
            in_thread,
            standing_q(viewer, "answer__"),
            question__in=Question.objects.visible_to(viewer),
        )


def standing_q(viewer, prefix: str = "") -> Q:
    """Of the posts of visible threads: what is hidden is for its author and for those who moderate; what is
    deleted, for these alone.

    `prefix` is the lookup that leads from a comment to its answer, with its `__`.
    """
    return (Q(**{f"{prefix}deleted_at": None}) | moderated_q(viewer, "question__")) & unhidden_q(viewer, prefix)


def unhidden_q(viewer, prefix: str = "") -> Q:
    """What is hidden is for its author and for those who moderate."""
    return Q(**{f"{prefix}hidden_at": None}) | own_q(viewer, prefix) | moderated_q(viewer, "question__")


def mendable_q(member, prefix: str = "") -> Q:
    """One's own posts and, in the open community, a jurist's all, in threads that are not closed; those who moderate
    mend any.
    """
    if not member.is_authenticated:
        return Q(pk__in=[])
    mine = Q(author=member)
    if can_edit_law(member):
        mine |= Q(**{f"{prefix}space": None})
    return moderated_q(member, prefix) | (mine & ~Q(**{f"{prefix}state": "closed"}))


class ExchangeQuerySet(QuerySet):
    def visible_to(self, viewer):
        """The author of the post and the moderators of the place where it was written, who may see the post itself."""
        if not viewer.is_authenticated:
            return self.none()
        Question = apps.get_model("qa", "Question")
        Answer = apps.get_model("qa", "Answer")
        # An exchange is about one thing: a question, an answer, or a content of another room.
        party = Q(question__author=viewer) | Q(answer__author=viewer) | Q(author=viewer) | moderated_q(viewer)
        seen = Q(question__in=Question.objects.visible_to(viewer)) | Q(answer__in=Answer.objects.visible_to(viewer))
        return self.filter(party, seen | seen_contents_q(viewer))

    def about(self, post):
        return self.filter(**exchange_key(post))


def seen_contents_q(viewer) -> Q:
    """Exchanges about contents of other rooms, through the registry."""
    found = Q(pk__in=[])
    for kind in contents.kinds():
        if kind.hides_author is not None:
            found |= Q(kind=kind.name, object_id__in=kind.visible_to(viewer).values("pk"))
    return found


def exchange_key(post) -> dict[str, Any]:
    """The columns that say what an exchange is about."""
    kind = contents.kind_of(post)
    if kind.name in ("question", "answer"):
        return {kind.name: post}
    return {"kind": kind.name, "object_id": post.pk, "author_id": post.author_id}


class ExchangeMessageQuerySet(QuerySet):
    def visible_to(self, viewer):
        Exchange = apps.get_model("qa", "PrivateExchange")
        return self.filter(exchange__in=Exchange.objects.visible_to(viewer))
