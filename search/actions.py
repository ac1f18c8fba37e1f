"""What a member keeps of a search, and what the site learns of those that found nothing."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import F, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core.errors import Refused
from community.members.models import Member
from community.notifications.tasks import write_rows
from community.taxonomy.text import fold

from . import service
from .address import Asked
from .documents import microseconds
from .engines import Unavailable
from .models import MAX_ADDRESS, OutboxEntry, SavedSearch, SearchMiss
from .unread import unread_files

MAX_SAVED = 20
# More in one pass is an import, and the search itself has them all.
MAX_TOLD = 40
MAX_MISS = 80
# Nine digits and more are a telephone, a company or an account, however they are spaced.
LONG_NUMBER = re.compile(r"\+?\d(?:[\s.\-/]?\d){8,}")
# A name has no more (« Jean de La Fontaine »); a search has hardly more than those it is looked for among, and each run
# of them is asked of the database in one query.
MAX_NAME_WORDS = 5
MAX_WORDS_LOOKED_AT = 30
# Longer than a transaction, and than a server takes to show what it was told.
MARGIN = timedelta(seconds=10)
# A file takes minutes, thousands at once some hours; one from an old draft does not hold back the rest for ever.
LONGEST_READING = timedelta(days=1)


@transaction.atomic
def save_search(*, actor, asked: Asked) -> SavedSearch:
    """Its member is told of what comes to meet it from now on; at most twenty."""
    kept = SavedSearch.objects.of(actor)
    address = asked.address()
    known = kept.filter(address=address).first()
    if known:
        return known
    if not asked.text and not asked.filters.chosen():
        raise Refused(_("Écrivez ce que vous cherchez, puis enregistrez la recherche."))
    if len(address) > MAX_ADDRESS:
        raise Refused(_("Cette recherche est trop longue pour être gardée : ôtez des mots ou des filtres."))
    if kept.count() >= MAX_SAVED:
        raise Refused(
            _("Vous avez déjà %(count)d recherches enregistrées : supprimez-en une d’abord.") % {"count": MAX_SAVED}
        )
    return SavedSearch.objects.create(member=actor, address=address, label=asked.label(), told_until=timezone.now())


@transaction.atomic
def forget_search(*, actor, pk: int) -> None:
    """One's own; absent is as if it were forgotten."""
    SavedSearch.objects.of(actor).filter(pk=pk).delete()


def tell_saved_search(*, saved: SavedSearch, until: datetime | None = None) -> int:
    """Tells its member of what was written since and that she may read now; returns of how many. `until` is what
    `known_until` says, asked once for many searches.
    """
    until = until or known_until()
    asked = Asked.from_address(saved.address, saved.member)
    asked.filters.since, asked.filters.until = microseconds(saved.told_until), microseconds(until)
    # Her words as they are: what resembles them is no news of what she asked.
    asked.filters.exactly = True
    try:
        found = list(islice(_news(saved, asked), MAX_TOLD))
    except Unavailable:
        # Told at the next hour, from where it stood.
        return 0
    with transaction.atomic():
        for row in found:
            key = [row.kind, row.obj.pk]
            write_rows([saved.member_id], reason="saved_search", subject=key, target=key)
        # What was being written while this read is seen next time; nothing is told twice.
        SavedSearch.objects.filter(pk=saved.pk).update(told_until=max(saved.told_until, until - MARGIN))
    return len(found)


def _news(saved: SavedSearch, asked: Asked) -> Iterator[service.Result]:
    """What others wrote, page after page."""
    page, more = 1, True
    while more:
        results = service.search(saved.member, asked.text, asked.filters, page)
        yield from (row for row in results.rows if getattr(row.obj, "author_id", None) != saved.member_id)
        page, more = page + 1, results.more


def known_until() -> datetime:
    """Up to when the store has what was written: what waits for it is told of later, as are files not read yet, and a
    text of law that is not in force.
    """
    now = timezone.now()
    waiting = OutboxEntry.objects.order_by("at").values_list("at", flat=True).first()
    # Sent before the post that shows it, which is what is dated.
    sent = unread_files().aggregate(first=Min("created_at"))["first"]
    held = max(sent, now - LONGEST_READING) if sent else None
    return min(filter(None, (now, waiting, held)))


def record_miss(*, text: str) -> None:
    """The words only, cut and in lower case; an address, the name of a member, or a number long enough to be a
    person's is not kept.
    """
    text = LONG_NUMBER.sub(" ", text)
    words = [word for word in text.lower().split() if "@" not in word and sum(map(str.isdigit, word)) < 9]
    text = " ".join(words)[:MAX_MISS].strip()
    if len(text) < 3 or holds_a_name(words):
        return
    today = timezone.localdate()
    with transaction.atomic():
        miss, is_new = SearchMiss.objects.get_or_create(text=text, day=today)
        if not is_new:
            SearchMiss.objects.filter(pk=miss.pk).update(times=F("times") + 1)


def holds_a_name(words: list[str]) -> bool:
    """Whether somebody is named in full among these words, her last name before or after the first."""
    words = fold(" ".join(words)).split()[:MAX_WORDS_LOOKED_AT]
    names = set()
    for start in range(len(words)):
        for size in range(2, MAX_NAME_WORDS + 1):
            run = words[start : start + size]
            names |= {" ".join(run[turn:] + run[:turn]) for turn in range(len(run))}
    return bool(names) and Member.objects.filter(folded_name__in=names).exists()
