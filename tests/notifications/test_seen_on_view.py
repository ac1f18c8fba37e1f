"""What was told of a subject is seen with its page, or from the list, by its reader alone."""

import pytest
from django.urls import reverse

from community.core import contents
from community.law.models import LegalText
from community.notifications import selectors
from community.notifications.models import Notification
from tests.calibration.support import Case
from tests.dossiers.support import dossier_of
from tests.factories import ClauseFactory, ExperienceReportFactory, MemberFactory, SpaceFactory
from tests.law.support import queries
from tests.planner.support import planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    member, space = MemberFactory(), SpaceFactory()
    other = MemberFactory()
    for each in (member, other):
        Notification.objects.create(
            member=each,
            reason="membership_granted",
            subject_kind="space",
            subject_id=space.pk,
            target_kind="space",
            target_id=space.pk,
        )
    return member, other, space


def unseen(member) -> int:
    return Notification.objects.of(member).unseen().count()


def test_the_page_of_a_space_sees_what_was_told_of_it(client, told):
    member, other, space = told
    client.force_login(member)
    address, page = reverse("subject_seen", args=["space", space.pk]), reverse("space_detail", args=[space.slug])
    assert f'hx-post="{address}"' in client.get(page).content.decode()
    assert unseen(member) == 1
    assert client.post(address, headers={"HX-Request": "true"}).status_code == 204
    assert (unseen(member), unseen(other)) == (0, 1)
    assert address not in client.get(page).content.decode()


def test_the_list_marks_one_subject(client, told):
    member, other, space = told
    client.force_login(member)
    address = reverse("subject_seen", args=["space", space.pk])
    assert f'action="{address}"' in client.get(reverse("notification_list")).content.decode()
    assert client.post(address).headers["Location"] == reverse("notification_list")
    assert (unseen(member), unseen(other)) == (0, 1)


@pytest.mark.parametrize("kind", ["space", "rien"])
def test_what_is_absent_answers_the_same(client, told, kind):
    member, _other, space = told
    client.force_login(member)
    assert client.post(reverse("subject_seen", args=[kind, space.pk + 1])).status_code == 302
    assert unseen(member) == 1
    assert client.get(reverse("subject_seen", args=[kind, space.pk])).status_code == 405


SUBJECTS = {
    "clause": lambda reader: ClauseFactory(),
    "experience_report": lambda reader: ExperienceReportFactory(),
    "dossier": dossier_of,
    "planned_purchase": planned,
    "calibration": lambda reader: Case(owner=reader).ask(),
    "legal_text": lambda reader: LegalText.objects.create(slug="decret", short_title="Décret", title="Décret"),
    "space": lambda reader: SpaceFactory(),
}


def tell(member, kind: str, pk: int) -> None:
    about = {"subject_kind": kind, "subject_id": pk, "target_kind": kind, "target_id": pk}
    Notification.objects.create(member=member, reason="law_changed", **about)


@pytest.mark.parametrize("kind", SUBJECTS)
def test_the_page_of_every_subject_sees_what_was_told_of_it_without_a_query_more(client, kind):
    member = MemberFactory()
    obj = SUBJECTS[kind](member)
    Notification.objects.all().delete()
    page, address = contents.get(kind).url(obj), reverse("subject_seen", args=[kind, obj.pk])
    client.force_login(member)
    tell(member, kind, obj.pk + 1)
    cost = queries(client, page)
    assert address not in client.get(page).content.decode()
    tell(member, kind, obj.pk)
    assert queries(client, page) == cost
    assert f'hx-post="{address}"' in client.get(page).content.decode()
    client.post(address, headers={"HX-Request": "true"})
    assert unseen(member) == 1


def test_past_what_the_bell_counts_a_page_supposes_that_it_was_told_of(client, told, monkeypatch):
    member, _other, _space = told
    monkeypatch.setattr(selectors, "MAX_COUNTED", 1)
    client.force_login(member)
    page = reverse("space_detail", args=[SpaceFactory().slug])
    assert 'action="/notifications/lues/' in client.get(page).content.decode()
