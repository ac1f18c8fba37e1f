"""Regions and départements shipped in `data/`, brought into the database."""

import json
from pathlib import Path

from django.db import transaction

from community.core.progress import Report
from community.taxonomy.reference import sync_rows

from .models import Territory
from .models.territory import TerritoryKind

DATA = Path(__file__).parent / "data"


@transaction.atomic
def load_territories(report: Report) -> None:
    """A region's code takes an `R`, as both series overlap."""
    regions = {
        f"R{row['code']}": {"name": row["nom"], "kind": TerritoryKind.REGION, "parent_id": None}
        for row in _read("regions.json")
    }
    known = sync_rows(Territory, "code", regions, report)
    departements = {}
    for row in _read("departements.json"):
        parent = known.get(f"R{row.get('region')}")
        if parent is None:
            report.skip("département dont la région manque")
            continue
        departements[row["code"]] = {
            "name": row["nom"],
            "kind": TerritoryKind.DEPARTEMENT,
            "parent_id": parent.pk,
        }
    sync_rows(Territory, "code", departements, report)


def _read(name: str) -> list[dict]:
    return json.loads((DATA / name).read_text(encoding="utf-8-sig"))
