"""What is typed beside words: exclusions, names, families, states, dates; what an address holds that it should not."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from clauses.library.selectors.similar import KEPT_SECONDS, similar_clauses
from community.core import ports
from community.law.models import LegalProvision, LegalText
from community.members.actions import update_profile
from community.notifications.models import Notification
from qa.actions.ask import UNFILED, Filing, ask_question
from qa.selectors.related import SIMILAR_SECONDS, similar_ids
from search import actions, filters, rebuild, service
from search.address import Asked
from search.analysis.query import MAX_TERMS
from search.documents import microseconds
from search.engines.base import PAGE
from search.models import MAX_ADDRESS, OutboxEntry, SavedSearch, SearchMiss
from search.service import Filters
from tests.factories import (
    ClauseFactory,
    MemberFactory,
    PurchaseFamilyFactory,
    QuestionFactory,
    SpaceFactory,
    TagFactory,
)

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()
SEARCH = "search"


def titles(text: str, viewer=VISITOR, **options) -> set[str]:
    return {row.obj.title for row in service.search(viewer, text, Filters(**options)).rows if row.kind == "question"}


def write(title: str, *, author=None, family=None, body: str = "Un texte.", naming: str = "name"):
    filing = Filing(family=family) if family else UNFILED
    return ask_question(actor=author or MemberFactory(), title=title, body=body, filing=filing, naming=naming)


def legal_text(title: str, **columns) -> LegalText:
    slug = f"texte-{LegalText.objects.count()}"
    return LegalText.objects.create(slug=slug, nature="code", short_title=title, title=title, **columns)


@pytest.mark.parametrize("typed", ["famille:vélos", "casier famille:vélos", "-pomme famille:vélos"])
def test_a_family_that_is_typed_narrows_the_facets_which_narrow_it(typed):
    family, other = PurchaseFamilyFactory(label="Vélos"), PurchaseFamilyFactory(label="Fruits")
    write("Quel casier choisir ?", family=family)
    write("Où poser un casier ?", family=family)
    write("Un casier de pommes ?", family=other)
    assert service.search(VISITOR, typed).facets["famille"] == {str(family.pk): 2}
    assert service.search(VISITOR, typed, Filters(families=(family.pk,))).total == 2
    assert service.search(VISITOR, typed, Filters(families=(other.pk,))).total == 0


def test_a_state_that_is_typed_narrows_the_facets_which_narrow_it():
    write("Quel casier choisir ?")
    assert service.search(VISITOR, "casier statut:ouverte").facets["etat"] == {"ouverte": 1}
    assert service.search(VISITOR, "casier statut:résolue", Filters(states=("ouverte",))).total == 0


def test_an_exclusion_leaves_out_whatever_else_is_asked():
    family, other = PurchaseFamilyFactory(label="Vélos"), PurchaseFamilyFactory(label="Fruits")
    write("Quel casier choisir ?", family=family)
    write("Quel cadenas choisir ?", family=family, body="Avec le casier.")
    write("Quelle pomme choisir ?", family=other)
    assert titles("choisir -casier famille:vélos") == set()
    assert titles("-casier famille:fruits") == {"Quelle pomme choisir ?"}
    assert titles("-casier famille:vélos") == set()
    assert titles("-pomme -poire famille:vélos") == {"Quel casier choisir ?", "Quel cadenas choisir ?"}


def test_a_name_is_looked_for_beside_titles():
    writer = MemberFactory(first_name="Zephirine", last_name="Quatrefages")
    write("Quel casier choisir ?", author=writer)
    write("Quel cadenas choisir ?", author=writer, body="Avec le casier.")
    write("Quel casier prendre ?")
    assert titles("casier auteur:zephirine", titles_only=True) == {"Quel casier choisir ?"}
    assert titles("casier auteur:zephirine") == {"Quel casier choisir ?", "Quel cadenas choisir ?"}
    assert titles("auteur:zephirine -cadenas", titles_only=True) == {"Quel casier choisir ?"}
    assert titles('auteur:"zephirine quatrefages"') == titles("autrice:Quatrefages")


def test_as_many_words_are_mended_as_are_asked(monkeypatch):
    tried = []
    monkeypatch.setattr(service, "best_correction", lambda word, reader, least: tried.append(word) or "")
    service.search(VISITOR, " ".join(f"zq{letter}xw" for letter in "abcdefghijklmnopqrstuvwxyz"))
    assert len(tried) == MAX_TERMS


def test_whoever_changed_her_name_is_found_by_the_other_no_more(run_tasks):
    writer = MemberFactory(first_name="Zephirine", last_name="Quatrefages")
    write("Quel casier choisir ?", author=writer)
    fields = {
        "first_name": "Zacharie", "last_name": "Quatrefages", "account_kind": writer.account_kind, "job": "", "bio": "",
        "territory": None, "available_to_be_asked": False, "families_practised": [], "themes_practised": [],
        "families_followed": [], "themes_followed": [],
    }  # fmt: skip
    shown = dict.fromkeys(("job", "organisation", "territory", "bio", "practice", "availability"), "nobody")
    update_profile(actor=writer, fields=fields, organisation=None, visibility=shown)
    run_tasks()
    assert titles("auteur:zephirine") == set()
    assert titles("auteur:zacharie") == {"Quel casier choisir ?"}


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("maitrise d'oeuvre", {"Maîtrise d’œuvre"}),
        ("MOE-X", {"Maîtrise d’œuvre"}),
        ("espaces-verts", {"Espaces verts, biodiversité", "Entretien d’espaces verts"}),
        ("espace vert", {"Espaces verts, biodiversité", "Entretien d’espaces verts"}),
        ("biodiv", {"Espaces verts, biodiversité"}),
        ("maitrise biodiv", set()),
        ("le", set()),
        ("?!", set()),
    ],
)
def test_a_family_is_named_as_it_is_said(typed, labels):
    cache.delete(filters.FAMILIES_KEY)
    PurchaseFamilyFactory(label="Maîtrise d’œuvre", code="MOE-X")
    for label in ("Espaces verts, biodiversité", "Entretien d’espaces verts"):
        PurchaseFamilyFactory(label=label)
    known = {each["pk"]: each["label"] for each in filters.families()}
    assert {known[pk] for pk in filters.family_ids(typed)} == labels


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("casier famille:Éqüipements", "Aucune famille d’achats ne s’appelle « Éqüipements »."),
        ('casier famille:"<b> non"', "Aucune famille d’achats ne s’appelle « &lt;b&gt; non »."),
        ("casier famille:?!", "Aucune famille d’achats ne s’appelle « ?! »."),
        ("casier pièce:facture", "Aucune pièce du marché ne s’appelle « facture »."),
        ("casier statut:perdue", "Aucun statut ne s’appelle « perdue » : il y a résolue, ouverte, close et à-jour."),
    ],
)
def test_a_field_that_names_nothing_is_said_and_finds_nothing(client, typed, said):
    cache.delete(filters.FAMILIES_KEY)
    write("Quel casier choisir ?", family=PurchaseFamilyFactory(label="Vélos"))
    page = client.get(reverse(SEARCH), {"q": typed}).content.decode()
    assert page.count(said) == 1
    assert "Rien trouvé" in page and "Écrivez ce nom autrement" in page
    assert "<mark>casier</mark>" not in page
    left_out = client.get(reverse(SEARCH), {"q": typed.replace("casier ", "casier -")}).content.decode()
    assert said in left_out and "<mark>casier</mark>" in left_out
    both = client.get(reverse(SEARCH), {"q": f"{typed} famille:vélos pièce:cctp statut:ouverte"}).content.decode()
    assert said in both


@pytest.mark.parametrize("typed", ["casier famille:vélo", "casier pièce:règlement statut:à-jour", "casier auteur:zzz"])
def test_a_field_that_names_something_or_somebody_is_not(client, typed):
    cache.delete(filters.FAMILIES_KEY)
    PurchaseFamilyFactory(label="Vélos")
    assert "ne s’appelle" not in client.get(reverse(SEARCH), {"q": typed}).content.decode()


@pytest.mark.parametrize("typed", ["a-jour", "à jour", "À-jour"])
def test_a_state_is_named_as_it_is_said(typed):
    assert Filters.understand("state", [service.parse(f'statut:"{typed}"').fields["state"][0]]) == ("etat", ("a-jour",))


@pytest.mark.parametrize(
    ("typed", "piece"),
    [("CCTP", "cctp"), ("acte d’engagement", "ae"), ("acte d'engagement", "ae"), ("règlement", "rc"),
     ("annexes", "annex"), ("avis", "notice"), ("facture", "facture"), ("?", "?")],
)  # fmt: skip
def test_a_document_is_named_as_it_is_said(typed, piece):
    assert Filters.understand("document", service.parse(f'pièce:"{typed}"').fields["document"]) == ("piece", (piece,))


def test_a_date_begins_where_the_site_is():
    day = service.parse("avant:2026-07-14").before
    assert service.at(day) == microseconds(datetime.fromisoformat("2026-07-14T00:00:00+02:00"))
    assert service.at(service.parse("avant:0001").before) < 0


def test_an_article_is_found_as_one_says_it():
    text = legal_text("Code de la commande publique")
    provision = LegalProvision.objects.create(text=text, key="L2112-2", label="L. 2112-2", title="Conditions")
    rebuild.rebuild(lambda _steps: None)
    found = service.search(VISITOR, "article L2112-2 du code de la commande publique")
    assert ([row.obj for row in found.rows], found.relaxed) == ([provision], False)


@pytest.mark.parametrize("typed", ["L2112", "L. 2112", "l.2112", "article L2112", "L2112 conditions"])
def test_the_articles_of_a_chapter_are_found_by_it(typed):
    text = legal_text("Code de la commande publique")
    keys = {"L2112-1": "L. 2112-1", "L2112-2-1": "L. 2112-2-1", "R2112-2": "R. 2112-2", "L2113-1": "L. 2113-1"}
    for key, label in keys.items():
        LegalProvision.objects.create(text=text, key=key, label=label, title="Conditions")
    rebuild.rebuild(lambda _steps: None)
    found = service.search(VISITOR, typed)
    assert {row.obj.key for row in found.rows} == {"L2112-1", "L2112-2-1"}
    assert all("<mark>L. 2112-" in row.title for row in found.rows)


def test_a_list_is_filtered_by_its_own_contents_only():
    text, other = legal_text("Code zinzolin"), legal_text("Code carmin")
    LegalProvision.objects.create(pk=other.pk, text=text, key="1", label="1", title="Un article zinzolin")
    rebuild.rebuild(lambda _steps: None)
    assert list(service.text_search(VISITOR, "legal_text", "zinzolin")) == [text]


@pytest.mark.parametrize(
    "name", ["q", "type", "famille", "etat", "periode", "piece", "objectif", "motcle", "perimetre"]
)
def test_a_character_that_the_database_refuses_is_a_space(client, name):
    client.force_login(MemberFactory())
    assert client.get(reverse(SEARCH), {"q": "mobilier", name: "a\0b"}).status_code == 200
    assert client.post(reverse("search_save"), {"adresse": f"q=bois&{name}=a%00b"}).status_code == 302


def test_a_page_beyond_the_last_leads_to_the_first(client, indexed):
    for rank in range(PAGE + 1):
        QuestionFactory(title=f"Mobilier {rank}")
    indexed()
    assert client.get(reverse(SEARCH), {"q": "mobilier", "page": 2}).status_code == 200
    assert client.get(reverse(SEARCH), {"q": "mobilier", "page": 3}).url == f"{reverse(SEARCH)}?q=mobilier"


@pytest.mark.parametrize("words", ["le la les", "-bureau"])
def test_words_that_say_nothing_alone_ask_for_another(client, words):
    assert "Il manque un mot" in client.get(reverse(SEARCH), {"q": words}).content.decode()
    assert not SearchMiss.objects.exists()


def test_what_holds_one_word_of_many_is_shown_and_counted_as_missing(client):
    write("Quel casier choisir ?")
    page = client.get(reverse(SEARCH), {"q": "casier hélicoptère dirigeable"}).content.decode()
    assert "Quel <mark>casier</mark> choisir" in page
    assert SearchMiss.objects.get().text == "casier hélicoptère dirigeable"
    client.get(reverse(SEARCH), {"q": "casier choisir hélicoptère"})
    assert SearchMiss.objects.count() == 1


@pytest.mark.parametrize("asked", [{"q": "auteur:dupont"}, {"q": "zzz auteur:dupont"}, {"q": "zzz", "titres": "1"}])
def test_what_says_nothing_of_what_is_missing_is_not_counted(client, asked):
    client.get(reverse(SEARCH), asked)
    assert not SearchMiss.objects.exists()


def test_a_long_search_is_kept_whole_or_refused(client):
    client.force_login(MemberFactory())
    long = Asked.from_address(f"q={'é' * 200}", VISITOR).address()
    assert 500 < len(long) < MAX_ADDRESS
    client.post(reverse("search_save"), {"adresse": long})
    assert SavedSearch.objects.get().address == long
    endless = "&".join([long, *(f"motcle={rank}{'é' * 50}" for rank in range(20))])
    assert client.post(reverse("search_save"), {"adresse": endless}).status_code == 409
    assert SavedSearch.objects.count() == 1


def test_the_question_is_asked_where_one_was_looking(client):
    cache.delete(filters.FAMILIES_KEY)
    space, family = SpaceFactory(), PurchaseFamilyFactory()
    asked = {"q": "dirigeable", "perimetre": space.slug, "famille": family.slug}
    page = client.get(reverse(SEARCH), asked).content.decode()
    assert f"?titre=dirigeable&amp;espace={space.slug}&amp;famille={family.slug}" in page


def test_two_searches_that_are_kept_are_told_apart():
    space = SpaceFactory(name="Le cercle")
    address = f"q=bois&type=clauses&piece=cctp&etat=a-jour&periode=trois-mois&titres=1&perimetre={space.slug}"
    said = "bois · Clauses · CCTP · Clauses à jour · 3 derniers mois · Titres seulement · Le cercle"
    assert Asked.from_address(address, VISITOR).label() == said
    assert Asked.from_address("q=bois&perimetre=miens", MemberFactory()).label() == "bois · Mes espaces"


def test_a_kept_search_says_a_keyword_as_it_was_typed():
    TagFactory(name="Zymotechnie")
    assert Asked.from_address("q=bois&motcle=zymotechnie", VISITOR).label() == "bois · zymotechnie"


def test_a_family_is_chosen_within_a_keyword(client):
    page = client.get(reverse(SEARCH), {"q": "bois", "motcle": "réemploi"}).content.decode()
    assert '<input type="hidden" name="motcle" value="réemploi">' in page


@pytest.mark.parametrize(
    ("factory", "close_to", "many"),
    [(QuestionFactory, similar_ids, SIMILAR_SECONDS), (ClauseFactory, similar_clauses, KEPT_SECONDS)],
)
def test_that_nothing_resembles_is_kept_a_minute(monkeypatch, factory, close_to, many):
    content, other, kept = factory(), factory(), []
    monkeypatch.setattr(cache, "get", lambda key: None)
    monkeypatch.setattr(cache, "set", lambda key, value, seconds: kept.append(seconds))
    for found in ([], [other]):
        monkeypatch.setattr(ports, "similar", lambda *args, found=found, **kwargs: found)
        close_to(VISITOR, content)
    assert kept == [60, many]


def test_an_alert_tells_of_what_is_in_the_store_and_in_force():
    owner = MemberFactory()
    saved = actions.save_search(actor=owner, asked=Asked.from_address("q=zinzolin", owner))
    legal_text("Loi zinzolin", in_force_from=timezone.localdate() + timedelta(days=30))
    written = QuestionFactory(title="Le zinzolin")
    rebuild.rebuild(lambda _steps: None)
    # What was written before this one is told of already by the server.
    waiting = OutboxEntry.objects.create(kind="question", object_id=0)
    OutboxEntry.objects.filter(pk=waiting.pk).update(at=written.created_at - timedelta(minutes=1))
    told = saved.told_until
    assert actions.tell_saved_search(saved=saved) == 0
    saved.refresh_from_db()
    assert saved.told_until == told
    waiting.delete()
    assert actions.tell_saved_search(saved=saved) == 1
    assert Notification.objects.get().target_id == written.pk
