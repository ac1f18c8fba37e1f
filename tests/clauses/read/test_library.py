"""The library: true counts for each reader, filters that combine, addresses that last, pages that never lose a row."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clauses.library import facets
from clauses.library.models import Clause, ClauseTag
from clauses.library.selectors.library import Filters, Sight, library_page
from clauses.library.vocabularies import Ambition, Consolidation, ContractDocument, LegalState
from community.members.models import Expertise
from community.spaces.models import Membership
from community.taxonomy.actions import merge_tags
from community.taxonomy.models import Objective
from tests.factories import (
    ClauseFactory,
    MemberFactory,
    PurchaseFamilyFactory,
    SpaceFactory,
    TagFactory,
    TerritoryFactory,
)

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def change(clause, **columns):
    Clause.objects.filter(pk=clause.pk).update(**columns)
    return clause


def library(viewer=VISITOR, **chosen):
    order = chosen.pop("order", "reprises")
    found = {name.replace("_", "-"): values for name, values in chosen.items()}
    filters = Filters(chosen={facet: found.get(facet, []) for facet in facets.FACETS}, order=order)
    return library_page(viewer, filters, Sight(viewer, order))


@pytest.fixture
def shelf():
    """Clauses of every place and state, filed under a bit of everything."""
    food = PurchaseFamilyFactory()
    meat = PurchaseFamilyFactory(parent=food)
    works = PurchaseFamilyFactory()
    region = TerritoryFactory(kind="region")
    county = TerritoryFactory(parent=region)
    spaces = [
        None,
        SpaceFactory(),
        SpaceFactory(members_only=True),
        SpaceFactory(private=True),
        SpaceFactory(private=True, history_from_joining=True),
    ]
    author = MemberFactory()
    clauses = []
    for rank, space in enumerate(spaces):
        for state, traits in (("published", {}), ("draft", {"draft": True}), ("in_review", {"in_review": True})):
            clause = ClauseFactory(
                space=space,
                author=author,
                family=(food, meat, works, None)[(rank + len(state)) % 4],
                ambition=Ambition.values[rank % 4],
                **traits,
            )
            if rank % 2:
                clause.other_families.add(works)
                clause.territories.add(county)
            if rank % 3 == 0:
                clause.tags.add(TagFactory(name=f"mot {rank} {state}"))
            clause.save()
            clauses.append(clause)
        change(ClauseFactory(space=space, author=author, family=meat), hidden_at=timezone.now())
        change(ClauseFactory(space=space, author=author, family=works), state="archived")
        change(ClauseFactory(space=space, family=food), state="obsolete", legal_state=LegalState.OBSOLETE)
        change(ClauseFactory(space=space), legal_state=LegalState.TO_REVIEW, consolidation=Consolidation.PEER)
    return {"spaces": spaces, "author": author, "food": food, "meat": meat, "works": works, "region": region}


def people(shelf) -> dict:
    found = {
        "visitor": VISITOR,
        "newcomer": MemberFactory(newcomer=True),
        "verified": MemberFactory(),
        "author": shelf["author"],
        "staff": MemberFactory(staff=True),
    }
    for role in ("guest", "member", "reviewer", "owner"):
        found[role] = MemberFactory()
        for space in shelf["spaces"][1:]:
            Membership.objects.create(space=space, member=found[role], role=role)
    found["editor"] = MemberFactory()
    found["editor"].groups.set(Group.objects.filter(name="Editors"))
    found["jurist"] = MemberFactory()
    Expertise.objects.create(member=found["jurist"], kind="jurist", granted_by=found["staff"])
    found["expert"] = MemberFactory()
    Expertise.objects.create(member=found["expert"], kind="expert", family=shelf["food"], granted_by=found["staff"])
    return found


def naive_counts(viewer, life: str) -> dict:
    """One query a value, with nothing of the index."""
    seen = Clause.objects.visible_to(viewer)
    readable = seen.filter(state__in=["published", "obsolete"], hidden_at=None)
    shown = {
        "public": readable,
        "draft": seen.filter(state="draft", hidden_at=None),
        "in_review": seen.filter(state="in_review", hidden_at=None),
        "archived": seen.filter(state="archived", hidden_at=None),
        "hidden": seen.exclude(hidden_at=None),
    }[life]
    return {"total": shown, "readable": readable}


@pytest.mark.parametrize("life", ["public", "draft", "in_review", "archived", "hidden"])
def test_counts_are_those_of_what_each_reader_sees(shelf, life):
    for name, viewer in people(shelf).items():
        shown = naive_counts(viewer, life)["total"]
        if life == "public":
            # Nothing asked: what the library no longer advises is left out.
            advised = shown.exclude(state="obsolete").exclude(legal_state="obsolete")
            found = library(viewer)
            assert found.counts["etat"].get(LegalState.OBSOLETE, 0) == shown.count() - advised.count(), name
        else:
            advised = shown
            found = library(viewer, vie=[life])
        assert found.total == advised.count(), name
        for document in ContractDocument:
            expected = advised.for_document(document).count()
            assert found.counts["piece"].get(document, 0) == expected, (name, document)
        for family in (shelf["food"], shelf["meat"], shelf["works"]):
            assert found.counts["famille"].get(family.pk, 0) == advised.in_family(family).count(), (name, family)
        for level in Ambition:
            assert found.counts["ambition"].get(level, 0) == advised.filter(ambition=level).count(), (name, level)
        for level in Consolidation:
            assert found.counts["relecture"].get(level, 0) == advised.filter(consolidation=level).count(), name
        for objective in Objective.objects.all():
            assert found.counts["objectif"].get(objective.pk, 0) == advised.filter(objectives=objective).count(), name
        in_region = advised.filter(territories__parent=shelf["region"]).distinct().count()
        assert found.counts["territoire"].get(shelf["region"].pk, 0) == in_region, name
        nowhere = advised.filter(territories=None).count()
        assert found.counts["territoire"].get(facets.WHOLE_COUNTRY, 0) == nowhere, name
        for space in shelf["spaces"]:
            expected = advised.filter(space=space).count()
            assert found.space_counts.get(space.pk if space else None, 0) == expected, (name, space)
        for value, count in found.counts["mot-cle"].items():
            assert count == advised.filter(tagged_items__tag=value).count(), name


def test_a_facet_counts_without_its_own_choice(shelf):
    alone = library()
    chosen = library(famille=[shelf["works"].pk])
    assert chosen.counts["famille"] == alone.counts["famille"]
    assert chosen.total == alone.counts["famille"][shelf["works"].pk]
    both = library(famille=[shelf["works"].pk, shelf["food"].pk], ambition=[1])
    assert both.total == both.counts["ambition"].get(1, 0)


def test_a_lost_membership_takes_effect_at_once(shelf):
    member, space = MemberFactory(), shelf["spaces"][3]
    membership = Membership.objects.create(space=space, member=member, role="member")
    with_space = library(member).total
    membership.delete()
    assert library(member).total < with_space


@pytest.mark.parametrize(
    "columns",
    [
        {"hidden_at": timezone.now()},
        {"state": "archived"},
        {"state": "obsolete"},
        {"legal_state": "to_review"},
        {"consolidation": 4},
    ],
    ids=lambda columns: next(iter(columns)),
)
def test_what_changes_by_an_action_changes_the_counts_at_once(columns):
    clause, _other = ClauseFactory(), ClauseFactory()
    before = library()
    change(clause, **columns)
    after = library()
    assert (before.total, before.counts) != (after.total, after.counts)


def test_an_edited_clause_is_filed_anew():
    clause, family = ClauseFactory(), PurchaseFamilyFactory()
    library()
    clause.other_families.add(family)
    clause.save()
    assert library().counts["famille"][family.pk] == 1


@pytest.mark.parametrize("order", ["reprises", "recentes", "ambition"])
def test_pages_follow_each_other_without_loss(client, order, monkeypatch):
    monkeypatch.setattr("clauses.library.selectors.library.PAGE_SIZE", 3)
    made = [change(ClauseFactory(ambition=1 + rank % 4), use_count=rank % 3) for rank in range(8)]
    seen, url = [], f"/clauses/?tri={order}"
    backwards = []
    while url:
        context = client.get(url).context
        assert context is not None, f"{url} comes again"
        seen += [row["pk"] for row in context["rows"]]
        backwards.append(context["previous_url"])
        url = f"/clauses/{context['next_url']}" if context["next_url"] else ""
    assert sorted(seen) == sorted(clause.pk for clause in made)
    assert len(backwards) == 3 and not backwards[0]
    back = client.get(f"/clauses/{backwards[-1]}").context
    assert [row["pk"] for row in back["rows"]] == seen[3:6]
    uses = dict(Clause.objects.values_list("pk", "use_count"))
    if order == "reprises":
        assert [uses[pk] for pk in seen] == sorted(uses.values(), reverse=True)


@pytest.mark.parametrize(
    "query",
    [
        "famille={family}",
        "famille={label}",
        "piece=cctp",
        "piece=CCTP",
        "type=condition-d-execution-environnementale",
        "type=Condition d’exécution environnementale",
        "ambition=socle",
        "etat=a-jour",
        "etat=À jour",
        "volet=environnement",
        "nature=fournitures",
        "mot-cle=réemploi",
        "mot-cle=REEMPLOI",
        "territoire=france",
        "relecture=contribution",
        "espace=ouverte",
    ],
)
def test_addresses_take_words_with_or_without_accents(client, query):
    family = PurchaseFamilyFactory(slug="energie-fluides", label="Énergie et fluides")
    clause = ClauseFactory(family=family)
    clause.tags.add(TagFactory(name="réemploi"))
    clause.save()
    name, _equal, value = query.format(family=family.slug, label=family.label).partition("=")
    page = client.get("/clauses/", {name: value})
    assert clause.title in page.content.decode()
    assert page.context["active"], "the filter is said"


@pytest.mark.parametrize("query", ["mot-cle=inconnu", "territoire=inconnu", "espace=inconnu", "q=introuvable"])
def test_what_is_unknown_gives_nothing(client, query):
    clause = ClauseFactory()
    name, _equal, value = query.partition("=")
    page = client.get("/clauses/", {name: value})
    assert page.context["rows"] == []
    assert clause.title not in page.content.decode()


@pytest.mark.parametrize(
    "query", ["famille=inconnue", "piece=x", "tri=zzz", "vue=zzz", "apres=@@", "avant=%00", "etat="]
)
def test_what_means_nothing_is_left_out(client, query):
    ClauseFactory()
    assert len(client.get(f"/clauses/?{query}").context["rows"]) == 1


def test_a_word_of_private_clauses_is_no_word(client):
    space = SpaceFactory(private=True)
    clause = ClauseFactory(space=space)
    clause.tags.add(TagFactory(name="confidentiel"))
    clause.save()
    ClauseFactory()
    known, unknown = (
        client.get("/clauses/", {"mot-cle": word}).content.decode().replace(word, "MOT")
        for word in ("confidentiel", "inconnu")
    )
    assert known == unknown


@pytest.mark.parametrize("who", ["visitor", "member"])
def test_the_page_costs_the_same_whatever_its_length(client, who):
    if who == "member":
        client.force_login(MemberFactory())
    counted = []
    for more in (1, 3, 30):
        for _ in range(more):
            ClauseFactory()
        # The index is made anew once, by whoever comes first.
        client.get("/clauses/?tri=ambition")
        with CaptureQueriesContext(connection) as captured:
            client.get("/clauses/")
        counted.append(len(captured))
    assert counted[1] == counted[2] <= 14


def test_the_visitors_page_is_kept_and_asked_again(client):
    clause = ClauseFactory()
    first = client.get("/clauses/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/clauses/").content == first.content
    assert len(captured) == 1
    assert client.get("/clauses/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    change(clause, hidden_at=timezone.now())
    assert clause.title not in client.get("/clauses/").content.decode()


def test_the_compact_view_and_the_order_are_in_the_address(client):
    ClauseFactory()
    page = client.get("/clauses/?vue=compact&tri=recentes&piece=cctp").content.decode()
    assert 'value="compact" checked' in page
    assert '<input type="hidden" name="piece" value="cctp">' in page


def test_a_merged_tag_leaves_the_filters_at_once_and_its_name_leads_to_the_other():
    kept, lost = TagFactory(name="réemploi"), TagFactory(name="seconde vie")
    ClauseTag.objects.create(content_object=ClauseFactory(), tag=lost)
    assert library(mot_cle=[lost.pk]).total == 1
    merge_tags(actor=MemberFactory(staff=True), tag=lost, into=kept)
    found = library(mot_cle=[kept.pk])
    assert found.total == 1
    assert found.counts["mot-cle"] == {kept.pk: 1}
    assert facets.index().by_name["mot-cle"]["seconde-vie"] == kept.pk
