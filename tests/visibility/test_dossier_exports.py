"""The files of a dossier: for its persons, with what each may read in it; for the others it does not exist."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.dossiers.export_support import words_of

from .outlets import ABSENT_PK
from .table import sees

pytestmark = pytest.mark.django_db
SHARED = "dossier.shared"
WHOLE = {"content": "contract", "documents": ["ccap", "cctp"], "split": "whole", "sources": "on", "annex": "on"}
ARTICLES, WORKING = ("dossier_item",), ("dossier_note", "sourcing_sheet", "company_met")
NOTES = {"content": "notes"}
# Its persons, and one of each reason for being none; the page of the form is tried for everybody.
TAKERS = ("author", "member", "reviewer", "visitor", "verified", "former", "moderator", "staff")


@pytest.mark.parametrize("actor", TAKERS)
def test_a_file_says_what_its_taker_may_read(world, look, actor):
    client, item = look(actor), world.in_row("dossier", SHARED)
    cache.clear()
    for form, asked in (("docx", WHOLE), ("odt", NOTES)):
        addresses = [reverse("dossier_export", args=[pk]) for pk in (item.obj.pk, ABSENT_PK)]
        answer, absent = (client.post(address, asked | {"format": form}) for address in addresses)
        if sees(actor, SHARED):
            check_words(world, actor, words_of(answer.content, form), is_contract=asked is WHOLE)
        else:
            assert answer.status_code == absent.status_code != 200
            assert "Content-Disposition" not in answer


def check_words(world, actor: str, text: str, *, is_contract: bool) -> None:
    # A word may be that of a clause that is read and of a line that is somebody else's.
    seen = {each.token for each in world.items if sees(actor, each.row)}
    assert not [str(each) for each in world.items if each.token in text and each.token not in seen]
    shown, hidden = (ARTICLES, WORKING) if is_contract else (WORKING, ARTICLES)
    secret = world.in_row("clause", "published.private")
    for each in (each for kind in shown for each in world.of(kind)):
        may_read = each.token != secret.token or actor == "author" or sees(actor, secret.row)
        assert (each.token in text) is may_read, str(each)
    assert not [each for kind in hidden for each in world.of(kind) if each.token in text]
    assert not [each for each in world.of("review_remark") if each.token in text]
