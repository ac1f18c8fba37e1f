"""The pages of the planner: nothing typed is lost, nothing is made twice, a hundred rows cost what one does."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from clauses.dossiers.models import Dossier
from clauses.planner import ics
from clauses.planner.models import PlannedPurchase, PlannerSettings, PurchaseShare
from clauses.planner.selectors.purchases import rows_of
from clauses.planner.social import needs_facilitator, social_duty
from community.core.progress import Report
from community.law.obligations.sources import read_law
from community.law.reference import load_law
from community.notifications.selectors import notification_page
from tests.factories import MemberFactory, OrganisationFactory, PurchaseFamilyFactory
from tests.law.test_ics import lines_of
from tests.support.hostile import TEXTS

from .support import planned

pytestmark = pytest.mark.django_db
FAR = timedelta(days=900)
TYPED = {"title": "Nettoyage", "starts_on": "2027-09-01", "amount": "640 000,50", "notes": "Deux lots"}


@pytest.fixture
def owner(client):
    member = MemberFactory(organisation=OrganisationFactory(name="Ville de Tercy"))
    client.force_login(member)
    return member


def test_a_purchase_is_added_once_however_often_the_form_is_sent(client, owner):
    token = "0b0b7f6e-6f0e-4a43-9a87-0d9a3f5f2c11"
    for _time in range(2):
        page = client.post(reverse("purchase_create"), TYPED | {"client_token": token}, follow=True)
        assert page.status_code == 200
    purchase = PlannedPurchase.objects.get()
    assert (purchase.title, purchase.amount, purchase.starts_on) == (
        "Nettoyage",
        Decimal("640000.50"),
        date(2027, 9, 1),
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "ce que vous achetez"),
        ({"starts_on": ""}, "même approximatif"),
        ({"starts_on": "31/06/2027"}, "existe pas"),
        ({"starts_on": "2051-01-01"}, "entre 2019 et 2050"),
        ({"launch_on": "2027-09-02"}, "avant le début"),
        ({"amount": "beaucoup"}, "en chiffres"),
        ({"cpv": "12"}, "code CPV"),
        ({"visible_to_peers": "on"}, "Choisissez une famille"),
    ],
)
def test_a_form_to_mend_says_where_and_keeps_what_was_typed(client, owner, wrong, said):
    page = client.post(reverse("purchase_create"), TYPED | wrong)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert "Deux lots" in page.content.decode()
    assert not PlannedPurchase.objects.exists()


def test_a_colleagues_change_is_shown_beside_what_was_typed_and_written_over_knowingly(client, owner):
    purchase = planned(owner)
    PlannedPurchase.objects.filter(pk=purchase.pk).update(version=2, title="Vu par un collègue")
    typed = TYPED | {"version": 1, "status": "planned"}
    page = client.post(reverse("purchase_edit", args=[purchase.pk]), typed)
    text = page.content.decode()
    assert page.status_code == 409
    assert "Vu par un collègue" in text
    assert "Deux lots" in text
    assert 'name="version" value="2"' in text
    client.post(reverse("purchase_edit", args=[purchase.pk]), typed | {"version": 2})
    purchase.refresh_from_db()
    assert (purchase.title, purchase.version) == ("Nettoyage", 3)


@pytest.mark.parametrize("name", ["purchase_edit", "purchase_delete", "purchase_share"])
def test_a_reader_reads_and_acts_on_nothing(client, owner, name):
    purchase = planned(MemberFactory())
    PurchaseShare.objects.create(purchase=purchase, member=owner, role="reader")
    assert client.get(reverse("purchase_detail", args=[purchase.pk])).status_code == 200
    assert client.get(reverse(name, args=[purchase.pk])).status_code == 403
    assert client.post(reverse(name, args=[purchase.pk])).status_code == 403


def test_a_colleague_is_found_by_name_named_told_and_taken_off(client, owner, run_tasks):
    purchase = planned(owner)
    colleague = MemberFactory(first_name="Hugues", last_name="Carlier")
    MemberFactory(first_name="Hugues", last_name="Carlier-Neuf", newcomer=True)
    url = reverse("purchase_share", args=[purchase.pk])
    page = client.get(url, {"qui": "carlier"}).content.decode()
    assert colleague.public_id in page
    assert "Carlier-Neuf" not in page
    client.post(url, {"member": colleague.public_id, "role": "editor"})
    run_tasks()
    groups, _next = notification_page(colleague, unseen_only=True, before=None)
    assert [group.title for group in groups] == [purchase.title]
    client.post(url, {"member": colleague.public_id, "act": "retirer"})
    assert not purchase.shares.exists()
    assert notification_page(colleague, unseen_only=True, before=None)[0] == []
    assert client.post(url, {"member": "inconnu", "role": "reader"}).status_code == 422


def test_a_step_is_noted_not_in_the_future_and_the_launch_moves_the_state(client, owner):
    purchase = planned(owner)
    url = reverse("purchase_step", args=[purchase.pk])
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = client.post(url, {"step": "source", "done_on": tomorrow.isoformat(), "note": "Quatre entreprises"})
    assert page.status_code == 422
    assert "Quatre entreprises" in page.content.decode()
    client.post(url, {"step": "launch"})
    purchase.refresh_from_db()
    assert purchase.status == "launched"
    client.post(url, {"step": "launch", "act": "rouvrir"})
    purchase.refresh_from_db()
    assert purchase.status == "planned"
    assert not purchase.steps_done.exists()


def test_a_purchase_leads_to_the_checker_with_what_is_known_of_it(client, owner):
    family = PurchaseFamilyFactory(code="NET")
    purchase = planned(owner, family=family, nature="services", amount=Decimal("80000.50"))
    page = client.get(reverse("purchase_detail", args=[purchase.pk])).content.decode()
    query = "nature=services&amp;montant=80000%2C50&amp;acheteur=local&amp;famille=NET&amp;lancement=2027-03-01"
    assert f"{reverse('obligations')}?{query}" in page
    checked = client.get(f"{reverse('obligations')}?{query.replace('&amp;', '&')}")
    assert checked.status_code == 200


@pytest.mark.parametrize(
    ("amount", "nature", "sure", "asked"),
    [
        (216_000, "services", True, True),
        (Decimal("215999.99"), "services", False, False),
        (5_403_999, "works", False, False),
        (5_404_000, "works", True, True),
        (300_000, "", False, False),
        (None, "services", False, False),
    ],
)
def test_the_facilitator_is_asked_from_the_threshold_of_the_law_on(owner, amount, nature, sure, asked):
    load_law(Report())
    purchase = planned(owner, amount=amount, nature=nature)
    duty = social_duty(purchase, launch=date(2027, 3, 1), law=read_law(), today=date(2026, 11, 22))
    assert (duty.is_sure, needs_facilitator(purchase, duty)) == (sure, asked)
    purchase.social_clause = True
    assert needs_facilitator(purchase, duty)


def test_a_threshold_not_published_yet_counts_as_the_last_one_known(owner):
    load_law(Report())
    purchase = planned(owner, amount=400_000, nature="services")
    duty = social_duty(purchase, launch=date(2029, 3, 1), law=read_law(), today=date(2026, 11, 22))
    assert (duty.is_sure, duty.is_likely, needs_facilitator(purchase, duty)) == (False, True, True)


@pytest.mark.parametrize("name", ["planner", "planner_csv", "planner_ics"])
def test_a_hundred_rows_cost_the_queries_of_one(client, owner, name, django_assert_max_num_queries):
    family = PurchaseFamilyFactory()
    planned(owner, family=family)
    client.get(reverse(name))
    with django_assert_max_num_queries(16) as first:
        client.get(reverse(name))
    for _number in range(99):
        purchase = planned(owner, family=family)
        PurchaseShare.objects.create(purchase=purchase, member=MemberFactory(), role="reader")
    with django_assert_max_num_queries(len(first.captured_queries)):
        assert client.get(reverse(name)).status_code == 200


def test_the_list_is_put_in_order_and_cut_in_pages(client, owner):
    for number in range(30):
        planned(owner, title=f"Achat {number:02d}", amount=1_000 + number, starts_on=timezone.localdate() + FAR)
    text = client.get(reverse("planner"), {"tri": "montant"}).content.decode()
    assert text.index("Achat 29") < text.index("Achat 28")
    assert "Achat 00" not in text
    assert "Achat 00" in client.get(reverse("planner"), {"tri": "montant", "page": "2"}).content.decode()
    assert client.get(reverse("planner"), {"tri": "rien", "page": "9999999999"}).status_code == 200


def test_the_calendar_is_one_whatever_was_typed(owner):
    # What no form lets through: halves of characters, and the character that ends strings elsewhere.
    texts = [text.encode("utf-8", "ignore").decode().replace("\0", "") for text in TEXTS]
    for text in texts:
        planned(owner, title=text[:200], notes=text)
    rows = rows_of(owner, PlannedPurchase.objects.all())
    lines = lines_of(ics.calendar(rows, made_at=datetime(2026, 11, 22, tzinfo=UTC)))
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 4 * len(texts)
    assert "DTSTART;VALUE=DATE:20270301" in lines


def test_the_private_address_opens_changes_and_closes(client, owner):
    planned(owner, title="Linge")
    client.post(reverse("planner_feed_open"))
    url = address_on(client)
    visitor = type(client)()
    page = visitor.get(url)
    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    assert b"Linge" in page.content
    assert url.rsplit("/", 1)[1].removesuffix(".ics") not in str(PlannerSettings.objects.values().get())
    client.post(reverse("planner_feed_open"))
    assert visitor.get(url).status_code == 404
    url = address_on(client)
    client.post(reverse("planner_feed_close"))
    assert visitor.get(url).status_code == 404
    assert 'id="adresse-agenda"' not in client.get(reverse("planner")).content.decode()


def address_on(client) -> str:
    page = client.get(reverse("planner")).content.decode()
    return page.split('id="adresse-agenda" value="')[1].split('"')[0].split("testserver")[1]


def test_a_closed_account_has_no_calendar_any_more(client, owner):
    client.post(reverse("planner_feed_open"))
    url = address_on(client)
    owner.is_active = False
    owner.save()
    assert type(client)().get(url).status_code == 404


def test_a_family_is_proposed_and_taken_by_one_click(client, owner):
    family = PurchaseFamilyFactory(code="NET", label="Nettoyage et hygiène", cpv_prefixes=["9091"])
    purchase = planned(owner, title="Nettoyage de bureaux")
    page = client.get(reverse("purchase_detail", args=[purchase.pk])).content.decode()
    assert "Nettoyage et hygiène" in page
    client.post(reverse("purchase_file", args=[purchase.pk]), {"family": "NET"})
    purchase.refresh_from_db()
    assert purchase.family == family


def test_deleting_asks_first_then_forgets(client, owner):
    purchase = planned(owner)
    url = reverse("purchase_delete", args=[purchase.pk])
    assert client.get(url).status_code == 200
    assert PlannedPurchase.objects.exists()
    client.post(url)
    assert not PlannedPurchase.objects.exists()


def test_a_purchase_opens_its_dossier_once_with_what_is_known_of_it(client, owner):
    family = PurchaseFamilyFactory(code="NET")
    purchase = planned(owner, title="Nettoyage", family=family, nature="services", amount=Decimal("80000.50"))
    url = reverse("purchase_dossier", args=[purchase.pk])
    for _time in range(2):
        client.post(url, {"act": "ouvrir"})
    dossier = Dossier.objects.get()
    known = (dossier.owner, dossier.title, dossier.family, dossier.nature, dossier.amount, dossier.launch_on)
    assert known == (owner, "Nettoyage", family, "services", Decimal("80000.50"), date(2027, 3, 1))
    page = client.get(reverse("purchase_detail", args=[purchase.pk])).content.decode()
    assert reverse("dossier_detail", args=[dossier.pk]) in page
    client.post(url, {"act": "detacher"})
    purchase.refresh_from_db()
    assert purchase.dossier is None
    client.post(url, {"act": "lier", "dossier": dossier.pk})
    purchase.refresh_from_db()
    assert purchase.dossier == dossier


def test_a_purchase_shared_shares_no_dossier(client, owner):
    theirs = MemberFactory()
    dossier = Dossier.objects.create(owner=theirs, title="Dossier secret")
    purchase = planned(theirs, dossier=dossier)
    PurchaseShare.objects.create(purchase=purchase, member=owner, role="editor")
    for url in (reverse("purchase_detail", args=[purchase.pk]), reverse("planner")):
        page = client.get(url).content.decode()
        assert "Dossier secret" not in page
        assert reverse("dossier_detail", args=[dossier.pk]) not in page
    url = reverse("purchase_dossier", args=[purchase.pk])
    assert client.post(url, {"act": "lier", "dossier": dossier.pk}).status_code == 404
    assert client.post(url, {"act": "ouvrir"}).status_code == 409
    purchase.refresh_from_db()
    assert purchase.dossier == dossier


def test_the_form_of_a_dossier_takes_what_an_address_knows(client, owner):
    family = PurchaseFamilyFactory(code="NET")
    known = {"objet": "Nettoyage", "famille": "NET", "nature": "services", "montant": "80000,50"}
    form = client.get(reverse("dossier_create"), known).context["form"]
    shown = {name: form[name].value() for name in ("title", "family", "nature", "amount")}
    assert shown == {"title": "Nettoyage", "family": family.pk, "nature": "services", "amount": "80000,50"}
