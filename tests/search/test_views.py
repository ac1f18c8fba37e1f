"""The pages of the search: read by anybody, at a human pace, without a script."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from clauses.library.models import Clause
from community.core import ratelimits
from community.notifications.models import Notification
from search import actions, service, tasks
from search.address import Asked
from search.models import SavedSearch, SearchMiss, SynonymGroup
from tests.factories import ClauseFactory, MemberFactory, MembershipFactory, PurchaseFamilyFactory, QuestionFactory

pytestmark = pytest.mark.django_db
SEARCH = "search"


def body(response) -> str:
    return response.content.decode()


def test_a_visitor_finds_and_shares_an_address(client, indexed):
    family = PurchaseFamilyFactory(label="Mobilier")
    QuestionFactory(title="Réemploi de mobilier en médiathèque", family=family)
    QuestionFactory(title="Mobilier <b>scolaire</b> neuf")
    indexed()
    page = client.get(reverse(SEARCH), {"q": "reemploi mobilier"})
    text = body(page)
    assert page.status_code == 200
    assert "<mark>Réemploi</mark> de <mark>mobilier</mark> en médiathèque" in text
    assert "1 résultat" in text
    assert f'value="{family.slug}"' in text
    narrowed = body(client.get(reverse(SEARCH), {"q": "mobilier", "famille": family.slug}))
    assert "scolaire" not in narrowed
    assert "&lt;b&gt;<mark>scolaire</mark>&lt;/b&gt;" in body(client.get(reverse(SEARCH), {"q": "scolaire"}))


def test_a_clause_says_what_it_is_and_shows_its_variables(client, indexed):
    client.force_login(MemberFactory())
    clause = ClauseFactory(
        title="Relevé des <b>palettes</b>",
        wordings=[{"text": "Sous {delai} jours, un <i>relevé</i> de la part de palettes."}],
        variables=[{"key": "delai", "label": "délai des palettes", "unit": "jours", "default": "30"}],
    )
    Clause.objects.filter(pk=clause.pk).update(use_count=3)
    indexed()
    text = body(client.get(reverse(SEARCH), {"q": "palettes"}))
    assert (
        '<mark class="variable">[délai des <mark>palettes</mark>]</mark> jours, un &lt;i&gt;relevé&lt;/i&gt; de' in text
    )
    assert "Clause · CCTP · à jour · 3 reprises" in text
    assert "<b>palettes" not in text
    similar = body(client.get(reverse("question_similar"), {"title": "Relevé trimestriel des palettes"}))
    assert "CCTP · à jour · 3 reprises" in similar


def test_nothing_found_leads_to_asking_with_the_words_carried_over(client):
    text = body(client.get(reverse(SEARCH), {"q": "hélicoptère à pédales"}))
    assert "Rien trouvé" in text
    link = re.search(r'href="([^"]*titre=[^"]*)"', text)[1]
    assert link.startswith(reverse("question_ask"))
    assert "h%C3%A9licopt%C3%A8re+%C3%A0+p%C3%A9dales" in link


def test_what_narrows_a_search_is_not_carried_into_the_question(client):
    asked = 'réemploi -mobilier famille:nettoyage "lot 2" -auteur:nora « siège social » après:10/2026'
    text = body(client.get(reverse(SEARCH), {"q": asked}))
    link = re.search(r'href="([^"]*titre=[^"]*)"', text)[1]
    assert parse_qs(urlsplit(link).query)["titre"] == ["réemploi lot 2 siège social"]


@pytest.mark.parametrize("name", ["question_list", "clause_list", "experience_list"])
def test_a_list_where_words_find_nothing_leads_to_the_search(client, name):
    page = body(client.get(reverse(name), {"q": "moblier & chaises"}))
    assert f'href="{reverse(SEARCH)}?q=moblier+%26+chaises"' in page


def test_a_correction_is_shown_and_may_be_refused(client, indexed):
    QuestionFactory(title="Réemploi de mobilier")
    indexed()
    text = body(client.get(reverse(SEARCH), {"q": "moblier"}))
    assert "<strong><mark>mobilier</mark></strong>" in text
    assert "les deux orthographes" in text
    assert 'href="?q=moblier&amp;exact=1"' in text
    alone = body(client.get(reverse(SEARCH), {"q": "moblier avant:2001"}))
    assert "<mark>mobilier</mark>" in alone
    assert "les deux orthographes" not in alone


def test_a_tab_where_no_content_has_every_word_says_so_of_itself_alone(client, indexed):
    QuestionFactory(title="Réemploi de palettes")
    ClauseFactory(title="Réemploi de palettes en chêne")
    indexed()
    narrowed = body(client.get(reverse(SEARCH), {"q": "réemploi palettes chêne", "type": "questions"}))
    assert "Ici, aucun contenu ne réunit tous ces mots." in narrowed
    assert 'href="?q=r%C3%A9emploi+palettes+ch%C3%AAne">Chercher ces mots partout' in narrowed
    wide = body(client.get(reverse(SEARCH), {"q": "réemploi palettes zinc"}))
    assert "Aucun contenu ne réunit tous ces mots." in wide
    assert "partout" not in wide


def test_a_tab_without_words_promises_no_result_outside_of_it(client, indexed):
    QuestionFactory(title="Réemploi de palettes")
    ClauseFactory(title="Réemploi de palettes en chêne")
    indexed()
    text = body(client.get(reverse(SEARCH), {"type": "clauses"}))
    assert '<a href="?">Tout</a>' in text
    assert re.search(r'aria-current="page">Clauses <span class="count" data-tone="quiet">1</span>', text)


def test_without_words_the_page_tells_how_to_search(client):
    assert "Chercher mieux" in body(client.get(reverse(SEARCH)))


def test_a_person_searches_thirty_times_a_minute(client):
    client.force_login(MemberFactory())
    answers = [client.get(reverse(SEARCH), {"q": "mobilier"}).status_code for _number in range(31)]
    assert answers == [200] * 30 + [429]
    client.force_login(MemberFactory())
    assert client.get(reverse(SEARCH), {"q": "mobilier"}).status_code == 200


@pytest.mark.parametrize("name", ["question_list", "clause_list", "experience_list"])
def test_the_words_of_a_list_are_of_the_same_thirty(client, monkeypatch, name):
    monkeypatch.setattr(ratelimits, "SEARCHES_A_MINUTE", 2)
    client.force_login(MemberFactory())
    answers = [client.get(reverse(each), {"q": "mobilier"}) for each in (SEARCH, name, name, SEARCH)]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert client.get(reverse(name), {"q": " "}).status_code == 200


def test_suggestions_complete_what_is_typed(client, indexed):
    question = QuestionFactory(title="Enrobés tièdes : comment contrôler ?")
    indexed()
    text = body(client.get(reverse("search_suggest"), {"q": "enrobes ti"}))
    assert 'role="option"' in text
    assert f"/{question.pk}/" in text
    assert "<mark>Enrobés</mark> <mark>tièdes</mark>" in text
    assert body(client.get(reverse("search_suggest"), {"q": "e"})).strip() == ""


def test_what_found_nothing_is_told_to_those_who_animate_and_to_them_only(client):
    client.get(reverse(SEARCH), {"q": "Hélicoptère à pédales"})
    client.get(reverse(SEARCH), {"q": "hélicoptère à pédales"})
    client.get(reverse(SEARCH), {"q": "camille@example.org 06 12 34 56 78 9999999999"})
    assert SearchMiss.objects.get(text="hélicoptère à pédales").times == 2
    assert not SearchMiss.objects.filter(text__contains="@").exists()
    assert not SearchMiss.objects.filter(text__contains="9999").exists()
    assert not SearchMiss.objects.filter(text__contains="06").exists()
    client.force_login(MemberFactory())
    assert client.get(reverse("search_misses")).status_code == 404
    client.force_login(MembershipFactory(role="moderator").member)
    assert "hélicoptère à pédales" in body(client.get(reverse("search_misses")))


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("dirigeable 130 025 265 00013", "dirigeable"),
        ("dirigeable +33.6.12.34.56.78", "dirigeable"),
        ("dirigeable 2027", "dirigeable 2027"),
        ("Agathe Montrieux", None),
        ("dirigeable de MONTRIEUX Agathe", None),
        ("dirigeable Agathe", "dirigeable agathe"),
    ],
)
def test_what_names_a_person_is_not_kept_of_a_search(client, asked, kept):
    MemberFactory(first_name="Agathe", last_name="Montrieux")
    client.get(reverse(SEARCH), {"q": asked})
    assert list(SearchMiss.objects.values_list("text", flat=True)) == ([kept] if kept else [])


def test_misses_are_kept_ninety_days():
    from search.tasks import purge_misses

    today = timezone.localdate()
    for days in (89, 91):
        SearchMiss.objects.create(text=f"vieux de {days}", day=today - timezone.timedelta(days=days))
    purge_misses()
    assert list(SearchMiss.objects.values_list("text", flat=True)) == ["vieux de 89"]


def test_a_rare_word_is_told_of_though_a_common_one_is_near(monkeypatch, indexed):
    monkeypatch.setattr("search.service.ENOUGH", 2)
    owner = MemberFactory()
    for _number in range(2):
        QuestionFactory(title="La chambre froide")
    saved = actions.save_search(actor=owner, asked=Asked.from_address("q=chanbre", owner))
    rare = QuestionFactory(title="Le chanbre de chanvre")
    indexed()
    assert service.search(owner, "chanbre").corrected == {"chanbre": "chambre"}
    assert actions.tell_saved_search(saved=saved) == 1
    assert Notification.objects.get().target_id == rare.pk


def test_a_saved_search_tells_of_what_comes_and_not_of_what_was(client, indexed):
    member = MemberFactory()
    QuestionFactory(title="Un ancien sujet sur le chanvre")
    indexed()
    client.force_login(member)
    client.post(reverse("search_save"), {"adresse": "q=chanvre&periode=toujours&inconnu=1"})
    saved = SavedSearch.objects.get()
    assert (saved.address, saved.label) == ("q=chanvre", "chanvre")
    assert "chanvre" in body(client.get(reverse("saved_search_list")))
    assert actions.tell_saved_search(saved=saved) == 0
    recent = QuestionFactory(title="Un nouveau sujet sur le chanvre")
    indexed()
    assert actions.tell_saved_search(saved=saved) == 1
    told = Notification.objects.get(member=member)
    assert (told.reason, told.target_kind, told.target_id) == ("saved_search", "question", recent.pk)
    saved.refresh_from_db()
    client.post(reverse("saved_search_forget", args=[saved.pk]))
    assert not SavedSearch.objects.exists()


def test_many_saved_searches_are_told_up_to_one_moment(indexed, monkeypatch):
    asked = []
    known_until = actions.known_until
    monkeypatch.setattr(actions, "known_until", lambda: asked.append(1) or known_until())
    for member in MemberFactory.create_batch(3):
        actions.save_search(actor=member, asked=Asked.from_address("q=chanvre", member))
    QuestionFactory(title="Un nouveau sujet sur le chanvre")
    indexed()
    assert tasks.tell_saved_searches.func() == 3
    assert (Notification.objects.count(), asked) == (3, [1])


def test_one_forgets_ones_own_searches_only(client):
    owner = MemberFactory()
    saved = actions.save_search(actor=owner, asked=Asked.from_address("q=bois", owner))
    client.force_login(MemberFactory())
    client.post(reverse("saved_search_forget", args=[saved.pk]))
    assert SavedSearch.objects.filter(pk=saved.pk).exists()


def test_synonyms_are_edited_in_the_back_office_and_used_at_once(client, indexed, monkeypatch):
    monkeypatch.setattr("community.members.middleware.lacks_second_factor", lambda member: False)
    QuestionFactory(title="Quel bidule choisir ?")
    indexed()
    assert "bidule" not in body(client.get(reverse(SEARCH), {"q": "trucmuche"}))
    client.force_login(MemberFactory(is_staff=True, is_superuser=True))
    address = reverse("synonymes:add")
    assert client.get(address).status_code == 200
    assert client.post(address, {"terms": "seul", "note": ""}).status_code == 200
    assert client.post(address, {"terms": "trucmuche, bidule", "note": ""}).status_code == 302
    assert SynonymGroup.objects.filter(terms="trucmuche, bidule").exists()
    from search.selectors import forget_synonyms

    forget_synonyms()
    assert "bidule" in body(client.get(reverse(SEARCH), {"q": "trucmuche"}))


def test_a_place_chosen_for_the_same_words_keeps_their_filters(client, indexed):
    family = PurchaseFamilyFactory(label="Mobilier")
    QuestionFactory(title="Mobilier scolaire", family=family)
    indexed()
    text = body(client.get(reverse(SEARCH), {"q": "mobilier", "famille": family.slug}))
    box = text[text.index('<search class="stack">') : text.rindex("</search>")]
    sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', box))
    assert sent == {"famille": family.slug, "mots": "mobilier"}
    same = client.get(reverse(SEARCH), {**sent, "q": " mobilier ", "titres": "1"})
    assert same.url == f"{reverse(SEARCH)}?q=mobilier&famille={family.slug}&titres=1"
    other = client.get(reverse(SEARCH), {**sent, "q": "chaises", "titres": "1"})
    assert other.url == f"{reverse(SEARCH)}?q=chaises&titres=1"


def test_the_page_of_a_space_searches_in_it(client, indexed):
    from tests.factories import SpaceFactory

    space = SpaceFactory()
    QuestionFactory(title="Le liège du dehors")
    QuestionFactory(title="Le liège du dedans", space=space)
    indexed()
    page = body(client.get(reverse("space_detail", args=[space.slug])))
    assert re.search(
        rf'<form action="{reverse(SEARCH)}">\s*<input type="hidden" name="perimetre" value="{space.slug}">', page
    )
    found = body(client.get(reverse(SEARCH), {"perimetre": space.slug, "q": "liège"}))
    assert "du dedans" in found
    assert "du dehors" not in found


def test_the_scope_of_a_space_that_is_not_seen_finds_nothing(client, indexed):
    from tests.factories import SpaceFactory

    space = SpaceFactory(private=True)
    QuestionFactory(title="Un sujet ouvert sur le liège")
    QuestionFactory(title="Un sujet privé sur le liège", space=space)
    indexed()
    for slug in (space.slug, "nulle-part"):
        assert "0 résultat<" in body(client.get(reverse(SEARCH), {"q": "liège", "perimetre": slug}))
