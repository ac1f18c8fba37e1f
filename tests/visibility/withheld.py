"""A file that a past version of a question showed, and that went with it when the moderators hid it."""

from community.core.models import Attachment
from qa.actions.revision import hide_revision
from qa.models import PostRevision


def withhold(world, place: str, question, attachment: Attachment) -> None:
    """The file is in the first version alone; the text that stands is the second."""
    texts = (f"Voici la pièce : {attachment.markdown}", question.body)
    for number, body in enumerate(texts, start=1):
        version = PostRevision(question=question, number=number, body=body, author=question.author)
        version.title, version.created_at = question.title, question.created_at
        version.save()
    speaker = world.actors["staff" if place == "community" else "moderator"]
    hide_revision(revision=question.revisions.get(number=1), actor=speaker, reason="Une adresse privée s’y lit.")
    attachment.refresh_from_db()
    assert attachment.is_withheld
