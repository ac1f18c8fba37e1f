"""Synonyms as the queries use them, and what the search keeps of its own."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.cache import cache
from django.db.models import Count, Max

from .analysis.synonyms import Synonyms
from .models import AttachmentText, SavedSearch, SearchMiss, SynonymGroup

CHECKED_SECONDS = 30
CHECKED = "search:synonyms"
MOST_MISSES = 100
_made: dict[str, Synonyms] = {}


def synonyms() -> Synonyms:
    """Read again when a group changed, in this process or, within half a minute, in another."""
    state = cache.get(CHECKED)
    if state is None:
        figures = SynonymGroup.objects.aggregate(number=Count("pk"), last=Max("changed_at"))
        state = f"{figures['number']}:{figures['last']}"
        cache.set(CHECKED, state, CHECKED_SECONDS)
    if state not in _made:
        _made.clear()
        _made[state] = Synonyms.from_lines(SynonymGroup.objects.values_list("terms", flat=True))
    return _made[state]


def forget_synonyms() -> None:
    cache.delete(CHECKED)


def attached_texts(kind: str, pks: Iterable[int]) -> dict[int, str]:
    """By object, what its files say, each under its name."""
    rows = AttachmentText.objects.filter(attachment__content_kind=kind, attachment__content_id__in=list(pks))
    # Whoever finds the post reads its excerpt: what is its moderators’ alone is not in it.
    rows = rows.filter(attachment__is_withheld=False).exclude(text="").order_by("attachment")
    found: dict[int, list[str]] = defaultdict(list)
    for pk, name, text in rows.values_list("attachment__content_id", "attachment__name", "text"):
        if pk is not None:
            found[pk].append(f"{name} : {text}")
    return {pk: "\n".join(texts) for pk, texts in found.items()}


def saved_searches_of(member) -> list[SavedSearch]:
    return list(SavedSearch.objects.of(member))


def searches_without_result() -> list[tuple[str, int]]:
    return list(SearchMiss.objects.most_asked()[:MOST_MISSES])
