"""The law shipped in `data/`, brought into the database: what a jurist edited since is hers, and stays."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Model

from community.core.progress import Report
from community.core.ui import typography

from .keys import article_key, article_label
from .models import ChangeKind, LegalChange, LegalProvision, LegalText, Obligation, Threshold
from .snapshots import KIND_OF, differences, snapshot

DATA = Path(__file__).parent / "data"
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_NUMBER_SIGN = re.compile(r"\bn° ")


def load_law(report: Report) -> None:
    with transaction.atomic():
        texts = load_texts(report)
        provisions = load_provisions(report, texts)
        load_thresholds(report, provisions)
        load_obligations(report, texts, provisions)


def read(name: str) -> list[dict[str, Any]]:
    with (DATA / f"{name}.toml").open("rb") as file:
        (rows,) = tomllib.load(file).values()
    return [{name: dressed(value) if isinstance(value, str) else value for name, value in row.items()} for row in rows]


def dressed(words: str) -> str:
    """French no-break spaces, which nobody types in a data file."""
    return _NUMBER_SIGN.sub("n°\u00a0", _THOUSANDS.sub("\u202f", typography(words)))


def sourced(row: dict) -> dict:
    return {
        "source": row.get("source", ""),
        "verified_on": row.get("verifie_le"),
        "to_check": row.get("a_verifier", False),
    }


def load_texts(report: Report) -> dict[str, LegalText]:
    rows = read("textes")
    fields = {
        row["slug"]: {
            "nature": row["nature"],
            "number": row.get("numero", ""),
            "short_title": row["nom"],
            "title": row["intitule"],
            "aliases": row.get("alias", []),
            "in_force_from": row.get("en_vigueur"),
            "repealed_on": row.get("abroge"),
            "scope": row.get("champ", ""),
            "note": row.get("note", ""),
            **sourced(row),
        }
        for row in rows
    }
    keeper = Keeper(LegalText, report)
    texts = {slug: keeper.keep({"slug": slug}, values) for slug, values in fields.items()}
    # A second turn, as a text may be replaced by one that stands lower in the file.
    for row in rows:
        successor = texts[row["remplace_par"]] if "remplace_par" in row else None
        keeper.keep({"slug": row["slug"]}, {"replaced_by_id": successor and successor.pk}, counted=False)
    keeper.tell()
    return texts


def load_provisions(report: Report, texts: dict[str, LegalText]) -> dict[str, LegalProvision]:
    keeper = Keeper(LegalProvision, report)
    found = {}
    for row in read("articles"):
        text, key = texts[row["texte"]], article_key(row["article"])
        values = {
            "label": article_label(article_key(row["article"])),
            "title": row["objet"],
            "summary": row.get("resume", ""),
            "changed": row.get("change", ""),
            "in_force_from": row.get("en_vigueur"),
            "repealed_on": row.get("abroge"),
            **sourced(row),
        }
        found[f"{text.slug}:{key}"] = keeper.keep({"text_id": text.pk, "key": key}, values)
    keeper.tell()
    return found


def load_thresholds(report: Report, provisions: dict) -> None:
    keeper = Keeper(Threshold, report)
    for row in read("seuils"):
        values = {
            "label": row["libelle"],
            "amount": Decimal(row["montant"]),
            "applies_until": row.get("au"),
            "concerns": row.get("concerne", ""),
            **sourced(row),
        }
        threshold = keeper.keep({"key": row["cle"], "applies_from": row["du"]}, values)
        if threshold.pk not in keeper.edited:
            threshold.provisions.set([provisions[name] for name in row.get("articles", [])])
    keeper.tell()


def load_obligations(report: Report, texts: dict, provisions: dict) -> None:
    keeper = Keeper(Obligation, report)
    for row in read("echeances"):
        values = {
            "starts_on": row["date"],
            "year_only": row.get("annee", False),
            "ends_on": row.get("dernier_jour"),
            "title": row["titre"],
            "summary": row.get("resume", ""),
            "scope": row.get("champ", ""),
            "threshold_text": row.get("seuil", ""),
            "audiences": row.get("publics", []),
            "is_essential": row.get("essentiel", False),
            **sourced(row),
        }
        obligation = keeper.keep({"slug": row["slug"]}, values)
        if obligation.pk not in keeper.edited:
            obligation.texts.set([texts[slug] for slug in row.get("textes", [])])
            obligation.provisions.set([provisions[name] for name in row.get("articles", [])])
    keeper.tell()


class Keeper:
    """Creates what is missing, mends what differs from the file, leaves alone what somebody edited on the site."""

    def __init__(self, model: type[Model], report: Report):
        self.model, self.report, self.kind = model, report, KIND_OF[model]
        edits = LegalChange.objects.of_its_fields().filter(kind=self.kind, by_loader=False)
        self.edited = set(edits.values_list("object_id", flat=True))
        self.counts = {"à jour": 0, "ajouts": 0, "mises à jour": 0, "tenus par l’équipe juridique": 0}

    def keep(self, key: dict, values: dict, *, counted: bool = True) -> Any:
        obj = self.model._base_manager.filter(**key).first()
        if obj is None:
            obj = self.model._base_manager.create(**key, **values)
            self.record(ChangeKind.CREATED, obj, {}, snapshot(obj))
            self.count("ajouts", counted)
        elif obj.pk in self.edited:
            self.count("tenus par l’équipe juridique", counted)
        else:
            before = snapshot(obj)
            for name, value in values.items():
                setattr(obj, name, value)
            was, became = differences(before, snapshot(obj))
            if became:
                obj.save()
                self.record(ChangeKind.EDITED, obj, was, became)
            self.count("mises à jour" if became else "à jour", counted)
        return obj

    def record(self, change: str, obj: Any, before: dict, after: dict) -> None:
        LegalChange.objects.create(
            kind=self.kind, object_id=obj.pk, change=change, by_loader=True, before=before, after=after
        )

    def count(self, what: str, counted: bool) -> None:
        self.counts[what] += counted

    def tell(self) -> None:
        for what, times in self.counts.items():
            self.report.did(f"{self.model._meta.verbose_name_plural}, {what}", times)
