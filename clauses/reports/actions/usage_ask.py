"""« L’avez-vous utilisée dans un marché ? »: asked once of who took a clause away, and never again once settled."""

from collections import Counter, defaultdict
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from clauses.library.models import Clause, ClauseCopy
from clauses.library.querysets import readers_of_clause
from clauses.library.vocabularies import READABLE_STATES
from clauses.reports import permissions
from clauses.reports.models import UsageAsk, UsageReport
from community.members.models import Member
from community.notifications.models import Subscription
from community.notifications.tasks import write_rows

REASON, KIND = "usage_asked", "usage_ask"
# Older than this, a copy is not remembered; and a first run must not ask about years of them.
WINDOW = timedelta(days=365)
# A dossier takes twenty clauses in a day: they are asked a few at a time.
ASKS_A_RUN = 2
MAX_COPIES = 2_000


def copies_to_ask():
    """Versions taken away long enough ago, of which nothing was asked or said; the oldest first."""
    now = timezone.now()
    delay = timedelta(days=settings.USAGE_ASK_DAYS)
    about = {"clause": OuterRef("clause"), "member": OuterRef("member")}
    asked = UsageAsk.objects.filter(**about)
    muted = Subscription.objects.filter(
        member=OuterRef("member"), kind="clause", object_id=OuterRef("clause"), level="none"
    )
    return (
        ClauseCopy.objects.filter(
            ~Exists(asked.filter(Q(version=OuterRef("version")) | Q(declined_at__isnull=False))),
            ~Exists(UsageReport.objects.filter(**about)),
            ~Exists(muted),
            last_at__lte=now - delay,
            last_at__gt=now - delay - WINDOW,
            clause__state__in=READABLE_STATES,
            clause__hidden_at=None,
        )
        .order_by("last_at", "pk")
        .values_list("clause", "member", "version")[:MAX_COPIES]
    )


@transaction.atomic
def ask_usages_unguarded() -> int:
    """The recurring job: asks those who may read the clause today; returns how many were asked."""
    versions: dict[int, dict[int, int]] = defaultdict(dict)
    for clause_id, member_id, version in copies_to_ask():
        versions[clause_id].setdefault(member_id, version)
    clauses = Clause.objects.select_related("space", "family").in_bulk(versions.keys())
    asked: Counter[int] = Counter()
    for pk, copied in versions.items():
        readers = readers_of_clause(clauses[pk], Member.objects.persons().filter(pk__in=copied))
        for member_id in readers.order_by("pk").values_list("pk", flat=True):
            if asked[member_id] < ASKS_A_RUN:
                asked[member_id] += _ask(pk, member_id, copied[member_id])
    return asked.total()


def _ask(clause_id: int, member_id: int, version: int) -> bool:
    ask, new = UsageAsk.objects.get_or_create(clause_id=clause_id, member_id=member_id, version=version)
    if new:
        write_rows([member_id], reason=REASON, subject=[KIND, ask.pk], target=[KIND, ask.pk])
    return new


@transaction.atomic
def decline_usage(*, clause: Clause, actor) -> None:
    """« Non, pas dans un marché »: of no version of this clause is it asked again."""
    permissions.require(permissions.can_report(actor, clause))
    UsageAsk.objects.get_or_create(clause=clause, member=actor, version=clause.version)
    UsageAsk.objects.filter(clause=clause, member=actor, declined_at=None).update(declined_at=timezone.now())
