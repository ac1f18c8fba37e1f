"""Words typed by members become tags."""

import pytest
from django.core.exceptions import PermissionDenied

from community.core.errors import Invalid
from community.core.models import AuditEntry
from community.spaces.models import Role
from community.taxonomy.actions import add_synonym, merge_tags
from community.taxonomy.models import Tag
from community.taxonomy.tags import MAX_TAG, tags_for
from tests.factories import MemberFactory, MembershipFactory, QuestionFactory, SpaceFactory

pytestmark = pytest.mark.django_db


def test_accents_are_kept_and_spellings_merged():
    (first,) = tags_for(["Réemploi"])
    (again,) = tags_for(["reemploi"])
    assert first == again
    assert again.name == "Réemploi"
    assert first.slug == "reemploi"


def test_decomposed_accents_and_hyphens_are_the_same_word():
    assert tags_for(["clause-sociale", "Clause  sociale", "clause sociale"]) == tags_for(["CLAUSE SOCIALE"])


def test_words_of_one_slug_stay_two_tags():
    tags = tags_for(["C++", "C#", "C"])
    assert len({tag.pk for tag in tags}) == 3
    assert len({tag.slug for tag in tags}) == 3


def test_order_is_kept_and_empty_words_dropped():
    assert [tag.name for tag in tags_for(["  ", "#voirie", "---", "béton,"])] == ["voirie", "béton"]


def test_six_words_are_refused_but_six_spellings_of_one_are_not():
    with pytest.raises(Invalid):
        tags_for(["a1", "a2", "a3", "a4", "a5", "a6"])
    assert Tag.objects.count() == 0
    assert len(tags_for(["é1", "e1", "É1", "E1", "è1", "ê1"])) == 1


def test_a_long_word_is_refused_with_a_sentence():
    assert tags_for(["x" * MAX_TAG])
    with pytest.raises(Invalid, match="au plus 40"):
        tags_for(["x" * (MAX_TAG + 1)])


def test_a_synonym_gives_the_tag_it_stands_for():
    (kept,) = tags_for(["économie circulaire"])
    add_synonym(actor=MemberFactory(staff=True), tag=kept, name="eco-circulaire")
    assert tags_for(["Éco circulaire"]) == [kept]
    assert list(Tag.objects.shown()) == [kept]


def test_merging_moves_contents_and_synonyms_and_is_audited():
    staff = MemberFactory(staff=True)
    kept, lost, older = tags_for(["réemploi", "réutilisation", "seconde vie"])
    merge_tags(actor=staff, tag=older, into=lost)
    both, one = QuestionFactory(), QuestionFactory()
    both.tags.add(kept, lost)
    one.tags.add(lost)
    merge_tags(actor=staff, tag=lost, into=kept)
    assert list(both.tags.all()) == [kept]
    assert list(one.tags.all()) == [kept]
    assert tags_for(["seconde vie"]) == [kept]
    assert AuditEntry.objects.filter(action="merge_tags").count() == 2


def test_a_tag_is_not_merged_into_itself_nor_into_a_synonym():
    staff = MemberFactory(staff=True)
    one, two = tags_for(["un", "deux"])
    with pytest.raises(Invalid):
        merge_tags(actor=staff, tag=one, into=one)
    merge_tags(actor=staff, tag=one, into=two)
    with pytest.raises(Invalid):
        merge_tags(actor=staff, tag=two, into=one)


@pytest.mark.parametrize(
    ("kind", "role", "allowed"),
    [
        ("network", Role.MODERATOR, True),
        ("network", Role.OWNER, True),
        ("network", Role.MEMBER, False),
        ("group", Role.OWNER, False),
    ],
)
def test_tags_are_kept_by_those_who_animate_networks(kind, role, allowed):
    member = MembershipFactory(space=SpaceFactory(kind=kind), role=role).member
    one, two = tags_for(["un", "deux"])
    if allowed:
        assert merge_tags(actor=member, tag=one, into=two) == two
    else:
        with pytest.raises(PermissionDenied):
            merge_tags(actor=member, tag=one, into=two)


def test_a_known_word_costs_one_query(django_assert_num_queries):
    tags_for(["un", "deux", "trois"])
    with django_assert_num_queries(1):
        tags_for(["un", "deux", "trois"])
