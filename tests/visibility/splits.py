"""Comments that became answers: what is left of each leads only who may see its answer."""

from django.utils import timezone

from qa.addresses import answer_url
from tests.factories import CommentFactory


def build_splits(world, place: str) -> None:
    """One for each answer of the thread that everyone of the place reads, whatever became of that answer."""
    question = world.in_row("question", f"published.{place}").obj
    for item in [each for each in world.of("answer") if each.obj.question_id == question.pk]:
        token = world.token()
        comment = CommentFactory(
            question=question,
            author=world.actors["author"],
            created_at=question.created_at,
            text=f"Et pour {token} ?",
            deleted_at=timezone.now(),
            became_answer=item.obj,
        )
        world.add(f"deleted_post.{place}", "comment", comment, token, place)
        world.add(item.row, "split", comment, answer_url(item.obj), place)
