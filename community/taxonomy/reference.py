"""The vocabularies shipped in `data/`, brought into the database: again and again without harm."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Model

from community.core.progress import Report
from community.core.slugs import slug_of

from .evidence import read_rows, significant_digits
from .models import CpvCode, Objective, Pillar, PurchaseFamily, Theme

# The kit's ten card colours (static/css/components/label.css) for the eighteen top families.
SWATCHES = {
    "ALI": "restauration",
    "BAT": "batiment",
    "TP": "batiment",
    "NUM": "numerique",
    "MOB": "mobilier",
    "TEX": "textile",
    "MOBI": "mobilite",
    "EV": "paysage",
    "NET": "entretien",
    "ENE": "energie",
    "DEC": "entretien",
    "FOU": "mobilier",
    "COM": "services",
    "PI": "services",
    "SEC": "services",
    "SAN": "numerique",
    "INS": "services",
    "IMM": "batiment",
}
_LEVELS = 8


def sync_rows(model: type[Model], key: str, rows: dict[str, dict], report: Report) -> dict[str, Model]:
    """Creates what is missing, writes what differs, touches nothing else; rows are their fields by the key's value."""
    known = {getattr(row, key): row for row in model._base_manager.filter(**{f"{key}__in": rows})}
    missing = [model(**{key: value, **fields}) for value, fields in rows.items() if value not in known]
    changed, names = [], set()
    for value, row in known.items():
        if stale := {name for name, new in rows[value].items() if getattr(row, name) != new}:
            for name in stale:
                setattr(row, name, rows[value][name])
            changed.append(row)
            names |= stale
    model._base_manager.bulk_create(missing, batch_size=1000)
    if changed:
        model._base_manager.bulk_update(changed, sorted(names), batch_size=500)
    label = str(model._meta.verbose_name_plural)
    report.did(f"{label}, à jour", len(rows) - len(missing) - len(changed))
    report.did(f"{label}, ajouts", len(missing))
    report.did(f"{label}, mises à jour", len(changed))
    known.update({getattr(row, key): row for row in missing})
    return known


@transaction.atomic
def load_cpv(report: Report) -> None:
    rows: dict[str, tuple[str, dict]] = {}
    for row in read_rows("cpv_fr.csv"):
        code, label = (row.get("code") or "").strip(), (row.get("libelle_fr") or "").strip()
        if len(code) != 8 or not code.isdigit() or not label:
            report.skip("code CPV illisible ou sans libellé")
        elif code in rows:
            report.skip("code CPV en double")
        else:
            rows[code] = (row.get("parent") or "", {"label": label[:300], "level": row.get("niveau") or ""})
    known: dict[str, Model] = {}
    waiting = rows
    # Parents before children: a level of the tree at each turn.
    for _level in range(_LEVELS):
        ready = {code: item for code, item in waiting.items() if not item[0] or item[0] in known}
        if not ready:
            break
        fields = {
            code: {**values, "parent_id": known[parent].pk if parent else None}
            for code, (parent, values) in ready.items()
        }
        known.update(sync_rows(CpvCode, "code", fields, report))
        waiting = {code: item for code, item in waiting.items() if code not in ready}
    report.skip("code CPV dont le parent manque", len(waiting))


@transaction.atomic
def load_families(report: Report) -> None:
    codes = set(CpvCode.objects.values_list("code", flat=True))
    tops: dict[str, dict] = {}
    children: dict[str, tuple[str, dict]] = {}
    for position, row in enumerate(read_rows("familles_achat.csv"), start=1):
        code, label, parent = (row.get(name) or "" for name in ("code", "libelle", "parent"))
        if not code or not label or code in tops or code in children:
            report.skip("famille sans code, sans libellé ou en double")
            continue
        fields = {
            "label": label.replace("'", "’"),
            "slug": slug_of(f"{code} {label}" if parent else label, longest=120),
            "position": position,
            "cpv_prefixes": _prefixes(row.get("cpv") or "", codes, report),
            "swatch": SWATCHES.get(parent or code, ""),
        }
        if parent:
            children[code] = (parent, fields)
        else:
            tops[code] = {**fields, "parent_id": None}
    known = sync_rows(PurchaseFamily, "code", tops, report)
    orphans = [code for code, (parent, _fields) in children.items() if parent not in known]
    report.skip("famille dont la famille mère manque", len(orphans))
    rows = {
        code: {**fields, "parent_id": known[parent].pk}
        for code, (parent, fields) in children.items()
        if parent in known
    }
    sync_rows(PurchaseFamily, "code", rows, report)


def _prefixes(cell: str, codes: set[str], report: Report) -> list[str]:
    prefixes = []
    for cpv in cell.split():
        if cpv in codes:
            prefixes.append(significant_digits(cpv))
        else:
            report.skip("code CPV d’une famille absent de la liste")
    return prefixes


@transaction.atomic
def load_objectives(report: Report) -> None:
    rows = {}
    for position, row in enumerate(read_rows("objectifs.csv"), start=1):
        if row.get("pilier") not in Pillar.values or not row.get("code"):
            report.skip("objectif sans code ou sans pilier connu")
            continue
        rows[row["code"]] = {
            "label": row["libelle"],
            "help": row["aide"],
            "pillar": row["pilier"],
            "eforms_code": row["eforms"],
            "position": position,
        }
    sync_rows(Objective, "code", rows, report)


@transaction.atomic
def load_themes(report: Report) -> None:
    rows = {
        row["code"]: {"label": row["libelle"], "help": row["aide"], "position": position}
        for position, row in enumerate(read_rows("themes.csv"), start=1)
    }
    sync_rows(Theme, "code", rows, report)


LOADERS: tuple[tuple[str, Callable[[Report], None]], ...] = (
    ("Codes CPV", load_cpv),
    ("Familles d’achats", load_families),
    ("Objectifs", load_objectives),
    ("Thèmes", load_themes),
)
