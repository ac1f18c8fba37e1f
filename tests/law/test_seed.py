"""The law shipped with the product comes in again and again, and never over what a jurist wrote."""

from datetime import date

import pytest
from django.core.management import call_command

from community.core.progress import Report
from community.law import actions
from community.law.keys import article_key, article_label
from community.law.models import LegalChange, LegalProvision, LegalText, Obligation, Threshold
from community.law.reference import load_law, read

pytestmark = pytest.mark.django_db


def test_a_second_run_changes_nothing(law):
    changes = LegalChange.objects.count()
    report = Report()
    load_law(report)
    assert not any("ajouts" in what or "mises à jour" in what for what in report.done)
    assert LegalChange.objects.count() == changes


def test_the_command_of_reference_data_brings_the_law(db):
    call_command("load_reference", verbosity=0)
    assert Obligation.objects.count() == len(read("echeances"))


@pytest.mark.parametrize(
    ("slug", "day"),
    [
        ("code-de-la-commande-publique", date(2019, 4, 1)),
        ("agec-premier-decret", date(2021, 1, 1)),
        ("loi-climat-publiee", date(2021, 8, 24)),
        ("re2020-logements", date(2022, 1, 1)),
        ("egalim-50-20", date(2022, 1, 1)),
        ("re2020-bureaux-enseignement", date(2022, 7, 1)),
        ("spaser-50-millions", date(2023, 1, 1)),
        ("re2020-extensions", date(2023, 1, 1)),
        ("spaser-tous-acheteurs", date(2023, 10, 24)),
        ("donnees-essentielles", date(2024, 1, 1)),
        ("egalim-60-viandes-poissons", date(2024, 1, 1)),
        ("agec-decret-2024-134", date(2024, 7, 1)),
        ("energies-renouvelables", date(2024, 7, 1)),
        ("re2020-carbone-2025", date(2025, 1, 1)),
        ("seuils-europeens-2026", date(2026, 1, 1)),
        ("travaux-100-000", date(2026, 1, 1)),
        ("chiffre-d-affaires", date(2026, 1, 1)),
        ("egalim-outre-mer-2026", date(2026, 1, 1)),
        ("fournitures-services-60-000", date(2026, 4, 1)),
        ("critere-environnemental", date(2026, 8, 21)),
        ("condition-environnementale", date(2026, 8, 21)),
        ("condition-sociale", date(2026, 8, 21)),
        ("agec-2027", date(2027, 1, 1)),
        ("alerte-seuils-europeens", date(2027, 11, 1)),
        ("seuils-europeens-2028", date(2028, 1, 1)),
        ("egalim-outre-mer-2030", date(2030, 1, 1)),
        ("agec-2030", date(2030, 1, 1)),
    ],
)
def test_every_line_of_the_legal_calendar_is_there(law, slug, day):
    line = Obligation.objects.get(slug=slug)
    assert line.starts_on == day
    assert line.source
    assert line.to_check is (line.verified_on is None)


def test_each_row_is_either_verified_or_to_check(law):
    for model in (LegalText, LegalProvision, Threshold, Obligation):
        for row in model.objects.all():
            assert row.source, row
            assert row.to_check is (row.verified_on is None), row


def test_what_a_jurist_wrote_is_hers(law, jurist):
    text = LegalText.objects.get(slug="loi-reen")
    text.to_check, text.verified_on, text.scope = False, date(2026, 11, 20), "Relu"
    actions.edit_text(actor=jurist, text=text)
    line = Obligation.objects.get(slug="agec-2030")
    actions.edit_obligation(actor=jurist, obligation=line, texts=[], provisions=[])
    report = Report()
    load_law(report)
    text.refresh_from_db()
    assert (text.scope, text.to_check) == ("Relu", False)
    assert not line.texts.exists()
    assert report.done["textes, tenus par l’équipe juridique"] == 1


def test_what_differs_from_the_file_and_nobody_edited_is_mended(law):
    LegalText.objects.filter(slug="loi-agec").update(scope="Autre")
    report = Report()
    load_law(report)
    assert report.done["textes, mises à jour"] == 1
    assert LegalText.objects.get(slug="loi-agec").scope.startswith("Article 58")


def test_periods_of_the_file_do_not_overlap(law):
    for threshold in Threshold.objects.all():
        others = Threshold.objects.filter(key=threshold.key).exclude(pk=threshold.pk)
        assert not others.overlapping(threshold.applies_from, threshold.applies_until).exists(), threshold


@pytest.mark.parametrize(
    ("label", "key", "shown"),
    [
        ("L. 2112-2", "L2112-2", "L.\u00a02112-2"),
        ("l\u00a02112\u20112", "L2112-2", "L.\u00a02112-2"),
        ("R.2152-7", "R2152-7", "R.\u00a02152-7"),
        ("35", "35", "35"),
    ],
)
def test_articles_have_one_key(label, key, shown):
    assert (article_key(label), article_label(article_key(label))) == (key, shown)
