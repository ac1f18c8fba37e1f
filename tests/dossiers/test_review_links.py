"""Reviews without account: the link, the code, the clauses and nothing else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clauses.dossiers.actions.opening import MAX_ATTEMPTS
from clauses.dossiers.actions.review_links import resend_link, withdraw_link
from clauses.dossiers.models import ReviewLink, ReviewRemark
from clauses.dossiers.tokens import review_code, review_token
from community.core.models import OutgoingMail
from community.notifications.models import Notification
from tests.dossiers.support import (
    dossier_of,
    link_for,
    member,
    opened,
    shared,
    with_article,
    with_clause,
)
from tests.factories import ClauseFactory, MembershipFactory, SpaceFactory

pytestmark = pytest.mark.django_db
GONE = "Ce lien n’ouvre plus rien"


@pytest.fixture
def owner():
    return member("Ferrand")


@pytest.fixture
def dossier(owner):
    return dossier_of(owner)


@pytest.fixture
def item(dossier):
    return with_clause(dossier, title="Pénalité pour défaut de preuve")


@pytest.fixture
def link(dossier, item):
    return link_for(dossier)


def read_url(token: str) -> str:
    return reverse("review_read", args=[token])


def test_the_link_and_its_code_leave_by_mail_and_open_the_clauses(client, link, mailoutbox, run_tasks):
    run_tasks()
    assert mailoutbox[-1].to == [link.email]
    token = review_token(link)
    assert f"/relire/{token}/" in mailoutbox[-1].body
    start = client.get(f"/relire/{token}/").content.decode()
    assert "Recevoir mon code" in start
    assert "Pénalité" not in start
    assert "Restauration scolaire" not in start
    client.post(reverse("review_code", args=[token]))
    run_tasks()
    link.refresh_from_db()
    assert review_code(link) in mailoutbox[-1].body
    page = client.post(reverse("review_enter", args=[token]), {"code": review_code(link)}, follow=True)
    assert "Pénalité pour défaut de preuve" in page.content.decode()
    assert page["Cache-Control"].startswith("max-age=0") or "no-store" in page["Cache-Control"]


def test_opening_the_link_sends_nothing_by_itself(client, link):
    """Mail servers open links before people do."""
    before = OutgoingMail.objects.count()
    client.get(f"/relire/{review_token(link)}/")
    assert OutgoingMail.objects.count() == before


def test_no_secret_is_kept_in_a_row_nor_in_the_queue(client, link, run_tasks):
    client.post(f"/relire/{review_token(link)}/code/")
    link.refresh_from_db()
    held = repr([list(ReviewLink.objects.values()), list(OutgoingMail.objects.values())])
    assert review_token(link) not in held
    assert review_code(link) not in held


@pytest.mark.parametrize("fate", ["guessed", "expired", "withdrawn", "sent again", "dossier gone"])
def test_a_link_that_opens_nothing_says_the_same_whatever_the_reason(client, dossier, link, fate):
    token = opened(client, link)
    assert client.get(read_url(token)).status_code == 200
    if fate == "guessed":
        token = "0" * 64
    elif fate == "expired":
        ReviewLink.objects.update(expires_at=timezone.now())
    elif fate == "withdrawn":
        withdraw_link(link=link, actor=dossier.owner)
    elif fate == "sent again":
        ReviewLink.objects.update(sent_at=timezone.now() - timedelta(hours=1))
        resend_link(link=link, actor=dossier.owner)
    else:
        dossier.delete()
    reference = Client().get("/relire/" + "1" * 64 + "/")
    for address in (f"/relire/{token}/", read_url(token)):
        answer = client.get(address)
        assert answer.status_code == 404
        assert GONE in answer.content.decode()
        assert "Pénalité" not in answer.content.decode()
    assert reference.status_code == 404
    for act in ("code", "entrer", "conclusion", "delai", "decliner"):
        assert client.post(f"/relire/{token}/{act}/", {"code": "000000"}).status_code == 404


def test_a_forwarded_link_asks_for_the_code_of_its_address(client, link, item):
    token = opened(client, link)
    stranger = Client()
    assert stranger.get(read_url(token)).status_code == 302
    sent = {"version": 1, "decision": "accept"}
    answer = stranger.post(reverse("review_remark", args=[token, item.pk]), sent)
    assert answer.status_code == 302
    assert not ReviewRemark.objects.exists()
    start = stranger.get(f"/relire/{token}/").content.decode()
    assert link.email not in start
    assert "Pénalité" not in start


def test_a_code_serves_once_and_dies_after_five_tries(client, link):
    token = review_token(link)
    client.post(f"/relire/{token}/code/")
    link.refresh_from_db()
    code = review_code(link)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for _try in range(MAX_ATTEMPTS):
        assert client.post(f"/relire/{token}/entrer/", {"code": wrong}).status_code == 422
    assert client.post(f"/relire/{token}/entrer/", {"code": code}).status_code == 422
    link.refresh_from_db()
    client.post(f"/relire/{token}/code/")
    link.refresh_from_db()
    code = review_code(link)
    assert client.post(f"/relire/{token}/entrer/", {"code": code}).status_code == 302
    assert Client().post(f"/relire/{token}/entrer/", {"code": code}).status_code == 422


def test_a_code_lasts_a_quarter_of_an_hour(client, link):
    token = review_token(link)
    client.post(f"/relire/{token}/code/")
    ReviewLink.objects.update(code_sent_at=timezone.now() - timedelta(minutes=16))
    link.refresh_from_db()
    assert client.post(f"/relire/{token}/entrer/", {"code": review_code(link)}).status_code == 422


def test_codes_are_sent_a_few_times_an_hour(client, link):
    token = review_token(link)
    answers = [client.post(f"/relire/{token}/code/").status_code for _time in range(6)]
    assert answers == [302] * 5 + [429]


def test_an_opinion_is_kept_with_name_and_date_and_told_to_the_team(client, dossier, link, item, run_tasks):
    editor, reader = shared(dossier, "editor"), shared(dossier, "reader")
    token = opened(client, link)
    url = reverse("review_remark", args=[token, item.pk])
    page = client.post(
        url,
        {"version": 1, "decision": "change", "text": "Huit jours, c’est court.", "proposal": item.text},
        follow=True,
    )
    assert "Modification demandée" in page.content.decode()
    client.post(url, {"version": 1, "decision": "accept"})
    assert list(ReviewRemark.objects.values_list("decision", flat=True)) == ["change", "accept"]
    run_tasks()
    told = set(Notification.objects.filter(reason="dossier_reviewed").values_list("member", flat=True))
    assert told == {dossier.owner_id, editor.pk}
    assert reader.pk not in told
    team = Client()
    team.force_login(dossier.owner)
    page = team.get(reverse("dossier_detail", args=[dossier.pk])).content.decode()
    assert "Acceptée par Agnès Pommeret" in page
    assert "Huit jours, c’est court." in team.get(reverse("review_history", args=[dossier.pk])).content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Choisissez votre avis"),
        ({"version": 1, "decision": "comment"}, "Écrivez votre commentaire"),
        ({"version": 1, "decision": "change"}, "Dites ce qui est à modifier"),
    ],
)
def test_an_opinion_that_says_nothing_is_given_back(client, link, item, sent, words):
    token = opened(client, link)
    answer = client.post(reverse("review_remark", args=[token, item.pk]), sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_wording_that_a_reviewer_proposes_is_taken_and_the_former_is_kept_aside(client, dossier, link):
    article = with_article(dossier, title="Délai de livraison", text="Sous huit jours.")
    token = opened(client, link)
    client.post(
        reverse("review_remark", args=[token, article.pk]),
        {"version": 1, "decision": "change", "proposal": "Sous quinze jours."},
    )
    remark = ReviewRemark.objects.get()
    team = Client()
    team.force_login(dossier.owner)
    url = reverse("review_remark_answer", args=[dossier.pk, remark.pk])
    assert "<ins>quinze</ins>" in team.get(url).content.decode()
    team.post(url, {"reprendre": "", "version": article.version, "read": 0})
    article.refresh_from_db()
    assert article.text == "Sous quinze jours."
    assert "Sous huit jours." in team.get(reverse("item_removed", args=[dossier.pk])).content.decode()
    team.post(url, {"reply": "Merci, c’est repris.", "repondre": "", "read": 1})
    assert "Merci, c’est repris." in client.get(read_url(token)).content.decode()


def test_the_link_gives_only_the_documents_that_were_asked_for(client, dossier, item):
    article = with_article(dossier, document="ccap", title="Pénalités de retard")
    token = opened(client, link_for(dossier, "autre@ville-exemple.fr", documents=["ccap"]))
    page = client.get(read_url(token)).content.decode()
    assert "Pénalités de retard" in page
    assert "Pénalité pour défaut de preuve" not in page
    sent = {"version": 1, "decision": "accept"}
    assert client.post(reverse("review_remark", args=[token, item.pk]), sent).status_code == 404
    assert client.post(reverse("review_remark", args=[token, article.pk]), sent).status_code == 302


def test_neither_notes_nor_sourcing_nor_the_opinions_of_others_are_shown(client, dossier, link, item):
    item.notes = "Fournisseur sortant mécontent"
    item.save()
    other = Client()
    token = opened(other, link_for(dossier, "autre@ville-exemple.fr", name="Loïc Brasseur"))
    sent = {"version": 1, "decision": "comment", "text": "Prévoir le vendredi"}
    assert other.post(reverse("review_remark", args=[token, item.pk]), sent).status_code == 302
    page = client.get(read_url(opened(client, link))).content.decode()
    for secret in ("Fournisseur sortant", "Prévoir le vendredi", "Loïc Brasseur", "sourcing", "autre@ville"):
        assert secret not in page


def test_the_session_of_a_reviewer_opens_no_other_page(client, dossier, link, item):
    opened(client, link)
    for name in ("dossier_detail", "sourcing_sheet", "dossier_share", "review_history"):
        assert client.get(reverse(name, args=[dossier.pk])).status_code in (302, 404)
        assert "Pénalité" not in client.get(reverse(name, args=[dossier.pk]), follow=True).content.decode()


def test_a_clause_of_a_closed_space_is_for_who_may_enter_it(client, owner, dossier):
    space = SpaceFactory(private=True)
    MembershipFactory(space=space, member=owner)
    secret = ClauseFactory(space=space, author=owner, title="Clause du réseau fermé")
    with_clause(dossier, secret)
    colleague = shared(dossier, "editor")
    reader = client.get(read_url(opened(client, link_for(dossier)))).content.decode()
    assert "réseau fermé" not in reader
    team = Client()
    url = reverse("dossier_detail", args=[dossier.pk])
    team.force_login(colleague)
    page = team.get(url).content.decode()
    assert "réseau fermé" not in page
    assert "Clause d’un espace dont vous n’êtes pas membre" in page
    MembershipFactory(space=space, member=colleague)
    assert "réseau fermé" in team.get(url).content.decode()


def test_she_concludes_asks_for_time_and_may_not_be_the_right_person(client, dossier, link):
    token = opened(client, link)
    client.post(f"/relire/{token}/conclusion/", {"conclusion": "reserved", "text": "Revoir les délais."})
    client.post(f"/relire/{token}/delai/")
    link.refresh_from_db()
    assert (link.conclusion, link.conclusion_text) == ("reserved", "Revoir les délais.")
    assert link.more_time_asked_at is not None
    answer = client.post(f"/relire/{token}/decliner/", follow=True)
    assert GONE in answer.content.decode()
    link.refresh_from_db()
    assert link.declined
    assert client.get(read_url(token)).status_code == 404


@pytest.mark.parametrize("email", ["a.pommeret@ville-exemple.fr", "inconnue@ville-exemple.fr"])
def test_asking_for_a_new_link_says_the_same_to_everyone(client, link, email, mailoutbox, run_tasks):
    reading = opened(client, link)
    run_tasks()
    mailoutbox.clear()
    answer = client.post("/relire/", {"email": email}, follow=True)
    assert "Si une relecture vous attend, un nouveau lien part à cette adresse." in answer.content.decode()
    run_tasks()
    assert [mail.to for mail in mailoutbox] == ([[link.email]] if email == link.email else [])
    # Whoever typed the address shut nobody out.
    assert client.get(read_url(reading)).status_code == 200


def test_an_expired_link_that_is_asked_for_again_is_the_teams_to_renew(client, dossier, link, mailoutbox, run_tasks):
    ReviewLink.objects.update(expires_at=timezone.now())
    run_tasks()
    mailoutbox.clear()
    client.post("/relire/", {"email": link.email})
    run_tasks()
    assert mailoutbox == []
    assert Notification.objects.filter(reason="dossier_more_time", member=dossier.owner).exists()


def test_a_suspended_owner_shows_nothing(client, dossier, link):
    token = opened(client, link)
    type(dossier.owner).objects.filter(pk=dossier.owner_id).update(is_active=False)
    assert client.get(read_url(token)).status_code == 404


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_page_of_a_reviewer_costs_the_same_whatever_it_holds(client, dossier, django_assert_max_num_queries, count):
    for _number in range(count):
        with_clause(dossier)
    token = opened(client, link_for(dossier))
    client.get(read_url(token))
    with django_assert_max_num_queries(9):
        assert client.get(read_url(token)).status_code == 200


def test_asking_for_a_new_link_is_counted_for_every_address(client):
    answers = [client.post("/relire/", {"email": "inconnue@ville-exemple.fr"}).status_code for _time in range(4)]
    assert answers == [302] * 3 + [429]


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("editor", 302), ("owner", 302)])
def test_who_may_invite_withdraw_and_send_again(client, dossier, link, role, status):
    person = dossier.owner if role == "owner" else shared(dossier, role)
    client.force_login(person)
    sent = {"email": "tech@ville-exemple.fr", "name": "Loïc Brasseur", "role": "technician"}
    assert client.post(reverse("review_invite", args=[dossier.pk]), sent).status_code == status
    ReviewLink.objects.update(sent_at=timezone.now() - timedelta(hours=1))
    assert client.post(reverse("review_resend", args=[dossier.pk, link.pk])).status_code == status
    assert client.post(reverse("review_withdraw", args=[dossier.pk, link.pk])).status_code == status


def test_a_mail_that_waits_is_not_sent_for_a_link_that_was_withdrawn(dossier, link, mailoutbox, run_tasks):
    withdraw_link(link=link, actor=dossier.owner)
    run_tasks()
    assert [mail for mail in mailoutbox if mail.to == [link.email]] == []


def test_an_address_has_one_link_at_a_time(client, dossier, link):
    client.force_login(dossier.owner)
    sent = {"email": link.email.upper(), "name": "Agnès", "role": "jurist"}
    assert client.post(reverse("review_invite", args=[dossier.pk]), sent).status_code == 409
