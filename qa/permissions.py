"""Who may see and do what with a thread and its posts; the list shape of the sight rules is in `querysets`."""

from django.db.models import Q

from community.core import contents
from community.members.models import Expertise
from community.spaces import permissions as spaces
from community.spaces.permissions import require
from community.spaces.querysets import readers_of_space

from .models import Answer, AnswerDoubt, Comment, Naming, PrivateExchange, Question, ThreadState


def can_view_question(viewer, question: Question) -> bool:
    # A deleted question is gone for everyone; its answers with it.
    if question.deleted_at is not None:
        return False
    # The author keeps her own as long as she may enter the place where it stands.
    if viewer.is_authenticated and question.author_id == viewer.pk:
        return spaces.can_view_content(viewer, question.space)
    # Under embargo it is its author's alone, moderators included.
    if question.state == ThreadState.EMBARGOED:
        return False
    if not spaces.can_view_content(viewer, question.space, written_at=question.created_at):
        return False
    # What a moderator hid is for those who moderate there.
    return question.hidden_at is None or spaces.can_moderate(viewer, question.space)


def can_view_answer(viewer, answer: Answer) -> bool:
    if not can_view_question(viewer, answer.question):
        return False
    if answer.deleted_at is not None:
        return spaces.can_moderate(viewer, answer.question.space)
    if answer.hidden_at is not None:
        own = viewer.is_authenticated and answer.author_id == viewer.pk
        return own or spaces.can_moderate(viewer, answer.question.space)
    return True


def can_view_comment(viewer, comment: Comment) -> bool:
    if not can_view_question(viewer, comment.question):
        return False
    if comment.answer is not None and not can_view_answer(viewer, comment.answer):
        return False
    if comment.deleted_at is not None:
        return spaces.can_moderate(viewer, comment.question.space)
    if comment.hidden_at is not None:
        own = viewer.is_authenticated and comment.author_id == viewer.pk
        return own or spaces.can_moderate(viewer, comment.question.space)
    return True


def readers_of_question(question: Question, members):
    """Those of `members` who may read the question, in one query (the fan-out shape of the rule)."""
    if question.deleted_at is not None:
        return members.none()
    own = readers_of_space(question.space, members).filter(pk=question.author_id)
    if question.state == ThreadState.EMBARGOED:
        return own
    inside = readers_of_space(question.space, members, since=question.created_at)
    if question.hidden_at is not None:
        inside = moderators_of(question, inside)
    return members.filter(pk__in=(inside.values("pk") | own.values("pk")))


def readers_of_answer(answer: Answer, members):
    """Those of `members` who may read the answer, in one query."""
    return readers_of_post(answer, readers_of_question(answer.question, members))


def readers_of_comment(comment: Comment, members):
    """Those of `members` who may read the comment, in one query."""
    above = readers_of_question(comment.question, members)
    if comment.answer is not None:
        above = readers_of_post(comment.answer, above)
    return readers_of_post(comment, above)


def readers_of_post(post, readers):
    """Those of the thread's readers who may read this answer or comment of it."""
    if not post.is_gone:
        return readers
    moderators = moderators_of(post.question, readers)
    if post.deleted_at is not None:
        return moderators
    return readers.filter(Q(pk__in=moderators.values("pk")) | Q(pk=post.author_id))


def moderators_of(question: Question, members):
    return moderators_in(question.space, members)


def moderators_in(space, members):
    if space is None:
        return members.filter(is_staff=True)
    return members.filter(memberships__space=space, memberships__role__in=spaces.MODERATING_ROLES)


def can_ask_in(member, space) -> bool:
    return spaces.can_ask_in(member, space)


def can_announce_in(member, space) -> bool:
    """Announcements are the moderators’."""
    return spaces.can_moderate(member, space)


def can_take_part(member, question: Question) -> bool:
    """May the member write in this thread, as far as persons and places go? Whether it is open is its own affair."""
    return spaces.can_write_in(member, question.space) and can_view_question(member, question)


def can_answer(member, question: Question) -> bool:
    # An open thread, which the member reads, in a place where she may write.
    if question.state != ThreadState.OPEN or question.is_gone:
        return False
    return can_take_part(member, question)


def can_comment(member, question: Question) -> bool:
    return can_answer(member, question)


def can_vote(member, post) -> bool:
    """One finds others’ posts useful, not one’s own."""
    question = post if isinstance(post, Question) else post.question
    if not member.is_authenticated or post.author_id == member.pk or post.is_gone:
        return False
    if question.state == ThreadState.EMBARGOED:
        return False
    return spaces.can_write_in(member, question.space) and can_view_question(member, question)


def can_edit(member, post) -> bool:
    """The author, the moderators, and on a wiki post those who may write there."""
    question = post if isinstance(post, Question) else post.question
    if not member.is_authenticated or post.deleted_at is not None:
        return False
    if not can_view_question(member, question):
        return False
    if spaces.can_moderate(member, question.space):
        return True
    if post.hidden_at is not None:
        return False
    # What an archived space keeps is read, and changes no more.
    return (post.author_id == member.pk or post.is_wiki) and spaces.can_write_in(member, question.space)


def can_mend(member, post) -> bool:
    """May the member bring the citations of a question or an answer up to date?"""
    return type(post).objects.mendable_by(member).filter(pk=post.pk).exists()


def can_delete(member, post) -> bool:
    question = post if isinstance(post, Question) else post.question
    if not member.is_authenticated or post.deleted_at is not None or not can_view_question(member, question):
        return False
    return post.author_id == member.pk or spaces.can_moderate(member, question.space)


def can_accept(member, answer: Answer) -> bool:
    """The asker, or those who moderate there; an answer that can still be read."""
    question = answer.question
    if not member.is_authenticated or answer.is_gone or question.is_gone or question.kind != "question":
        return False
    if question.author_id == member.pk:
        return can_view_question(member, question)
    return spaces.can_moderate(member, question.space)


def can_endorse(member, answer: Answer) -> bool:
    """A current expertise of the question’s family, or of all; never on one’s own answer."""
    question = answer.question
    if not member.is_authenticated or answer.author_id == member.pk or answer.is_gone:
        return False
    if not can_view_question(member, question):
        return False
    return Expertise.objects.current().filter(member=member).covering(question.family).exists()


def can_doubt(member, answer: Answer) -> bool:
    """« Réponse à vérifier » is said by those who may write there, verified, of others’ answers."""
    if not member.is_authenticated or not member.is_verified or answer.author_id == member.pk or answer.is_gone:
        return False
    return can_take_part(member, answer.question)


def can_settle_doubt(member, doubt: AnswerDoubt) -> bool:
    """Who said it, or else than the answer’s author: the moderators, an expert of the matter."""
    answer = doubt.answer
    if not member.is_authenticated or not can_view_answer(member, answer):
        return False
    if doubt.member_id == member.pk:
        return True
    if answer.author_id == member.pk:
        return False
    return spaces.can_moderate(member, answer.question.space) or can_endorse(member, answer)


def can_edit_comment(member, comment: Comment) -> bool:
    """Nobody rewrites another’s remark."""
    if not member.is_authenticated or comment.author_id != member.pk or comment.is_gone:
        return False
    return can_take_part(member, comment.question)


def can_promote_comment(member, comment: Comment) -> bool:
    """Its author or the moderators split a comment into an answer; the thread must take answers."""
    if not member.is_authenticated or comment.is_gone or not can_view_comment(member, comment):
        return False
    question = comment.question
    if question.state != ThreadState.OPEN or question.is_gone:
        return False
    return comment.author_id == member.pk or can_moderate(member, question)


def can_make_wiki(member, post) -> bool:
    """Its author opens her text to all, or the moderators do."""
    return (can_edit(member, post) and post.author_id == member.pk) or can_hide(member, post)


def can_hide(member, post) -> bool:
    """Hiding and restoring a question, an answer or a comment: the moderators."""
    question = post if isinstance(post, Question) else post.question
    return can_moderate(member, question) and can_view_question(member, question) and post.deleted_at is None


def can_write_exchange(member, post) -> bool:
    """About an anonymous post: its author, and the moderators of its place."""
    if not isinstance(post, Question | Answer):
        return _can_write_about(member, post)
    question = post if isinstance(post, Question) else post.question
    if not member.is_authenticated or post.naming != Naming.ANONYMOUS or post.deleted_at is not None:
        return False
    if not can_view_question(member, question):
        return False
    return post.author_id == member.pk or can_moderate(member, question)


def _can_write_about(member, content) -> bool:
    """The same about a content of another room, whose registry says whether its author is hidden."""
    kind = contents.kind_of(content)
    if not member.is_authenticated or kind.hides_author is None or not kind.hides_author(content):
        return False
    if not kind.can_view(member, content):
        return False
    return content.author_id == member.pk or kind.can_moderate(member, content)


def can_open_exchange(member, post) -> bool:
    """Those who moderate where it stands write first."""
    if not isinstance(post, Question | Answer):
        return _can_write_about(member, post) and contents.kind_of(post).can_moderate(member, post)
    question = post if isinstance(post, Question) else post.question
    return can_write_exchange(member, post) and can_moderate(member, question)


def can_view_exchange(viewer, exchange: PrivateExchange) -> bool:
    """The author of the post and the moderators of the place where it was written, who may see the post itself."""
    post = exchange.post
    if not viewer.is_authenticated:
        return False
    seen = contents.kind_of(post).can_view(viewer, post)
    return seen and (post.author_id == viewer.pk or spaces.can_moderate(viewer, exchange.space))


def can_reply_in_exchange(member, exchange: PrivateExchange) -> bool:
    # Once the thread has moved, one side of it is gone: those who animate the new place begin anew.
    if not exchange.is_current:
        return False
    return can_view_exchange(member, exchange) and can_write_exchange(member, exchange.post)


def readers_of_exchange(exchange: PrivateExchange, members):
    """Those of `members` who may read the exchange, in one query."""
    post = exchange.post
    parties = Q(pk=post.author_id) | Q(pk__in=moderators_in(exchange.space, members).values("pk"))
    return contents.kind_of(post).readers(post, members).filter(parties)


def can_moderate(member, question: Question) -> bool:
    return spaces.can_moderate(member, question.space) and question.state != ThreadState.EMBARGOED


def can_close(member, question: Question) -> bool:
    """The asker closes her own; moderators close any."""
    if not member.is_authenticated or question.is_gone or question.state == ThreadState.EMBARGOED:
        return False
    return question.author_id == member.pk or can_moderate(member, question)


def can_move(member, question: Question, space) -> bool:
    """Rights on both sides: one moderates where the thread is and where it goes."""
    return can_moderate(member, question) and spaces.can_moderate(member, space)


def can_publish(member, question: Question) -> bool:
    return question.state == ThreadState.EMBARGOED and member.is_authenticated and question.author_id == member.pk


__all__ = ["require"]
