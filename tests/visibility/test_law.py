"""What cites the law, and what waits because it changed, is told to who may read it and to nobody else."""

import pytest
from django.urls import reverse

from .compare import body_of, comparable, difference
from .outlets import ABSENT_PK
from .table import ACTORS, sees
from .test_lists import leaked, walk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("name", ["legal_calendar", "legal_text_list", "law_review"])
def test_the_pages_of_the_law_leak_nothing(world, look, actor, name):
    assert leaked(world, actor, walk(look(actor), reverse(name))) == []


@pytest.mark.parametrize("actor", ACTORS)
def test_the_page_of_a_text_names_what_its_reader_may_read(world, look, actor):
    text = world.of("legal_text")[0].obj
    page = body_of(look(actor).get(text.get_absolute_url()))
    assert leaked(world, actor, page) == []
    assert world.of("legal_text")[0].token in page
    assert any(item.token in page for item in world.of("question", "answer", "comment"))


@pytest.mark.parametrize("actor", ACTORS)
def test_a_review_is_of_those_in_charge_of_the_content_and_absent_for_the_others(world, look, actor):
    client = look(actor)
    absent = reverse("law_review_item", args=[ABSENT_PK])
    for item in world.of("law_review"):
        url = reverse("law_review_item", args=[item.obj.pk])
        answer = client.get(url)
        if sees(actor, item.row):
            assert answer.status_code == 200, str(item)
        else:
            told = difference(comparable(answer, {url: "A"}), comparable(client.get(absent), {absent: "A"}))
            assert not told, f"{item}: {told}"
