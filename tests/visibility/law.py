"""A text of law that everything in the world cites, and what waits to be read again because it changed."""

from django.utils import timezone

from community.core import contents
from community.core.models import Reference
from community.law.models import LegalProvision, LegalText
from community.moderation.models import ReviewItem

CITING = ("question", "answer", "comment", "page")


def build_law(world) -> None:
    text_token, article_token = world.token(), world.token()
    text = LegalText.objects.create(
        slug=f"texte-{text_token}",
        nature="law",
        short_title=f"Loi {text_token}",
        title=f"Loi {text_token}",
        repealed_on=timezone.localdate(),
    )
    article = LegalProvision.objects.create(text=text, key="7", label="7", title=f"Objet {article_token}")
    world.add("law", "legal_text", text, text_token)
    world.add("law", "legal_provision", article, article_token)
    for item in world.of(*CITING):
        cause = ("legal_text", text.pk) if item.kind == "question" else ("legal_provision", article.pk)
        Reference.objects.get_or_create(
            source_kind=item.kind, source_id=item.obj.pk, target_kind=cause[0], target_id=cause[1]
        )
        review, _created = ReviewItem.objects.get_or_create(
            kind=item.kind,
            object_id=item.obj.pk,
            cause_kind=cause[0],
            cause_id=cause[1],
            defaults={"space_id": contents.get(item.kind).space_id(item.obj), "change_id": 1},
        )
        if item.kind == "question" and item.row.startswith("published."):
            # Its word is nowhere: what a review shows is the content's own.
            world.add(f"review.{item.place}", "law_review", review, world.token(), item.place)
