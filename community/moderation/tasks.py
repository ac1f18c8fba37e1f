"""What follows a change of the law: the contents that cite it wait to be read again."""

from django.db.models import Q
from django_tasks import task

from community.core.models import Reference
from community.law.models import LegalChange, LegalProvision, LegalText, Nature
from community.law.selectors.citing import reaches_articles

from .actions import queue_contents_unguarded, refile_items_unguarded

BATCH = 400


@task()
def queue_citing(*, cause_kind: str, cause_id: int, change_id: int) -> int:
    """Queues every content that refers to the text or the article; running it twice queues nothing more."""
    change = LegalChange.objects.values_list("change", flat=True).filter(pk=change_id).first() or ""
    citing = Reference.objects.filter(cited_as(cause_kind, cause_id, change))
    queued, last = 0, 0
    while rows := list(citing.filter(pk__gt=last).order_by("pk").values_list("pk", "source_kind", "source_id")[:BATCH]):
        last = rows[-1][0]
        keys = sorted({(kind, pk) for _row, kind, pk in rows})
        queued += queue_contents_unguarded(cause_kind=cause_kind, cause_id=cause_id, change_id=change_id, keys=keys)
    return queued


def cited_as(cause_kind: str, cause_id: int, change: str) -> Q:
    """A text takes its articles with it, when `reaches_articles` says so. An article's change also concerns who cites
    its text as a whole, unless that text is a code, which says nothing of one article.
    """
    if cause_kind == "legal_text":
        if not reaches_articles(cause_id, change):
            return Q(target_kind="legal_text", target_id=cause_id)
        articles = LegalProvision.objects.filter(text=cause_id).values("pk")
        return Q(target_kind="legal_text", target_id=cause_id) | Q(
            target_kind="legal_provision", target_id__in=articles
        )
    texts = LegalText.objects.filter(provisions=cause_id).exclude(nature=Nature.CODE).values("pk")
    return Q(target_kind="legal_provision", target_id=cause_id) | Q(target_kind="legal_text", target_id__in=texts)


@task()
def refile_items(*, space_id: int | None) -> None:
    refile_items_unguarded(space_id=space_id)
