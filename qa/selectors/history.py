"""What a post said before: public like the post itself, but for what moderators hid."""

from dataclasses import dataclass
from datetime import datetime

from community.core.contents import DisplayedAuthor
from community.core.diff import DiffLine, diff_texts
from community.core.html_to_markdown import html_to_markdown

from ..display import Authors
from ..models import Answer, PostRevision, Question
from ..permissions import can_moderate

PAGE_SIZE = 10


@dataclass(slots=True)
class Version:
    number: int
    label: str
    author: DisplayedAuthor
    moment: datetime
    hidden: bool
    is_first: bool
    changes: list[DiffLine]
    pk: int
    may_hide: bool = False


@dataclass(slots=True)
class History:
    versions: list[Version]
    older: int | None


def revision_text(revision: PostRevision) -> str:
    """Everything a revision says. An imported one keeps its HTML, turned into Markdown each time it is read."""
    if revision.source_html and not revision.body:
        revision.body = html_to_markdown(revision.source_html)
    return revision.as_text


def versions_of(post: Question | Answer, question: Question, *, viewer, before: str) -> History:
    """Latest first, each beside the one before it that this reader sees: the change after a hidden revision would
    otherwise show what was hidden.
    """
    moderates = can_moderate(viewer, question)
    revisions = post.revisions.order_by("-number")
    if not moderates:
        revisions = revisions.filter(hidden_at=None)
    if before.isascii() and before.isdigit() and len(before) < 10:
        revisions = revisions.filter(number__lt=int(before))
    found = list(revisions[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    authors = Authors([post], also={each.author_id for each in shown if each.author_id})
    versions = []
    for rank, revision in enumerate(shown):
        previous = found[rank + 1] if rank + 1 < len(found) else None
        version = _version(revision, previous, authors, post, question)
        # The published text is hidden with its post: only past versions are taken out of the history.
        version.may_hide = moderates and (rank > 0 or bool(before))
        versions.append(version)
    return History(versions, shown[-1].number if len(found) > PAGE_SIZE else None)


def _version(revision, previous, authors: Authors, post, question: Question) -> Version:
    own = revision.by_post_author or revision.author_id in (None, post.author_id)
    return Version(
        pk=revision.pk,
        number=revision.number,
        label=revision.reason,
        author=authors.of(post, question.space_id) if own else authors.named(revision.author_id),
        moment=revision.created_at,
        hidden=revision.hidden_at is not None,
        is_first=previous is None,
        changes=diff_texts(revision_text(previous), revision_text(revision)) if previous else [],
    )
