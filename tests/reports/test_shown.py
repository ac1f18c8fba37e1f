"""What others see of a report: one place decides, whatever page, feed or search shows it."""

from datetime import date

import pytest
from django.urls import reverse

from clauses.reports import facets
from clauses.reports.identity import telling_words, traces
from clauses.reports.shown import byline, gap_words, masked_lines, show_report, shown_author
from tests.factories import (
    ExperienceReportFactory,
    MemberFactory,
    OrganisationFactory,
    SpaceFactory,
    TerritoryFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """A report that hides nothing, of a town in a département of a région."""
    region = TerritoryFactory(code="R32", kind="region", name="Hauts-de-France")
    town = OrganisationFactory(name="Communauté d’agglomération du Val d’Ormel")
    return ExperienceReportFactory(
        author=MemberFactory(first_name="Nora", last_name="Belhadj", organisation=town, job="Acheteuse"),
        organisation=town,
        territory=TerritoryFactory(code="62", name="Pas-de-Calais", parent=region),
        buyer="town",
        size="under_100k",
        amount=742_000,
        launched_on=date(2025, 1, 14),
        price_gap=32,
    )


def test_hiding_nothing_everything_is_said(told):
    shown = show_report(told)
    assert shown.author.name == "Nora Belhadj"
    assert shown.buyer == "Communauté d’agglomération du Val d’Ormel"
    assert shown.place.name == "Pas-de-Calais"
    assert shown.amount == "742\u202f000\u202f€ HT"
    assert shown.launched == "14 janvier 2025"


def test_hiding_all_three_each_is_said_at_large(told):
    told.naming, told.hides_organisation, told.rounds = "anonymous", True, True
    shown = show_report(told)
    assert shown.author.name == "Membre anonyme, identité vérifiée"
    assert shown.buyer == "Commune ou intercommunalité, 50\u00a0000 à 100\u00a0000 habitants".replace("\u00a0", " ")
    assert shown.place.name == "Hauts-de-France"
    assert shown.amount == "De 216 000 € à 1 M€"
    assert shown.launched == "2025"
    said = f"{shown} {byline(told)}"
    assert not [word for word in ("Nora", "Belhadj", "Ormel", "Pas-de-Calais", "742") if word in said]


def test_a_name_without_its_organisation_leads_to_no_profile(told):
    told.hides_organisation = True
    author = shown_author(told)
    assert (author.name, author.url, author.detail) == (
        "Nora Belhadj",
        "",
        "Commune ou intercommunalité, 50 000 à 100 000 habitants",
    )


def test_the_preview_says_what_stands_in_place_of_what(told):
    told.naming, told.rounds = "kind", True
    lines = {line["label"]: (line["shown"], line["instead"]) for line in masked_lines(told, [])}
    assert lines["Nom"] == ("Membre d’une collectivité ou d’un groupement", "Nora Belhadj")
    assert lines["Organisation"] == ("Communauté d’agglomération du Val d’Ormel", "")
    assert lines["Montant"] == ("De 216 000 € à 1 M€", "742\u202f000\u202f€ HT")
    assert lines["Date"] == ("2025", "14 janvier 2025")


def test_the_index_files_under_what_is_shown(told):
    assert told.territory_id in facets.index().masks["territoire"]
    told.hides_organisation = True
    told.version += 1
    told.save()
    masks = facets.index().masks["territoire"]
    assert told.territory_id not in masks
    assert masks[told.territory.parent_id]


@pytest.mark.parametrize(
    ("tenths", "words"), [(32, "+3,2\u202f%"), (-60, "\u22126\u202f%"), (0, "0\u202f%"), (-5, "\u22120,5\u202f%")]
)
def test_a_gap_is_written_with_its_sign(tenths, words):
    assert gap_words(tenths) == words


def test_words_that_tell_who_hides_are_found_in_the_text(told):
    words = telling_words(
        told.author,
        naming="anonymous",
        hides_organisation=True,
        organisation=told.organisation,
        territory=told.territory,
    )
    text = (
        "À Val-d’Ormel-Nord, Nora BELHADJ a tout revu. Une communauté du nord, au val fleuri, en calais de soie. "
        "D’un ormel du Val d’Ormel."
    )
    assert list(traces(text, words)) == ["Val-d’Ormel-Nord", "Nora", "BELHADJ", "d’Ormel"]


def test_who_hides_nothing_has_nothing_to_find(told):
    words = telling_words(
        told.author, naming="name", hides_organisation=False, organisation=told.organisation, territory=told.territory
    )
    assert list(traces("Nora, à Ormel", words)) == []


def test_a_profile_lists_the_reports_that_she_signed_with_her_organisation_and_no_other(client):
    author = MemberFactory()
    shown = ExperienceReportFactory(author=author, title="Ce que la caution a donné")
    unseen = [
        ExperienceReportFactory(author=author, title=f"Récit {number} à part", **fields)
        for number, fields in enumerate(
            (
                {"naming": "anonymous"},
                {"naming": "kind"},
                {"hides_organisation": True},
                {"draft": True},
                {"withdrawn": True},
                {"hidden": True},
                {"space": SpaceFactory(private=True)},
            )
        )
    ]
    for viewer in (author, MemberFactory()):
        client.force_login(viewer)
        page = client.get(reverse("member_profile", args=[author.public_id])).content.decode()
        assert shown.title in page
        assert not [report.title for report in unseen if report.title in page]
