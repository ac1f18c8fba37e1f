"""One page, one object: who sees finds it, who does not finds exactly what an absent object gives."""

import pytest

from .asking import IN_THREAD, Absent, expected, fetch, in_thread, one_a_row
from .compare import body_of
from .outlets import ADDRESSED
from .table import ACTORS, sees

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("outlet", ADDRESSED, ids=str)
def test_a_page_shows_what_the_table_says_and_hides_the_rest_as_absent(world, look, outlet, actor):
    client, wrong, tried = look(actor), [], 0
    absent = Absent(client)
    for item in one_a_row(world.of(outlet.kind)):
        tried += 1
        if expected(outlet, actor, item):
            page = fetch(client, outlet.url(item), follow=True)
            shown = item.token in body_of(page)
            if page.status_code != 200 or shown is not (outlet.name not in IN_THREAD or sees(actor, in_thread(item))):
                wrong.append(f"{item} is hidden from {actor} ({page.status_code})")
        elif told := absent.difference(outlet, item):
            wrong.append(f"{item} is not absent for {actor}: {told}")
    assert tried
    assert not wrong, "\n".join(wrong)
