from datetime import timedelta

from django.utils import timezone

from .models import Draft

KEPT_DAYS = 180


def purge_drafts() -> int:
    """The recurring job: deletes the drafts left alone for 180 days. Returns how many."""
    limit = timezone.now() - timedelta(days=KEPT_DAYS)
    deleted, _detail = Draft.objects.filter(updated_at__lt=limit).delete()
    return deleted


def uploads_in_drafts(tokens) -> set[str]:
    """Those of these uploads that a draft mentions and that must therefore be kept."""
    wanted = set(tokens)
    found: set[str] = set()
    for fields in Draft.objects.values_list("fields", flat=True).iterator(chunk_size=200):
        words = str(fields)
        found |= {token for token in wanted - found if token in words}
    return found
