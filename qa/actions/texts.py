"""What every action that stores a member's text does with it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from community.core.errors import Invalid
from community.core.references import record_references
from community.core.richtext import (
    MAX_MARKDOWN,
    Rendered,
    link_names,
    names_in_markdown,
    names_in_text,
    normalise_text,
    render,
    set_mention_names,
)
from community.core.ui import number
from community.core.uploads.actions import attach_uploads
from community.members.models import Member
from community.spaces.pseudonyms import pseudonym_number
from community.taxonomy.text import fold
from qa import limits
from qa.models import Answer, Naming, Question
from qa.selectors.mentionable import bearers_of, mentionable_in

MAX_TRIED = 5_000


@dataclass(frozen=True, slots=True)
class Written:
    """A text put on a post, with what it points at; `mentioned_ids` are members who may read it."""

    rendered: tuple[Rendered, ...]
    mentioned_ids: tuple[int, ...]


def write_body(post, markdown: str, *, actor) -> Written:
    """Puts a rich text on a question or an answer, unsaved. Raises Invalid on an empty or overlong text, or when it
    mentions more members than the actor may.

    A mention of somebody who may not read the thread keeps its words and loses its link.
    """
    question = post.question if isinstance(post, Answer) else post
    require_length(markdown, MAX_MARKDOWN, field="body")
    rendered = post.set_body(markdown)
    if not rendered.text and not rendered.attachments:
        raise Invalid(_("Écrivez votre message avant de le publier."), field="body")
    mentioned = find_mentioned(rendered.mentions, question=question, actor=actor)
    if rendered.mentions:
        names = {member.public_id: str(member) for member in mentioned}
        rendered = post.set_body(set_mention_names(markdown, names))
    return Written((rendered,), tuple(member.pk for member in mentioned))


def write_typed_body(post, markdown: str, *, actor) -> Written:
    """`write_body` for a text that its author sends, and types names in."""
    return write_body(post, typed_body(post, markdown, actor=actor), actor=actor)


def typed_body(post, markdown: str, *, actor) -> str:
    """With its mentions; a text that was stored and comes back the same is not read for names: it stays the same."""
    if normalise_text(markdown) == post.body:
        return markdown
    question = post.question if isinstance(post, Answer) else post
    return with_typed_mentions(markdown, question=question, actor=actor)


def write_tried(question: Question, markdown: str) -> Rendered:
    require_length(markdown, MAX_TRIED, field="tried")
    question.tried = normalise_text(set_mention_names(markdown, {})).strip()
    rendered = render(question.tried)
    question.tried_html = rendered.html
    return rendered


def find_mentioned(public_ids: tuple[str, ...], *, question: Question, actor, field: str = "body") -> list[Member]:
    """The members named in a text, among those who may read the thread's place; one query."""
    if not public_ids:
        return []
    most = limits.most_mentions(actor)
    if len(public_ids) > most:
        raise Invalid(_("Un message mentionne au plus %(count)d personnes. Retirez-en.") % {"count": most}, field=field)
    readers = mentionable_in(question.space, since=question.created_at)
    return list(readers.filter(public_id__in=public_ids).order_by("pk"))


def with_typed_mentions(text: str, *, question: Question, actor, is_markdown: bool = True) -> str:
    """The text as its author sends it, each « @Prénom Nom » made a mention when one person who may be mentioned bears
    that name, whatever the case and the accents; those of several, of nobody, in quotes or in code stay words.

    As many as may be mentioned are looked for, in one query; a text without such a name asks nothing.
    """
    if "@" not in text or len(text) > MAX_MARKDOWN:
        return text
    text = normalise_text(text)
    names = (names_in_markdown if is_markdown else names_in_text)(text)[: limits.most_mentions(actor)]
    if not names:
        return text
    readers = mentionable_in(question.space, since=question.created_at).exclude(pk=actor.pk)
    wanted = {fold(reading) for name in names for reading in name.readings}
    return link_names(text, names, bearers_of(wanted, among=readers), key=fold)


def record_text(post, written: Written, *, actor) -> None:
    """Once the post has its key: what it cites, and the files that it carries."""
    kind = "answer" if isinstance(post, Answer) else "question"
    record_references(
        kind=kind,
        pk=post.pk,
        paths=[path for rendered in written.rendered for path in rendered.references],
        text="\n".join(rendered.text for rendered in written.rendered),
    )
    tokens = [token for rendered in written.rendered for token in rendered.attachments]
    attach_uploads(content_kind=kind, content_id=post.pk, tokens=tokens, actor=actor)


def require_length(text: str, most: int, *, field: str) -> None:
    if len(text) > most:
        raise Invalid(
            _("Ce texte compte %(length)s caractères, il en faut au plus %(most)s. Raccourcissez-le.")
            % {"length": number(len(text)), "most": number(most)},
            field=field,
        )


def one_line(text: str) -> str:
    """A title, a reason, a comment's line: normalised, spaces joined."""
    return " ".join(normalise_text(text).split())


def require_reason(reason: str, *, most: int, field: str = "reason") -> str:
    reason = one_line(reason)
    if not reason:
        raise Invalid(_("Indiquez un motif : il sera montré aux personnes concernées."), field=field)
    require_length(reason, most, field=field)
    return reason


def sent_before(posts, *, actor, client_token: UUID | None):
    """What the same form already made: a second click, or a resend after a lost answer."""
    if client_token is None:
        return None
    # Nearly always nothing: the key alone is asked, the post where there is one.
    pk = posts.filter(author=actor, client_token=client_token).values_list("pk", flat=True).first()
    return None if pk is None else posts.get(pk=pk)


def is_resend(before, post, *columns: str) -> bool:
    """The same form with the same words. With other words, by the browser's back button, it makes another post."""
    if before is None:
        return False
    if all(getattr(before, column) == getattr(post, column) for column in columns):
        return True
    post.client_token = None
    return False


def refuse_same_text(posts, *, actor, **texts) -> None:
    since = timezone.now() - timedelta(seconds=limits.SAME_TEXT_SECONDS)
    if posts.filter(author=actor, created_at__gte=since, deleted_at=None, **texts).exists():
        raise Invalid(
            _("Vous venez de publier ce même texte. Modifiez-le, ou attendez quelques minutes."),
            field=next(reversed(texts)),
        )


def settle_naming(naming: str, *, actor, space) -> str:
    """The way the author chose to be named; an anonymous one gets a lasting pseudonym in the place."""
    if naming not in Naming.values:
        raise Invalid(_("Choisissez comment apparaître parmi ce qui est proposé."), field="naming")
    if naming == Naming.ANONYMOUS:
        pseudonym_number(space, actor)
    return naming
