"""The reference data come in whole, again and again."""

import io

import pytest
from django.core.management import call_command

from community.core.progress import Report
from community.members.models import Territory
from community.taxonomy import reference
from community.taxonomy.models import CpvCode, Objective, PurchaseFamily, Theme

pytestmark = pytest.mark.django_db


def load() -> str:
    out = io.StringIO()
    call_command("load_reference", stdout=out)
    return out.getvalue()


def test_everything_is_there_and_a_second_run_changes_nothing():
    first = load()
    assert CpvCode.objects.count() == 9454
    assert PurchaseFamily.objects.count() == 112
    assert PurchaseFamily.objects.top().count() == 18
    assert Objective.objects.count() == 23
    assert Theme.objects.filter(code="gouvernance").exists()
    assert Territory.objects.filter(kind="departement").count() == 107
    assert Territory.objects.get(code="974").parent.name == "La Réunion"
    assert "ajouts" in first
    second = load()
    assert "ajouts" not in second
    assert "mises à jour" not in second


def test_a_changed_label_is_mended_and_its_key_kept():
    load()
    family = PurchaseFamily.objects.get(code="TP")
    PurchaseFamily.objects.filter(pk=family.pk).update(label="Autre")
    assert "mises à jour : 1" in load()
    family.refresh_from_db()
    assert family.label == "Travaux publics et génie civil"


def test_dirty_rows_are_counted_by_kind_and_stop_nothing(monkeypatch):
    rows = [
        {"code": "45000000", "libelle_fr": "Travaux", "niveau": "division", "parent": ""},
        {"code": "45100000", "libelle_fr": "Terrains", "niveau": "groupe", "parent": "45000000"},
        {"code": "45100000", "libelle_fr": "Encore", "niveau": "groupe", "parent": "45000000"},
        {"code": "451", "libelle_fr": "Court", "niveau": "groupe", "parent": ""},
        {"code": "46110000", "libelle_fr": "Orphelin", "niveau": "classe", "parent": "46100000"},
        {"code": "47000000", "libelle_fr": None, "niveau": None, "parent": None},
    ]
    monkeypatch.setattr(reference, "read_rows", lambda name: iter(rows))
    report = Report()
    reference.load_cpv(report)
    assert CpvCode.objects.count() == 2
    assert report.skipped == {
        "code CPV illisible ou sans libellé": 2,
        "code CPV en double": 1,
        "code CPV dont le parent manque": 1,
    }
