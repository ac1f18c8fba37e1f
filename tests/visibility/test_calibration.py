"""A request of calibration is read by the dossier's persons and by those who are asked, and by nobody else."""

import pytest
from django.urls import reverse

from .compare import body_of
from .table import ACTORS
from .test_lists import leaked, wrong_words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("actor", ACTORS)
def test_the_list_of_calibrations_is_the_table(world, look, actor):
    text = body_of(look(actor).get(reverse("calibration_list"), follow=True))
    assert wrong_words(world, actor, text, "calibration") == []
    assert leaked(world, actor, text) == []


def test_those_asked_read_the_request_and_nothing_of_the_dossier(world, look):
    """Neither its name nor the way to it, whoever is asked."""
    for actor, row in (("former", "facilitator"), ("moderator", "network"), ("staff", "staff")):
        item = world.in_row("calibration", f"calibration.{row}")
        client = look(actor)
        text = body_of(client.get(reverse("calibration_detail", args=[item.obj.pk])))
        assert item.token in text
        assert "Dossier à calibrer" not in text
        assert reverse("dossier_detail", args=[item.obj.dossier_id]) not in text
        assert leaked(world, actor, text) == []
        assert client.get(reverse("dossier_detail", args=[item.obj.dossier_id])).status_code == 404
