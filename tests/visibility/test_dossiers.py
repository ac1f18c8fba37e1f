"""Dossiers in lists, and the links of those who read one again without an account: whoever holds the address."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clauses.dossiers.actions.review_links import withdraw_link
from clauses.dossiers.models import ReviewLink
from clauses.dossiers.tokens import review_code, review_token

from .compare import body_of, comparable, difference
from .table import ACTORS, sees

pytestmark = pytest.mark.django_db
PAGES = ("review_open", "review_read")
ACTS = ("review_code", "review_enter", "review_conclude", "review_more_time", "review_decline")


@pytest.mark.parametrize("actor", ACTORS)
def test_the_list_holds_the_dossiers_of_the_table(world, look, actor):
    page = body_of(look(actor).get(reverse("dossier_list"), follow=True))
    wrong = [str(item) for item in world.of("dossier") if (item.token in page) is not sees(actor, item.row)]
    invited = world.of("dossier_invitation")[0]
    # Whoever is invited reads its title before she answers.
    if sees(actor, invited.row):
        wrong = []
        assert invited.obj.dossier.title in page
    assert wrong == []


def secrets_of(world) -> set[str]:
    """All that hangs on the shared dossier."""
    return {item.token for item in world.items if item.row == "dossier.shared"}


@pytest.mark.parametrize("actor", ACTORS)
def test_the_address_of_a_link_tells_nothing_without_its_code(world, look, actor):
    link = world.of("review_link")[0].obj
    token, client = review_token(link), look(actor)
    for name in PAGES:
        page = body_of(client.get(reverse(name, args=[token]), follow=True))
        assert [word for word in secrets_of(world) if word in page] == [], name
    article = world.of("dossier_item")[0].obj
    sent = {"version": article.version, "decision": "accept"}
    client.post(reverse("review_remark", args=[token, article.pk]), sent)
    assert link.remarks.count() == 1


def test_the_code_opens_the_articles_and_nothing_else(world):
    link = world.of("review_link")[0].obj
    client, token = Client(), review_token(link)
    client.post(reverse("review_code", args=[token]))
    link.refresh_from_db()
    client.post(reverse("review_enter", args=[token]), {"code": review_code(link)})
    page = body_of(client.get(reverse("review_read", args=[token])))
    article, closed = world.of("dossier_item")
    # Her own name, her own opinion, the market's name and the open articles.
    own = {item.token for item in (*world.of("review_link"), *world.of("review_remark"), world.of("dossier")[0])}
    assert {word for word in secrets_of(world) if word in page} == {article.token} | own
    assert closed.token not in page
    for item in world.of("dossier", "dossier_item", "sourcing_sheet"):
        outlet = {"dossier": "dossier_detail", "sourcing_sheet": "sourcing_sheet"}.get(item.kind, "review_history")
        dossier = item.obj if item.kind == "dossier" else item.obj.dossier
        answer = client.get(reverse(outlet, args=[dossier.pk]))
        assert answer.status_code == 302
        assert reverse("account_login") in answer["Location"]


@pytest.mark.parametrize("fate", ["expired", "withdrawn"])
def test_a_link_that_is_over_is_a_link_that_never_was(world, fate):
    link = world.of("review_link")[0].obj
    token, absent = review_token(link), "0" * 64
    client = Client()
    client.post(reverse("review_code", args=[token]))
    link.refresh_from_db()
    client.post(reverse("review_enter", args=[token]), {"code": review_code(link)})
    # What a browser was still to be told is told.
    client.get(reverse("review_read", args=[token]))
    if fate == "expired":
        ReviewLink.objects.filter(pk=link.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    else:
        withdraw_link(link=link, actor=link.dossier.owner)
    for browser in (client, Client()):
        for name in (*PAGES, *ACTS):
            method = "get" if name in PAGES else "post"
            answers = []
            for each in (token, absent):
                url = reverse(name, args=[each])
                answers.append(comparable(getattr(browser, method)(url), {each: "TOKEN"}))
            assert difference(*answers) == "", name
            assert answers[0][0] == 404
