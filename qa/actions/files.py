"""The files of a post that readers are shown no more: those of versions that moderators hid, and of corrections made
without trace.
"""

from community.core.html_to_markdown import html_to_markdown
from community.core.models import Attachment
from community.core.richtext import MAX_MARKDOWN, render
from community.core.uploads.actions import withhold_uploads
from qa.models import Answer, Question


def withhold_files(post: Question | Answer, *, may_hide: bool = True) -> None:
    """What neither the text nor a version that readers may open shows is withheld, and comes back with one of them.

    Under the lock of the thread, once the text or the version is written. `may_hide`: the act may have taken out the
    last text that shows a file; otherwise it may only bring one back.
    """
    kind = "answer" if isinstance(post, Answer) else "question"
    files = dict(Attachment.objects.filter(content_kind=kind, content_id=post.pk).values_list("token", "is_withheld"))
    if not any(may_hide or is_withheld for is_withheld in files.values()):
        return
    shown = _shown_in(post.body) | _shown_in(getattr(post, "tried", ""))
    versions = post.revisions.filter(hidden_at=None).values_list("body", "tried", "source_html")
    for body, tried, source_html in versions.iterator():
        shown |= _shown_in(body or html_to_markdown(source_html)) | _shown_in(tried)
    withhold_uploads(content_kind=kind, content_id=post.pk, tokens=files.keys() - shown)


def _shown_in(markdown: str) -> set[str]:
    """The tokens of the files of a text. Most texts have none and are not rendered: the word is in the address of each,
    unless some of its letters are written as entities.
    """
    if len(markdown) > MAX_MARKDOWN or not ("fichiers" in markdown or "&" in markdown):
        return set()
    return set(render(markdown).attachments)
