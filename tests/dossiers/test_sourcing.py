"""Who was met, written and taken out by several: nobody's notes vanish unseen."""

import pytest
from django.urls import reverse

from clauses.dossiers.actions.sourcing import Meeting, Removed, add_company, edit_company, remove_company
from clauses.dossiers.models import CompanyMet
from tests.dossiers.support import dossier_of, member, shared

pytestmark = pytest.mark.django_db
TYPED = {"name": "Cuisines du Val", "notes": "Livre avant sept heures."}


@pytest.fixture
def dossier():
    return dossier_of(member())


@pytest.fixture
def company(dossier):
    return add_company(dossier=dossier, actor=dossier.owner, meeting=Meeting(name="Cuisines du Val"))


@pytest.fixture
def signed_in(client, dossier):
    client.force_login(dossier.owner)
    return client


def at(name: str, company: CompanyMet) -> str:
    return reverse(name, args=[company.dossier_id, company.pk])


def test_a_meeting_is_removed_as_it_was_read(signed_in, company):
    page = signed_in.get(at("company_edit", company)).content.decode()
    assert f'form="fiche-rencontre" formaction="{at("company_remove", company)}"' in page
    assert '<input type="hidden" name="version" value="1"' in page
    assert signed_in.post(at("company_remove", company), TYPED | {"version": 1}).status_code == 302
    assert not CompanyMet.objects.exists()


@pytest.mark.parametrize("version", ["1", ""])
def test_a_colleagues_fresh_notes_are_shown_before_they_are_removed(signed_in, dossier, company, version):
    colleague = shared(dossier, "editor", member("Oriol"))
    words = Meeting(name="Cuisines du Val", notes="Labellisée depuis mars.")
    edit_company(company=company, actor=colleague, meeting=words, expected=1)
    answer = signed_in.post(at("company_remove", company), TYPED | {"version": version})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Oriol" in page
    assert "Labellisée depuis mars." in page
    assert "Livre avant sept heures." in page
    assert f'action="{at("company_edit", company)}"' in page
    assert '<input type="hidden" name="version" value="2"' in page
    assert signed_in.post(at("company_remove", company), TYPED | {"version": 2}).status_code == 302
    assert not CompanyMet.objects.exists()


def test_what_is_typed_of_a_meeting_that_goes_is_kept(signed_in, dossier, company, monkeypatch):
    """Removed between the reading of the row and its lock."""
    remove_company(company=company, actor=dossier.owner, expected=1)
    with pytest.raises(Removed):
        edit_company(company=company, actor=dossier.owner, meeting=Meeting(**TYPED), expected=1)
    monkeypatch.setattr("clauses.dossiers.views.parts.get_company_or_404", lambda _dossier, _pk: company)
    answer = signed_in.post(at("company_edit", company), TYPED | {"version": 1})
    page = answer.content.decode()
    again = reverse("company_add", args=[dossier.pk])
    assert answer.status_code == 409
    assert "Quelqu’un a supprimé cette rencontre" in page
    assert "Livre avant sept heures." in page
    assert f'action="{again}"' in page
    assert signed_in.post(again, TYPED | {"version": 1}).status_code == 302
    assert CompanyMet.objects.get().notes == TYPED["notes"]
