"""The pages of experience reports, as their readers get them."""

import pytest
from django.urls import reverse

from clauses.reports.addresses import experience_url, reports_url
from clauses.reports.models import ExperienceReport
from community.core.ui import typography
from community.taxonomy.tags import tags_for
from tests.factories import (
    ClauseFactory,
    ExperienceReportFactory,
    MemberFactory,
    PurchaseFamilyFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def full_report(**fields):
    family = PurchaseFamilyFactory(label="Restauration", swatch="restauration")
    return ExperienceReportFactory(
        family=family,
        themes=[ThemeFactory(label="Gouvernance")],
        clauses=[ClauseFactory(title="Relevé trimestriel")],
        tags=tags_for(["réemploi"]),
        amount=742_000,
        bids=4,
        weight=30,
        price_gap=32,
        texts={"need": "Savoir.", "worked": "- tirer au sort", "difficulties": "Certificats périmés."},
        **fields,
    )


def test_a_page_tells_the_story_and_its_figures(client):
    report = full_report()
    page = client.get(experience_url(report)).content.decode()
    for words in (
        "742\u202f000\u202f€ HT",
        "+3,2\u202f%",
        "Gouvernance",
        "Relevé trimestriel",
        "réemploi",
        "Ce qui a marché",
    ):
        assert words in page, words


def test_a_wrong_slug_leads_to_the_right_one(client):
    report = full_report()
    page = client.get(reverse("experience_detail", args=[report.pk, "autre"]))
    assert page.status_code == 301
    assert page["Location"] == experience_url(report)


def test_the_library_shows_cards_figures_and_facets(client):
    reports = [full_report() for _number in range(3)]
    page = client.get(reports_url())
    text = page.content.decode()
    assert all(typography(report.title) in text for report in reports)
    assert page.context["total"] == "3 retours"
    assert ("offres reçues, en médiane", "4") in page.context["figures"]


@pytest.mark.django_db
def test_the_form_asks_previews_and_publishes(client):
    member = MemberFactory()
    client.force_login(member)
    url = reverse("experience_share")
    assert client.get(url).status_code == 200
    words = {
        "title": "Écrans reconditionnés, sans une panne",
        "outcome": "awarded",
        "need": "Équiper.",
        "naming": "anonymous",
    }
    page = client.post(url, {**words, "preview": "1"})
    assert page.status_code == 200
    assert "Membre anonyme, identité vérifiée" in page.content.decode()
    assert not ExperienceReport.objects.exists()
    page = client.post(url, words)
    report = ExperienceReport.objects.get()
    assert page.status_code == 302, page.content.decode()
    assert page["Location"] == experience_url(report)
    assert report.is_published
