"""The pages of a dossier, as a browser without JavaScript uses them."""

import re

import pytest
from django.urls import reverse

from clauses.dossiers.models import Dossier, DossierItem, DossierVariable
from tests.dossiers.support import dossier_of, link_for, member, next_version, shared, with_article, with_clause
from tests.factories import ClauseFactory, PurchaseFamilyFactory

pytestmark = pytest.mark.django_db
PAGES = (
    ("dossier_detail", ()),
    ("dossier_variables", ()),
    ("item_removed", ()),
    ("sourcing_sheet", ()),
    ("dossier_share", ()),
    ("review_history", ()),
    ("review_preview", ()),
)
FORMS = ("dossier_edit", "item_write", "review_invite")


@pytest.fixture
def owner():
    return member("Ferrand")


@pytest.fixture
def dossier(owner):
    return dossier_of(owner)


@pytest.fixture
def signed_in(client, owner):
    client.force_login(owner)
    return client


def test_the_list_is_empty_then_holds_what_one_opens(signed_in):
    assert "Aucun dossier pour l’instant" in signed_in.get(reverse("dossier_list")).content.decode()
    sent = {"title": "Mobilier des médiathèques", "lots": "Assises\nRayonnages", "amount": "140 000"}
    page = signed_in.post(reverse("dossier_create"), sent, follow=True).content.decode()
    assert "Mobilier des médiathèques" in page
    assert [lot.title for lot in Dossier.objects.get().lots.all()] == ["Assises", "Rayonnages"]
    assert "Mobilier des médiathèques" in signed_in.get(reverse("dossier_list")).content.decode()


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_each_page_opens(signed_in, dossier, name, args):
    with_clause(dossier)
    link_for(dossier)
    page = signed_in.get(reverse(name, args=[dossier.pk, *args]))
    assert page.status_code == 200
    assert "Restauration scolaire 2027" in page.content.decode()


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("editor", 200)])
def test_a_form_that_changes_the_dossier_is_for_who_may(client, dossier, name, role, status):
    client.force_login(shared(dossier, role))
    assert client.get(reverse(name, args=[dossier.pk])).status_code == status


def test_a_family_is_proposed_for_an_object_and_taken_only_when_chosen(signed_in):
    family = PurchaseFamilyFactory(code="ALI", label="Restauration", cpv_prefixes=["555"])
    page = signed_in.get(reverse("dossier_create"), {"objet": "Repas des écoles", "cpv": "55524000"}).content.decode()
    assert "Le code CPV commence par 555" in page
    assert f'name="suggested" value="{family.pk}"' in page.replace(' id="id_suggested_0"', "")
    assert "checked" not in page[page.index('name="suggested"') :][:200]
    signed_in.post(reverse("dossier_create"), {"title": "Sans choix", "need": "Repas", "cpv": ""})
    assert Dossier.objects.get(title="Sans choix").family is None


def test_a_clause_is_added_from_its_page_to_a_new_dossier(signed_in):
    clause = ClauseFactory(title="Relevé trimestriel")
    assert (
        reverse("dossier_add", args=[clause.pk])
        in signed_in.get(f"/clauses/{clause.pk}/", follow=True).content.decode()
    )
    page = signed_in.get(reverse("dossier_add", args=[clause.pk])).content.decode()
    token = re.search(r'name="client_token" value="([^"]+)"', page)[1]
    sent = {"dossier": "nouveau", "title": "Restauration", "client_token": token}
    for _twice in range(2):
        shown = signed_in.post(reverse("dossier_add", args=[clause.pk]), sent, follow=True).content.decode()
    assert "Relevé trimestriel" in shown
    assert DossierItem.objects.get().taken_version == 1
    assert Dossier.objects.count() == 1


def test_a_clause_that_is_not_published_opens_no_dossier(signed_in, owner):
    clause = ClauseFactory(draft=True, author=owner)
    answer = signed_in.post(reverse("dossier_add", args=[clause.pk]), {"dossier": "nouveau", "title": "Vide"})
    assert answer.status_code == 409
    assert not Dossier.objects.exists()


def test_a_value_given_once_stands_everywhere_its_word_does(signed_in, dossier):
    first, second = with_clause(dossier), with_clause(dossier)
    page = signed_in.get(reverse("dossier_detail", args=[dossier.pk])).content.decode()
    assert page.count('<mark class="variable" data-variable="delai">[délai]</mark>') == 2
    sent = {"key_0": "delai", "label_0": "délai", "item_0": "", "was_0": "", "value_0": " 20\u202e jours "}
    page = signed_in.post(reverse("dossier_variables", args=[dossier.pk]), sent, follow=True).content.decode()
    assert page.count('data-state="filled" data-variable="delai">20 jours</mark>') == 2
    assert "1 variables sur 1" in page
    own = {**sent, "item_0": str(second.pk), "value_0": "8 jours"}
    page = signed_in.post(reverse("dossier_variables", args=[dossier.pk]), own, follow=True).content.decode()
    assert page.count(">20 jours</mark>") == page.count(">8 jours</mark>") == 1
    assert DossierVariable.objects.filter(item=first).count() == 0


def test_a_value_is_never_markup(signed_in, dossier):
    with_clause(dossier)
    sent = {"key_0": "delai", "label_0": "délai", "was_0": "", "value_0": "<script>alert(1)</script>"}
    page = signed_in.post(reverse("dossier_variables", args=[dossier.pk]), sent, follow=True).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_texts_move_go_and_come_back(signed_in, dossier):
    one, two = with_clause(dossier, title="Première des clauses"), with_clause(dossier, title="Seconde des clauses")
    signed_in.post(reverse("item_up", args=[dossier.pk, two.pk]))
    assert list(dossier.items.values_list("pk", flat=True)) == [two.pk, one.pk]
    signed_in.post(reverse("item_down", args=[dossier.pk, two.pk]))
    assert list(dossier.items.values_list("pk", flat=True)) == [one.pk, two.pk]
    signed_in.post(reverse("item_remove", args=[dossier.pk, one.pk]), follow=True)
    assert "Première des clauses" not in signed_in.get(reverse("review_preview", args=[dossier.pk])).content.decode()
    assert "Première des clauses" in signed_in.get(reverse("item_removed", args=[dossier.pk])).content.decode()
    signed_in.post(reverse("item_restore", args=[dossier.pk, one.pk]))
    assert list(dossier.items.filter(removed_at=None).values_list("pk", flat=True)) == [two.pk, one.pk]


def test_two_editors_never_overwrite_each_other_silently(client, dossier):
    item = with_article(dossier)
    editor = shared(dossier, "editor", member("Oriol"))
    url = reverse("item_edit", args=[dossier.pk, item.pk])
    sent = {"title": item.title, "document": "cctp", "version": item.version}
    client.force_login(editor)
    assert client.post(url, {**sent, "text": "Livraison avant sept heures."}).status_code == 302
    client.force_login(dossier.owner)
    kept = client.post(url, {**sent, "text": "Livraison avant huit heures."})
    page = kept.content.decode()
    assert kept.status_code == 409
    assert "Livraison avant huit heures." in page
    assert "<del>sept</del>" in page
    assert "Oriol" in page
    item.refresh_from_db()
    assert item.text == "Livraison avant sept heures."
    version = re.search(r'name="version" value="(\d+)"', page[page.index("titre-conflit") :])[1]
    assert client.post(url, {**sent, "text": "Livraison avant huit heures.", "version": version}).status_code == 302
    item.refresh_from_db()
    assert item.text == "Livraison avant huit heures."


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("dossier_edit", {"title": "Nom de la première"}, {"title": "Nom de la seconde"}),
        ("sourcing_sheet", {"findings": "Trois offres"}, {"findings": "Aucune offre"}),
    ],
)
def test_a_form_opened_before_another_change_comes_back_with_both(signed_in, dossier, name, first, second):
    url = reverse(name, args=[dossier.pk])
    opened = re.search(r'name="version" value="(\d+)"', signed_in.get(url).content.decode())[1]
    assert signed_in.post(url, {**first, "version": opened}).status_code == 302
    kept = signed_in.post(url, {**second, "version": opened})
    assert kept.status_code == 409
    # Words that changed are marked one by one: the stored text stands whole beside.
    assert all(next(iter(words.values())) in kept.content.decode() for words in (first, second))


def test_a_value_that_moved_meanwhile_is_shown_and_nothing_is_written(signed_in, dossier):
    with_clause(dossier)
    url = reverse("dossier_variables", args=[dossier.pk])
    sent = {"key_0": "delai", "label_0": "délai", "was_0": "", "value_0": "20"}
    signed_in.post(url, sent)
    kept = signed_in.post(url, {**sent, "value_0": "30"})
    assert kept.status_code == 409
    assert "Quelqu’un vient d’écrire « 20 »" in kept.content.decode().replace("\u202f", " ")
    assert DossierVariable.objects.get().value == "20"


def test_a_later_version_is_told_compared_and_taken(signed_in, dossier):
    clause = ClauseFactory()
    item = with_clause(dossier, clause)
    next_version(clause, "Sous {delai} jours ouvrés, le titulaire remet un relevé par produit.")
    page = signed_in.get(reverse("dossier_detail", args=[dossier.pk])).content.decode()
    assert "La version 2 est parue." in page
    assert "Une clause a changé depuis son ajout" in page
    url = reverse("item_version", args=[dossier.pk, item.pk])
    assert "<ins> ouvrés</ins>" in signed_in.get(url).content.decode()
    page = signed_in.post(url, {"version": item.version, "seen": 2}, follow=True).content.decode()
    assert "jours ouvrés" in page
    assert "La version 2 est parue." not in page


def test_a_version_that_is_kept_is_told_no_more_until_the_next(signed_in, dossier):
    clause = ClauseFactory()
    item = with_clause(dossier, clause)
    next_version(clause, "Sous {delai} jours, autre chose.")
    url = reverse("item_version", args=[dossier.pk, item.pk])
    page = signed_in.post(url, {"garder": "", "seen": 2}, follow=True).content.decode()
    assert "La version 2 est parue." not in page
    next_version(clause, "Sous {delai} jours, encore autre chose.")
    assert "La version 3 est parue." in signed_in.get(reverse("dossier_detail", args=[dossier.pk])).content.decode()


def test_an_adapted_text_is_set_aside_when_a_version_takes_its_place(signed_in, dossier):
    clause = ClauseFactory()
    item = with_clause(dossier, clause)
    sent = {"title": item.title, "document": "cctp", "version": item.version, "text": "Notre propre délai."}
    signed_in.post(reverse("item_edit", args=[dossier.pk, item.pk]), sent)
    item.refresh_from_db()
    assert item.is_adapted
    next_version(clause, "Sous {delai} jours, du nouveau.")
    signed_in.post(reverse("item_version", args=[dossier.pk, item.pk]), {"version": item.version, "seen": 2})
    item.refresh_from_db()
    assert (item.text, item.is_adapted, item.taken_version) == ("Sous {delai} jours, du nouveau.", False, 2)
    assert "Notre propre délai." in signed_in.get(reverse("item_removed", args=[dossier.pk])).content.decode()


def test_another_wording_is_chosen(signed_in, dossier):
    wordings = [{"text": "Un relevé annuel.", "title": "Annuel"}, {"text": "Un relevé mensuel.", "title": "Mensuel"}]
    item = with_clause(dossier, wordings=wordings, variables=[])
    assert "Un relevé annuel." in item.html
    url = reverse("item_wording", args=[dossier.pk, item.pk])
    page = signed_in.post(url, {"wording": "mensuel", "version": item.version}, follow=True).content.decode()
    assert "Un relevé mensuel." in page


def test_what_moved_meanwhile_is_compared_before_a_wording_or_a_version_is_taken(signed_in, dossier):
    wordings = [{"text": "Un relevé annuel.", "title": "Annuel"}, {"text": "Un relevé mensuel.", "title": "Mensuel"}]
    clause = ClauseFactory(wordings=wordings, variables=[])
    item = with_clause(dossier, clause)
    edited = {"title": item.title, "document": "cctp", "version": item.version, "text": "Un relevé bisannuel."}
    signed_in.post(reverse("item_edit", args=[dossier.pk, item.pk]), edited)
    old = {"wording": "mensuel", "version": item.version}
    kept = signed_in.post(reverse("item_wording", args=[dossier.pk, item.pk]), old)
    assert kept.status_code == 409
    assert all(word in kept.content.decode() for word in ("<del>bisannuel", "<ins>mensuel"))
    next_version(clause, "Un relevé par saison.")
    next_version(clause, "Un relevé par semaine.")
    seen = {"version": item.version + 1, "seen": 2}
    kept = signed_in.post(reverse("item_version", args=[dossier.pk, item.pk]), seen)
    assert kept.status_code == 409
    assert "semaine" in kept.content.decode()
    item.refresh_from_db()
    assert item.text == "Un relevé bisannuel."


def test_the_sourcing_sheet_keeps_who_was_met(signed_in, dossier):
    sheet = reverse("sourcing_sheet", args=[dossier.pk])
    signed_in.post(sheet, {"questions": "Quels labels ?\nQuels délais ?", "version": 0})
    page = signed_in.post(
        reverse("company_add", args=[dossier.pk]), {"name": "Cuisines du Val", "met_on": "2026-11-13"}, follow=True
    ).content.decode()
    assert "Cuisines du Val" in page
    page = signed_in.get(reverse("dossier_detail", args=[dossier.pk])).content.decode()
    assert "2\u00a0questions préparées" in page
    assert "1\u00a0entreprise rencontrée" in page


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_page_costs_the_same_whatever_it_holds(signed_in, dossier, django_assert_max_num_queries, count):
    for place in range(count):
        with_clause(dossier, pillar="env" if place % 2 else "social")
    link_for(dossier)
    url = reverse("dossier_detail", args=[dossier.pk])
    signed_in.get(url)
    with django_assert_max_num_queries(16):
        assert signed_in.get(url).status_code == 200


def test_a_reader_reads_everything_and_is_offered_nothing_that_changes(client, dossier):
    item = with_clause(dossier, title="Clause à lire seulement")
    client.force_login(shared(dossier, "reader"))
    page = client.get(reverse("dossier_detail", args=[dossier.pk])).content.decode()
    assert "Clause à lire seulement" in page
    for name, args in (("item_up", (item.pk,)), ("item_edit", (item.pk,)), ("review_invite", ()), ("dossier_edit", ())):
        assert reverse(name, args=[dossier.pk, *args]) not in page
    for name in ("item_up", "item_remove"):
        assert client.post(reverse(name, args=[dossier.pk, item.pk])).status_code == 403
    sent = {"key_0": "delai", "label_0": "délai", "was_0": "", "value_0": "20"}
    assert client.post(reverse("dossier_variables", args=[dossier.pk]), sent).status_code == 403
