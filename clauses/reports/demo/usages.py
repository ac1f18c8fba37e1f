"""What became of the clauses of the demonstration in invented contracts."""

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db.models import F

from clauses.library.demo.loading import source_key
from clauses.library.demo.reading import read_life
from clauses.library.models import Clause
from clauses.reports.models import UsageReport
from community.core.demo import Demo
from community.core.ui import typography


def load_usages(demo: Demo) -> None:
    clauses = {clause.source_key: clause for clause in Clause.objects.filter(source_key__startswith=source_key(""))}
    for fields in read_life()["usage"]:
        clause, member = clauses[source_key(fields["clause"])], demo.members[fields["by"]]
        report, new = UsageReport.objects.get_or_create(
            member=member,
            client_token=uuid5(NAMESPACE_URL, f"{clause.source_key}/{fields['by']}"),
            defaults={
                "clause": clause,
                "version": clause.version,
                "adapted": fields.get("adapted"),
                "bids": fields.get("bids"),
                "outcome": fields["outcome"],
                "would_reuse": fields.get("would_reuse"),
                "note": typography(fields["note"]),
            },
        )
        if new:
            UsageReport.objects.filter(pk=report.pk).update(created_at=demo.now - timedelta(days=fields["days"]))
            Clause.objects.filter(pk=clause.pk).update(use_count=F("use_count") + 1)
            demo.report.did("retours d’usage")
