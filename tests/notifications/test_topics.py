"""Families and themes that a member follows: ticked at sign-up and among her preferences, told once."""

import pytest
from django.urls import reverse

from community.members.actions import follow_topics
from community.notifications.models import Notification, Subscription
from community.taxonomy.actions import merge_tags
from qa.actions.ask import Filing, ask_question
from tests.factories import MemberFactory, PurchaseFamilyFactory, TagFactory, ThemeFactory
from tests.members.support import sign_up
from tests.qa.test_handlers import told

pytestmark = pytest.mark.django_db
TITLE = "Comment contrôler la part de bio servie ?"


@pytest.fixture
def branch():
    top = PurchaseFamilyFactory(label="Denrées")
    return top, PurchaseFamilyFactory(label="Fruits et légumes", parent=top)


def followed(member) -> set[tuple[str, int]]:
    return set(Subscription.objects.filter(member=member, level="all").values_list("kind", "object_id"))


def ask(**filing):
    return ask_question(actor=MemberFactory(), title=TITLE, body="Texte.", filing=Filing(**filing))


@pytest.mark.parametrize("follows", ["top", "below", "both", "theme", "nothing"])
def test_what_is_filed_below_is_told_once_to_those_who_follow_either_level(branch, follows):
    (top, below), theme, member = branch, ThemeFactory(), MemberFactory()
    families = {"top": [top], "below": [below], "both": [top, below]}.get(follows, [])
    follow_topics(actor=member, families=families, themes=[theme] if follows == "theme" else [])
    ask(family=below) if follows != "theme" else ask(theme=theme)
    assert told(member) == (set() if follows == "nothing" else {"question_asked"})
    assert Notification.objects.filter(member=member).count() <= 1


def test_who_follows_one_branch_is_not_told_of_its_trunk(branch):
    top, below = branch
    member = MemberFactory()
    follow_topics(actor=member, families=[below], themes=[])
    ask(family=top)
    ask(family=PurchaseFamilyFactory(parent=top))
    assert told(member) == set()


def test_unticking_stops_and_leaves_the_rest(branch):
    (top, below), theme, member = branch, ThemeFactory(), MemberFactory()
    Subscription.objects.create(member=member, kind="space", object_id=9, level="all")
    follow_topics(actor=member, families=[top, below], themes=[theme])
    follow_topics(actor=member, families=[below], themes=[])
    assert followed(member) == {("space", 9), ("family", below.pk)}


def test_one_s_own_question_is_not_told_to_oneself(branch):
    member = MemberFactory()
    follow_topics(actor=member, families=[branch[0]], themes=[])
    ask_question(actor=member, title=TITLE, body="Texte.", filing=Filing(family=branch[0]))
    assert told(member) == set()


def test_sign_up_offers_the_tree_and_follows_what_is_ticked(client, branch):
    page = client.get(reverse("account_signup")).content.decode()
    assert "Fruits et légumes" in page
    assert 'role="group" aria-label="Denrées"' in page
    sign_up(client, families_followed=[branch[1].pk])
    assert set(Subscription.objects.values_list("kind", "object_id")) == {("family", branch[1].pk)}


def test_preferences_show_what_is_ticked_below_a_top_family(client, branch):
    member = MemberFactory()
    follow_topics(actor=member, families=[branch[1]], themes=[])
    client.force_login(member)
    page = client.get(reverse("profile_edit")).content.decode()
    tree = page[page.index("Familles suivies") :]
    assert '<details class="disclosure" open>' in tree[: tree.index("Thèmes suivis")]
    assert f'name="families_followed" value="{branch[1].pk}"' in tree


@pytest.mark.parametrize("count", [1, 30])
def test_the_tree_costs_one_query(client, branch, count, django_assert_max_num_queries):
    for _number in range(count):
        PurchaseFamilyFactory(parent=branch[0])
    with django_assert_max_num_queries(12):
        client.get(reverse("account_signup"))


@pytest.mark.parametrize("before", [None, "none"])
def test_who_follows_a_tag_follows_the_one_it_is_merged_into_unless_she_chose_otherwise(before):
    kept, lost = TagFactory(), TagFactory()
    member, other = MemberFactory(), MemberFactory()
    for each in (member, other):
        Subscription.objects.create(member=each, kind="tag", object_id=lost.pk, level="all")
    if before:
        Subscription.objects.create(member=member, kind="tag", object_id=kept.pk, level=before)
    merge_tags(actor=MemberFactory(staff=True), tag=lost, into=kept)
    assert dict(Subscription.objects.values_list("member", "level")) == {member.pk: before or "all", other.pk: "all"}
    assert set(Subscription.objects.values_list("kind", "object_id")) == {("tag", kept.pk)}
