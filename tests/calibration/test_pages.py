"""The pages of calibrations: said before it leaves, nothing typed lost, a constant number of queries."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from clauses.calibration.actions.facilitators import unconfirm_facilitator
from clauses.calibration.forms.ask import lot_of
from clauses.calibration.models import CalibrationRequest
from clauses.dossiers.models import Lot
from tests.factories import MemberFactory, TerritoryFactory

from .support import Case, network

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return Case()


def typed(case, **fields) -> dict:
    return {
        "title": "Restauration scolaire",
        "lots": "Lot 1, repas livrés ; 1 200 000\nLot 2, épicerie",
        "message": "Combien d’heures ?",
        "kind": "facilitator",
        "facilitator": case.facilitator.public_id,
    } | fields


def ask_url(case, place=None) -> str:
    return reverse("calibration_ask", args=[case.dossier.pk]) + (f"?departement={place.pk}" if place else "")


def test_the_page_says_to_whom_and_what_before_anything_leaves(case, client):
    Lot.objects.create(dossier=case.dossier, number=1, title="Repas livrés")
    client.force_login(case.owner)
    page = client.get(ask_url(case)).content.decode()
    assert str(case.facilitator) in page
    assert "1. Repas livrés" in page
    assert "1 900 repas par jour" in page
    assert "rien d’autre du dossier" in page
    assert not CalibrationRequest.objects.exists()


def test_another_departement_leads_to_its_network_else_to_the_staff(case, client):
    client.force_login(case.owner)
    covered, bare = TerritoryFactory(), TerritoryFactory()
    network(covered)
    assert "Réseau des Deux-Rives" in client.get(ask_url(case, covered)).content.decode()
    assert "l’équipe de la plateforme, qui cherchera" in client.get(ask_url(case, bare)).content.decode()
    page = client.get(ask_url(case, case.region))
    assert "Choisissez un département de la liste." in page.content.decode()


def test_what_was_typed_leaves_once_and_the_answer_comes_back(case, client):
    client.force_login(case.owner)
    token = "0b0b7f6e-6f0e-4a43-9a87-0d9a3f5f2c11"
    for _time in range(2):
        page = client.post(ask_url(case), typed(case, client_token=token), follow=True)
        assert page.status_code == 200
    request = CalibrationRequest.objects.get()
    assert [(lot.name, lot.amount) for lot in request.lots.all()] == [
        ("Lot 1, repas livrés", 1_200_000),
        ("Lot 2, épicerie", None),
    ]
    client.force_login(case.facilitator)
    assert request.title in client.get(reverse("calibration_list")).content.decode()
    first, second = request.lots.all()
    figures = {f"lot_{first.pk}": "1200", f"lot_{second.pk}": "0", "publics": "Tous"}
    answer = reverse("calibration_answer", args=[request.pk])
    wrong = client.post(answer, figures | {f"lot_{second.pk}": "beaucoup"})
    assert wrong.status_code == 422
    assert "Tous" in wrong.content.decode()
    client.post(answer, figures)
    request.refresh_from_db()
    assert (request.state, request.publics) == ("answered", "Tous")
    client.force_login(case.editor)
    award = reverse("calibration_award", args=[request.pk])
    assert client.post(award, {"awarded_on": (date.today() + timedelta(days=1)).isoformat()}).status_code == 422
    client.post(award, {"awarded_on": (date.today() - timedelta(days=30)).isoformat()})
    hours = {"lot": first.pk, "hours": "150", "until": date.today().isoformat()}
    page = client.post(reverse("calibration_hours", args=[request.pk]), hours, follow=True)
    assert "150" in page.content.decode()
    entry = first.entries.get()
    client.post(reverse("calibration_entry_withdraw", args=[request.pk, entry.pk]))
    entry.refresh_from_db()
    assert entry.withdrawn_at is not None


def test_two_who_animate_a_network_do_not_answer_over_each_other_unseen(case, client):
    first, second = MemberFactory(), MemberFactory()
    space = network(case.place, moderator=first)
    space.memberships.create(member=second, role="moderator")
    # Where nobody is confirmed, the network is asked.
    unconfirm_facilitator(actor=MemberFactory(staff=True), member=case.facilitator)
    request = case.ask(kind="network", facilitator="")
    detail, answer = (reverse(f"calibration_{name}", args=[request.pk]) for name in ("detail", "answer"))
    typed_hours = {f"lot_{lot.pk}": "100" for lot in request.lots.all()}
    for member, publics in ((first, "Allocataires du RSA"), (second, "Tous")):
        client.force_login(member)
        page = client.post(answer, typed_hours | {"publics": publics, "answered_at": ""})
    text = page.content.decode()
    assert page.status_code == 409
    assert "depuis que vous l’avez ouverte" in text
    assert "Allocataires du RSA" in text
    assert page.context["answer_form"]["publics"].value() == "Tous"
    request.refresh_from_db()
    assert (request.publics, request.answered_by) == ("Allocataires du RSA", first)
    shown = page.context["answer_form"]["answered_at"].value()
    assert f'value="{shown}"' in text
    assert client.get(detail).context["answer_form"]["answered_at"].value() == shown
    again = client.post(answer, typed_hours | {"publics": "Tous", "answered_at": shown})
    assert again.status_code == 302
    request.refresh_from_db()
    assert (request.publics, request.answered_by) == ("Tous", second)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"lots": " \n "},
        {"lots": "Lot 1 ; beaucoup"},
        {"lots": "; 5"},
        {"facilitator": "inconnu"},
        {"kind": "network"},
    ],
)
def test_a_form_to_mend_keeps_what_was_typed_and_nothing_leaves(case, client, wrong):
    client.force_login(case.owner)
    page = client.post(ask_url(case), typed(case, **wrong))
    assert page.status_code in (409, 422)
    assert "Combien d’heures ?" in page.content.decode()
    assert not CalibrationRequest.objects.exists()


def test_a_reader_of_the_dossier_asks_nobody(case, client):
    client.force_login(case.reader)
    assert client.get(ask_url(case)).status_code == 403
    client.force_login(MemberFactory())
    assert client.get(ask_url(case)).status_code == 404


@pytest.mark.parametrize(
    ("line", "lot"),
    [("Lot 1", ("Lot 1", None)), ("Lot 1 ; 80 000,50 €", ("Lot 1", 80_000.5)), ("A ; b ; 5", ("A ; b", 5))],
)
def test_a_line_is_a_lot_and_its_amount(line, lot):
    name, amount = lot_of(line)
    assert (name, float(amount) if amount else None) == lot


def test_pages_cost_the_same_with_one_request_and_with_thirty(case, client, django_assert_max_num_queries):
    first = case.ask()
    client.force_login(case.facilitator)
    pages = [reverse("calibration_list"), reverse("calibration_detail", args=[first.pk])]
    counts = []
    for url in pages:
        client.get(url)
        with django_assert_max_num_queries(24) as counted:
            client.get(url)
        counts.append(len(counted.captured_queries))
    for number in range(29):
        request = CalibrationRequest.objects.create(
            dossier=case.dossier,
            requester=case.owner,
            territory=case.place,
            title=f"Marché {number}",
            asked="facilitator",
            facilitator=case.facilitator,
        )
        request.lots.create(position=1, name="Lot 1")
        first.lots.create(position=number + 10, name=f"Lot {number}")
    for url, count in zip(pages, counts, strict=True):
        with django_assert_max_num_queries(count):
            assert client.get(url).status_code == 200


def test_the_page_of_a_dossier_shows_where_its_calibrations_stand(case, client):
    request = case.ask()
    for who, asks in (("owner", True), ("reader", False)):
        client.force_login(getattr(case, who))
        page = client.get(reverse("dossier_detail", args=[case.dossier.pk])).content.decode()
        assert reverse("calibration_detail", args=[request.pk]) in page
        assert (ask_url(case) in page) is asks
        assert reverse("insertion_hours") in page


def test_no_two_fields_of_the_page_bear_the_same_id(case, client):
    asked = case.ask()
    client.force_login(case.facilitator)
    page = client.get(f"/calibrages/{asked.pk}/").content.decode()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert 'id="decliner-note"' in page
    assert len(ids) == len(set(ids))
