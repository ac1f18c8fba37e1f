"""How many articles a dossier holds, and keeps."""

import pytest
from django.urls import reverse

from clauses.dossiers.actions import items
from clauses.dossiers.actions.items import choose_wording, remove_item, restore_item
from clauses.dossiers.models import DossierItem
from clauses.dossiers.vocabularies import MAX_ITEMS, MAX_ROWS
from community.core.errors import Refused
from tests.dossiers.support import dossier_of, member, with_article, with_clause

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(monkeypatch):
    monkeypatch.setattr(items, "MAX_ITEMS", 2)
    monkeypatch.setattr(items, "MAX_ROWS", 4)
    return dossier_of(member())


def test_what_was_taken_out_leaves_its_place_and_waits_for_one_to_come_back(client, dossier):
    first, second = with_article(dossier, title="Un"), with_article(dossier, title="Deux")
    with pytest.raises(Refused, match="au plus 2 articles"):
        with_article(dossier, title="Trois")
    remove_item(item=first, actor=dossier.owner)
    with_article(dossier, title="Trois")
    client.force_login(dossier.owner)
    answer = client.post(reverse("item_restore", args=[dossier.pk, first.pk]))
    assert answer.status_code == 409
    assert "retirez-en un d’abord" in answer.content.decode()
    first.refresh_from_db()
    assert first.removed_at
    # One that stands does not come back twice, nor is refused for that.
    restore_item(item=second, actor=dossier.owner)
    remove_item(item=second, actor=dossier.owner)
    restore_item(item=first, actor=dossier.owner)
    first.refresh_from_db()
    assert (first.removed_at, first.version) == (None, 3)
    assert list(dossier.items.filter(removed_at=None).order_by("position").values_list("title", flat=True)) == [
        "Trois",
        "Un",
    ]


def test_what_is_kept_has_an_end_too(dossier):
    item = with_clause(dossier)
    DossierItem.objects.filter(pk=item.pk).update(is_adapted=True, text="Le texte de l’équipe.")
    for _place in range(3):
        remove_item(item=with_article(dossier), actor=dossier.owner)
    with pytest.raises(Refused, match="garde déjà 4 articles, retirés compris"):
        with_article(dossier)
    # Nor is an adapted text set aside: it stays where it is.
    with pytest.raises(Refused, match="retirés compris"):
        choose_wording(item=item, actor=dossier.owner, wording_key=item.wording_key, expected=1)
    item.refresh_from_db()
    assert item.text == "Le texte de l’équipe."


def test_the_hard_cap_is_larger():
    assert MAX_ROWS == 5 * MAX_ITEMS
