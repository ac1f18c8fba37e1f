"""What a buyer types is met the same on every store: figures, quotes, colons, divisions, acronyms, words half typed."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone

from clauses.library.models import Clause
from community.law.models import LegalProvision, LegalText
from community.notifications.models import Notification
from search import actions, rebuild, selectors, service
from search.address import Asked
from search.analysis import Phrase, parse
from search.analysis.synonyms import MAX_ALTERNATIVES, Synonyms
from search.analysis.tokens import tokens_of
from search.models import SavedSearch, SynonymGroup
from search.principals import reader_of
from tests.factories import ClauseFactory, MemberFactory, QuestionFactory

VISITOR = AnonymousUser()
LINES = ["ai => ai, association intermediaire", "beges, bilan carbone, bilan des emissions de gaz a effet de serre"]


def nothing(_steps: int) -> None: ...


@pytest.fixture
def indexed(db):
    def fill(*titles: str) -> list:
        made = [QuestionFactory(title=title) for title in titles]
        rebuild.rebuild(nothing)
        return made

    return fill


@pytest.fixture
def synonyms(monkeypatch):
    monkeypatch.setattr(service, "synonyms", lambda: Synonyms.from_lines(LINES))


def titles(text: str) -> list[str]:
    return [row.obj.title for row in service.search(VISITOR, text).rows]


def test_amounts_and_years_do_not_take_the_place_of_words(indexed):
    indexed("Nettoyage des bureaux", "Vitrerie et bureaux", "Lot 12 de 2026, 3 sites")
    text = "Nettoyage de bureaux, 70 000 € sur 48 mois, 3 lots, 12 agents, 2 sites, 15 %, 20 %, 60 %, 25 %, en 2026"
    words, _met = service.rarest(tokens_of(text), reader_of(VISITOR))
    assert {word.exact for word in words} == {"nettoyage", "bureaux", "lots", "sites"}
    kept, _met = service.rarest(tokens_of("45233140 et L2112-2 en 2026"), reader_of(VISITOR))
    assert [word.exact for word in kept] == ["45233140", "l2112-2"]


@pytest.mark.parametrize("typed", ["clauses social", "clauses sociales d'inser", "Clauses", "sociale"])
def test_the_box_finds_titles_by_any_form_of_their_words(indexed, typed):
    indexed("Clause sociale d’insertion", "Transport scolaire")
    assert [each.text for each in service.autocomplete(VISITOR, typed)] == ["Clause sociale d’insertion"]


def test_the_first_letter_of_a_word_takes_no_proposal_away(indexed):
    MemberFactory(first_name="Nora", last_name="Belhadj")
    indexed()
    viewer = MemberFactory()
    for typed in ("nora", "nora ", "nora b", "nora be"):
        assert [each.text for each in service.autocomplete(viewer, typed)] == ["Nora Belhadj"]
    assert service.autocomplete(viewer, "b") == []


def test_what_the_box_found_is_marked_in_any_form(indexed):
    indexed("Clause sociale d’insertion")
    label = service.autocomplete(VISITOR, "clauses soc")[0].label
    assert str(label) == "<mark>Clause</mark> <mark>sociale</mark> d’insertion"


@pytest.mark.parametrize("typed", ["45000000", "45000000-7", "45200000", "45233"])
def test_a_division_finds_all_that_is_under_it(indexed, typed):
    indexed("Enrobés tièdes, CPV 45233140-2", "Fruits, CPV 03222000-3", "Travaux pour 45 000 000 €")
    assert "Enrobés tièdes, CPV 45233140-2" in titles(typed)
    assert "Fruits, CPV 03222000-3" not in titles(typed)


@pytest.mark.parametrize(
    "typed", ["CPV 45", "cpv:45", "cpv : 45", "CPV n° 45", "cpv45", "cpv-45", "CPV 45233", "CPV 45 000 000", "CPV 450"]
)
def test_a_number_said_to_be_of_the_cpv_is_a_prefix(indexed, typed):
    roads, site = "Enrobés tièdes, 45233140-2", "Chantier, CPV 45100000-8"
    indexed(roads, site, "Fruits, CPV 03222000-3", "Le CPV de 9 lots en 45 jours", "Prix 45 %, CPV 03222000")
    assert set(titles(typed)) == ({roads} if "233" in typed else {roads, site})


@pytest.mark.parametrize("typed", ["-cpv:45", "-cpv45", "-45000000"])
def test_what_is_under_a_division_is_left_out(indexed, typed):
    indexed("Essai d’enrobés, 45233140-2", "Essai de fruits, CPV 03222000-3, en 45 jours")
    assert titles(f"essai {typed}") == ["Essai de fruits, CPV 03222000-3, en 45 jours"]


def test_what_is_marked_of_a_division_is_its_codes(indexed):
    indexed("45 jours pour 45233140-2", "Voir CPV 45")
    shown = {str(row.title) for row in service.search(VISITOR, "cpv:45").rows}
    assert shown == {"45 jours pour <mark>45233140-2</mark>", "Voir <mark>CPV</mark> <mark>45</mark>"}


@pytest.mark.parametrize("typed", ["CPV 00", "cpv 4", "CPV et 45", "CPV famille:x 45", "CPV 123456789", "cpv quarante"])
def test_other_numbers_are_no_prefix(typed):
    assert "cpv_" not in str(parse(typed).groups)
    assert len(parse(typed).groups) == 2


def test_a_division_that_ends_with_zero_is_one(indexed):
    indexed("Ordinateurs, CPV 30213000-5", "Huiles, CPV 03222000-3")
    assert titles("CPV 30") == titles("30000000") == titles("CPV 300") == ["Ordinateurs, CPV 30213000-5"]


@pytest.mark.parametrize(("typed", "is_found"), [("AI", True), ("une AI locale", True), ("ai", False), ("SI", False)])
def test_an_acronym_in_capitals_is_one_though_its_letters_are_a_word_that_says_nothing(typed, is_found):
    asked = str(parse(typed, Synonyms.from_lines(LINES)).groups)
    assert ("_associ" in asked) is is_found


def test_a_slip_never_meant_an_acronym(indexed, synonyms):
    indexed("Un beges et des bebes", "Bilan des émissions de gaz à effet de serre")
    assert service.best_correction("beget", reader_of(VISITOR)) == ""
    assert service.best_correction("bilam", reader_of(VISITOR)) == "bilan"


@pytest.mark.parametrize("typed", ["“clause sociale”", "„clause sociale‟", '"clause sociale"', "« clause sociale »"])
def test_quotes_are_those_of_a_word_processor_too(typed):
    assert parse(typed).groups == [Phrase(("clause", "sociale"))]


@pytest.mark.parametrize("colon", [":", " :", " : ", "\u00a0: "])
def test_a_colon_has_the_spaces_of_french(colon):
    asked = parse(f"nettoyage statut{colon}résolue Après{colon}2026")
    assert asked.fields == {"state": ["resolue"]}
    assert asked.after.year == 2026
    assert len(asked.groups) == 1


def test_a_group_has_as_many_synonyms_as_are_asked():
    terms = [f"mot{rank}" for rank in range(MAX_ALTERNATIVES)]
    group = SynonymGroup(terms=", ".join(terms))
    group.clean_fields()
    known = Synonyms.from_lines([group.terms])
    assert all(len(known.alternatives((stem,))) == MAX_ALTERNATIVES - 1 for stem in known_stems(terms))
    with pytest.raises(ValidationError, match="au plus 12"):
        SynonymGroup(terms=", ".join([*terms, "un de trop"])).clean_fields()


def known_stems(terms: list[str]) -> list[str]:
    return [token.stems[0] for term in terms for token in tokens_of(term)]


def test_no_group_of_ours_is_cut(db):
    groups = SynonymGroup.objects.values_list("terms", flat=True)
    assert groups.count() > 100
    for terms in groups:
        SynonymGroup(terms=terms).clean_fields()
    assert selectors.synonyms().longest > 3


def test_an_alert_tells_of_all_that_was_written_since(indexed):
    member = MemberFactory()
    saved = actions.save_search(actor=member, asked=Asked.from_address("q=zinzolin", member))
    SavedSearch.objects.filter(pk=saved.pk).update(told_until=timezone.now() - timedelta(hours=1))
    saved.refresh_from_db()
    indexed(*(f"Un zinzolin, cas {rank}" for rank in range(23)))
    assert actions.tell_saved_search(saved=saved) == 23
    assert Notification.objects.filter(member=member, reason="saved_search").count() == 23


def test_a_clause_is_found_by_the_articles_that_it_rests_on(indexed):
    code = LegalText.objects.create(slug="code-essai", nature="code", short_title="Code d’essai", title="Code d’essai")
    law = LegalText.objects.create(slug="loi-essai", nature="law", short_title="Loi Essai", title="Loi d’essai")
    for text, key, label in ((code, "l2112-2", "L. 2112-2"), (law, "24", "24")):
        LegalProvision.objects.create(text=text, key=key, label=label, title="Une règle")
    by_code = ClauseFactory(content={"bases": [{"text": "code-essai", "provision": "l2112-2", "note": ""}]})
    by_law = ClauseFactory(content={"bases": [{"text": "loi-essai", "provision": "24", "note": ""}]})
    whole = ClauseFactory(content={"bases": [{"text": "loi-essai", "provision": "", "note": ""}]})
    indexed()
    found = {text: [row.obj for row in service.search(VISITOR, text).rows] for text in ("L2112-2", "loi essai")}
    assert [type(each) for each in found["L2112-2"]] == [LegalProvision, Clause]
    assert found["L2112-2"][1] == by_code
    assert {each for each in found["loi essai"] if isinstance(each, Clause)} == {by_law, whole}


@pytest.mark.parametrize(
    ("title", "typed", "offered"),
    [
        ("Développement durable", "developement durable", "développement durable"),
        ("Critères et développements, le développement", "developement", "développement"),
        ("La loi EGalim", "loi egalym", "loi EGalim"),
        ("Réunion des acheteur·rices", "reunoin", "réunion"),
    ],
)
def test_a_correction_is_offered_as_it_is_written(indexed, title, typed, offered):
    indexed(title)
    assert service.search(VISITOR, typed).corrected_text == offered
