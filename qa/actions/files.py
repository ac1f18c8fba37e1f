"""The files of a post, and those of its versions that moderators hid."""

from community.core.html_to_markdown import html_to_markdown
from community.core.models import Attachment
from community.core.richtext import MAX_MARKDOWN, render
from community.core.uploads.actions import withhold_uploads
from qa.models import Answer, Question


def withhold_files(post: Question | Answer) -> None:
    """What only hidden versions show goes with them, and comes back with one of them or with the published text.

    Under the lock of the thread, once the text or the version is written.
    """
    kind = "answer" if isinstance(post, Answer) else "question"
    if not Attachment.objects.filter(content_kind=kind, content_id=post.pk).exists():
        return
    shown = _shown_in(post.body) | _shown_in(getattr(post, "tried", ""))
    withdrawn: set[str] = set()
    versions = post.revisions.values_list("hidden_at", "body", "tried", "source_html")
    for hidden_at, body, tried, source_html in versions.iterator():
        found = shown if hidden_at is None else withdrawn
        found |= _shown_in(body or html_to_markdown(source_html)) | _shown_in(tried)
    withhold_uploads(content_kind=kind, content_id=post.pk, tokens=withdrawn - shown)


def _shown_in(markdown: str) -> set[str]:
    """The tokens of the files of a text. Most texts have none and are not rendered: the word is in the address of each,
    unless some of its letters are written as entities.
    """
    if len(markdown) > MAX_MARKDOWN or not ("fichiers" in markdown or "&" in markdown):
        return set()
    return set(render(markdown).attachments)
