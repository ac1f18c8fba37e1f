"""The pages that write: forms without JavaScript, errors that keep everything, the guard, drafts, rights."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from clauses.library.models import Clause, EditSuggestion
from clauses.library.vocabularies import ClauseState
from community.members.models import Expertise
from community.reading.models import Draft
from tests.factories import (
    ClauseFactory,
    MemberFactory,
    MembershipFactory,
    SpaceFactory,
    SuggestionFactory,
    clause_objective,
)

pytestmark = pytest.mark.django_db
TEXT = "Premier alinéa.\n\nSous {delai} jours, le titulaire remet un relevé."


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def member():
    return MemberFactory()


@pytest.fixture
def editor():
    return MemberFactory(staff=True)


def posted(**changes) -> dict:
    return {
        "title": "Suivi des contenants réemployables",
        "summary": "Pour savoir ce qui revient.",
        "kind": "condition_env",
        "document": "cctp",
        "pillar": "env",
        "ambition": "2",
        "natures": ["services", "supplies"],
        "objectives": [clause_objective().code],
        "licence": "cc-by-4.0",
        "naming": "name",
        "rights": "on",
        "wording_0_text": "Sous {delai} jours, le titulaire compte les contenants.",
        "variable_delai_label": "délai",
        "variable_delai_guidance": "Trente jours suffisent.",
        "why": "Sans suivi, rien ne revient.",
        "tags": "réemploi, cantine",
        "provenance_0_organisation": "Réseau du Haut-Pays",
        "provenance_0_mode": "inspired",
        **changes,
    }


def text_of(answer) -> str:
    return answer.content.decode()


def test_the_form_sends_a_clause_to_review(member):
    client = signed_in(member)
    page = client.get(reverse("clause_propose"))
    assert page.status_code == 200
    answer = client.post(reverse("clause_propose"), posted())
    assert answer.status_code == 302, answer.context["form"].errors
    clause = Clause.objects.get()
    assert (clause.state, clause.ambition, clause.for_services, clause.for_works) == ("in_review", 2, True, False)
    assert clause.variables.get().guidance == "Trente jours suffisent."
    assert clause.provenances.get().organisation == "Réseau du Haut-Pays"
    assert sorted(item.tag.name for item in clause.tagged_items.all()) == ["cantine", "réemploi"]


def test_what_takes_markdown_has_the_editor_over_a_textarea_that_works_alone(member):
    html = signed_in(member).get(reverse("clause_propose")).content.decode()
    for name in ("wording_0_text", "why", "vigilance", "proofs", "execution_control", "penalty", "sourcing_questions"):
        field = re.search(rf'<div class="editor"(?:(?!</textarea>).)*<textarea name="{name}"[^>]*>', html, re.DOTALL)
        assert field, name
        assert " hidden" not in field[0].rsplit("<textarea", 1)[1]


def test_a_visitor_is_asked_to_sign_in():
    for name in ("clause_propose", "clause_review_list"):
        assert Client().get(reverse(name)).status_code == 302


def test_variables_written_without_script_come_back_to_be_explained(member):
    client = signed_in(member)
    data = posted()
    del data["variable_delai_label"]
    answer = client.post(reverse("clause_propose"), data)
    assert answer.status_code == 422
    assert "variable_delai_label" in answer.context["form"].errors
    assert "le titulaire compte les contenants" in text_of(answer)


def test_what_the_checklist_refuses_stands_beside_its_field(member):
    data = posted(
        kind="criterion",
        document="rc",
        wording_0_text="Selon {delai}, certification par le label Lavage durable.",
        expected_elements="Politique environnementale générale de l’entreprise.",
    )
    answer = signed_in(member).post(reverse("clause_propose"), data)
    errors = answer.context["form"].errors
    assert answer.status_code == 422
    assert set(errors) == {"wording_0_text", "expected_elements", "assessed", "proofs", "link_0_reference"}
    assert "ou équivalent" in errors["wording_0_text"][0]
    assert Clause.objects.count() == 0


@pytest.mark.parametrize(
    ("add", "field"),
    [
        ("wording", "wording_1_text"),
        ("scale", "scale_4_score"),
        ("link", "link_2_reference"),
        ("provenance", "provenance_1_mode"),
    ],
)
def test_rows_are_added_without_script_and_nothing_is_lost(member, add, field):
    answer = signed_in(member).post(reverse("clause_propose"), posted(add=add))
    assert answer.status_code == 200
    page = text_of(answer)
    assert f'name="{field}"' in page
    assert "le titulaire compte les contenants" in page
    assert 'value="supplies"' in page and "Réseau du Haut-Pays" in page
    assert Clause.objects.count() == 0


def test_a_preview_shows_the_text_and_sends_nothing(member):
    answer = signed_in(member).post(reverse("clause_propose"), posted(preview="1"))
    assert answer.status_code == 200
    assert '<mark class="variable" data-variable="delai">[délai]</mark>' in text_of(answer)
    assert Clause.objects.count() == 0


def test_the_guard_asks_before_a_name_goes_out(member):
    client = signed_in(member)
    data = posted(why="La SARL Dupont Frères avait mal répondu.")
    answer = client.post(reverse("clause_propose"), data)
    assert [passage.excerpt for passage in answer.context["passages"]] == ["SARL Dupont Frères"]
    assert Clause.objects.count() == 0
    client.post(reverse("clause_propose"), data | {"guard_acknowledged": "1"})
    assert Clause.objects.count() == 1


def test_a_passage_of_a_wording_is_masked(member):
    data = posted(wording_0_text="Sous {delai}, la SARL Dupont Frères livre.", mask="SARL Dupont Frères")
    answer = signed_in(member).post(reverse("clause_propose"), data)
    assert "la […] livre." in text_of(answer)


def test_two_clicks_send_one_clause(member):
    client, data = signed_in(member), posted(client_token="6f2f7b1e-3f5e-4bb4-9a67-0d8f1f5f0c11")
    for _click in range(2):
        client.post(reverse("clause_propose"), data)
    assert Clause.objects.count() == 1


def test_a_draft_of_the_server_fills_the_form(member):
    fields = posted()
    Draft.objects.create(member=member, key="clause:new-abc", fields=fields)
    client = signed_in(member)
    page = text_of(client.get(reverse("clause_propose"), {"brouillon": "clause:new-abc"}))
    assert "Suivi des contenants réemployables" in page and "Trente jours suffisent." in page
    assert "Suivi des contenants" in text_of(client.get(reverse("draft_list")))
    client.post(reverse("clause_propose"), posted(draft="clause:new-abc"))
    assert not Draft.objects.filter(member=member).exists()
    other = signed_in(MemberFactory())
    assert "Suivi des" not in text_of(other.get(reverse("clause_propose"), {"brouillon": "clause:new-abc"}))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"link_0_relation": "pair", "link_0_reference": "ailleurs"}, "link_0_reference"),
        ({"link_0_relation": "pair", "link_0_reference": "CL-99999"}, "link_0_reference"),
        ({"cpv": "1234"}, "cpv"),
        ({"bases": "Un texte qui n’existe pas"}, "bases"),
        ({"amount_min": "10", "amount_max": "5"}, "amount_min"),
        ({"rights": ""}, "rights"),
        ({"natures": []}, "natures"),
        ({"wording_0_text": "x" * 20_001}, "wording_0_text"),
    ],
)
def test_an_error_is_told_at_its_field(member, changes, field):
    answer = signed_in(member).post(reverse("clause_propose"), posted(**changes))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_the_live_checklist_follows_what_is_written(member):
    client = signed_in(member)
    data = posted(wording_0_text="Sous {mois} mois, le label Lavage durable.")
    answer = client.post(reverse("clause_check"), data)
    page = text_of(answer)
    assert "ou équivalent" in page
    assert 'name="variable_mois_label" value="mois"' in page
    assert 'hx-swap-oob="true"' not in text_of(client.post(reverse("clause_check"), posted()))


def test_a_space_that_is_not_hers_cannot_be_proposed_to(member):
    space = SpaceFactory(private=True)
    answer = signed_in(member).post(reverse("clause_propose"), posted(space=space.pk))
    assert "space" in answer.context["form"].errors
    assert space.name not in text_of(answer)


def test_the_author_corrects_until_publication(member, editor):
    client = signed_in(member)
    client.post(reverse("clause_propose"), posted())
    clause = Clause.objects.get()
    address = reverse("clause_correct", args=[clause.pk])
    assert "le titulaire compte les contenants" in text_of(client.get(address))
    client.post(address, posted(title="Suivi des bacs réemployables"))
    clause.refresh_from_db()
    assert (clause.title, clause.state) == ("Suivi des bacs réemployables", "in_review")
    assert signed_in(MemberFactory()).get(address).status_code == 404
    signed_in(editor).post(reverse("clause_manage", args=[clause.pk]), {"act": "publish"})
    assert client.get(address).status_code == 403


def test_an_editor_writes_another_version(editor):
    clause = ClauseFactory()
    client, address = signed_in(editor), reverse("clause_correct", args=[clause.pk])
    page = client.get(address)
    assert 'name="seen" value="1"' in text_of(page)
    answer = client.post(address, posted(seen="1", note="Contenants comptés."))
    assert answer.status_code == 302, answer.context["form"].errors
    version = clause.versions.first()
    assert (version.number, version.note, version.author) == (2, "Contenants comptés.", editor)
    stale = client.post(address, posted(seen="1", title="Autre titre encore"))
    assert stale.status_code == 409
    assert "Autre titre encore" in text_of(stale)


def test_every_act_of_the_management_page(editor):
    jurist = Expertise.objects.create(member=MemberFactory(), kind="jurist").member
    clause, better = ClauseFactory(in_review=True), ClauseFactory()
    address, client = reverse("clause_manage", args=[clause.pk]), signed_in(editor)

    def act(name: str, by=client, **fields) -> str:
        assert by.get(address).status_code == 200
        answer = by.post(address, {"act": name, **fields})
        assert answer.status_code == 302, answer.context["form"].errors
        clause.refresh_from_db()
        return clause.state

    assert act("send_back", note="Précisez.") == ClauseState.DRAFT
    assert act("publish", note="") == ClauseState.PUBLISHED
    act("consolidate", by=signed_in(jurist), level="4", version="1", review_by="2090-01-01", note="Vu.")
    assert (clause.consolidation, str(clause.review_by)) == (4, "2090-01-01")
    assert act("obsolete", replaced_by=better.reference) == ClauseState.OBSOLETE
    assert act("restore") == ClauseState.PUBLISHED
    act("hide", reason="Nom d’un candidat.")
    act("unhide")
    assert act("archive") == ClauseState.ARCHIVED


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"act": "inconnu"}, 404),
        ({"act": "hide", "reason": ""}, 422),
        ({"act": "obsolete", "replaced_by": "CL-987654"}, 422),
        ({"act": "consolidate", "level": "2", "version": "7"}, 409),
    ],
)
def test_an_act_that_cannot_be_done_says_why(editor, data, status):
    clause = ClauseFactory()
    assert signed_in(editor).post(reverse("clause_manage", args=[clause.pk]), data).status_code == status


def test_who_answers_for_nothing_manages_nothing(member):
    clause = ClauseFactory()
    assert signed_in(member).get(reverse("clause_manage", args=[clause.pk])).status_code == 403


def test_the_review_list_shows_what_waits_for_each(member, editor):
    space = SpaceFactory(private=True, name="Espace des relectures")
    reviewer = MembershipFactory(space=space, role="reviewer").member
    waiting = ClauseFactory(in_review=True, title="Clause ouverte en attente", author=member)
    ClauseFactory(in_review=True, title="Clause d’espace en attente", space=space)
    SuggestionFactory(clause=ClauseFactory(title="Clause à modifier"))
    seen = {
        who: text_of(signed_in(actor).get(reverse("clause_review_list")))
        for who, actor in {"editor": editor, "reviewer": reviewer, "author": waiting.author}.items()
    }
    assert "Clause ouverte en attente" in seen["editor"] and "Clause d’espace" not in seen["editor"]
    assert "Clause à modifier" in seen["editor"] and "Clause à modifier" not in seen["reviewer"]
    assert "Clause d’espace en attente" in seen["reviewer"] and "Clause ouverte" not in seen["reviewer"]
    assert "Clause ouverte en attente" in seen["author"]


def test_changes_are_opened_one_by_one_checked_and_sent(member):
    clause = ClauseFactory(wordings=[{"text": TEXT}])
    client, address = signed_in(member), reverse("suggestion_create", args=[clause.pk])
    assert '<textarea class="input" id="al_' not in text_of(client.get(address))
    page = client.post(address, {"ouvrir": "redaction:1", "base_version": "1"})
    assert 'name="al_redaction_1"' in text_of(page)
    fields = {"al_redaction_1": "Premier alinéa, précisé.", "motif_redaction_1": "Plus clair.", "base_version": "1"}
    page = client.post(address, fields | {"ajouter": "redaction:2"})
    assert 'name="plus_redaction_2"' in text_of(page) and "<ins>" in text_of(page)
    page = client.post(address, fields | {"plus_redaction_2": "Le label Lavage durable.", "verifier": "1"})
    assert "ou équivalent" in text_of(page)
    assert EditSuggestion.objects.count() == 0
    answer = client.post(address, fields | {"plus_redaction_2": "Dernier alinéa."})
    assert answer.status_code == 302
    hunks = EditSuggestion.objects.get().hunks.values_list("kind", "position", "after", "why")
    assert list(hunks) == [("change", 1, "Premier alinéa, précisé.", "Plus clair."), ("add", 2, "Dernier alinéa.", "")]


def test_another_suggestion_on_the_paragraph_is_told(member):
    clause = ClauseFactory()
    other = SuggestionFactory(clause=clause)
    page = text_of(signed_in(member).get(reverse("suggestion_create", args=[clause.pk])))
    assert reverse("clause_suggestion", args=[other.pk]) in page


def test_a_suggestion_of_nothing_comes_back(member):
    clause = ClauseFactory()
    answer = signed_in(member).post(reverse("suggestion_create", args=[clause.pk]), {"base_version": "1"})
    assert answer.status_code == 422
    assert "rien changé" in text_of(answer)


def test_an_editor_takes_half_of_a_suggestion(editor):
    clause = ClauseFactory(wordings=[{"text": TEXT}])
    suggestion = SuggestionFactory(clause=clause, after="Sous {delai} jours ouvrés.")
    first = suggestion.hunks.get()
    first.before, first.position = "Premier alinéa.", 1
    first.save()
    second = suggestion.hunks.create(
        wording_key="redaction", position=2, kind="change", before=TEXT.split("\n\n")[1], after="Sous {delai}, rien."
    )
    client, address = signed_in(editor), reverse("clause_suggestion", args=[suggestion.pk])
    assert client.get(address).status_code == 200
    client.post(address, {f"h{first.pk}-state": "rejected", f"h{first.pk}-reply": "Non merci."})
    client.post(reverse("hunk_revert", args=[suggestion.pk, first.pk]))
    answer = client.post(
        address,
        {
            f"h{first.pk}-state": "rejected",
            f"h{second.pk}-state": "rewritten",
            f"h{second.pk}-text": "Sous {delai} jours ouvrés, un relevé.",
            "publish": "1",
            "seen": "1",
        },
    )
    assert answer.status_code == 302, text_of(answer)
    assert Clause.objects.get().wordings.get().text == "Premier alinéa.\n\nSous {delai} jours ouvrés, un relevé."
    page = text_of(signed_in(suggestion.author).get(address))
    assert "paru dans la version 2" in page


def test_a_stale_change_offers_no_taking(editor):
    suggestion = SuggestionFactory()
    suggestion.hunks.update(before="Autre chose.")
    page = text_of(signed_in(editor).get(reverse("clause_suggestion", args=[suggestion.pk])))
    assert "Périmé" in page and 'value="accepted"' not in page and 'value="rejected"' in page


def test_a_publication_of_nothing_says_why(editor):
    suggestion = SuggestionFactory()
    answer = signed_in(editor).post(reverse("clause_suggestion", args=[suggestion.pk]), {"publish": "1", "seen": "1"})
    assert answer.status_code == 409
    assert "Reprenez au moins un changement" in text_of(answer)


def test_rights_on_a_suggestion(member):
    suggestion = SuggestionFactory()
    address = reverse("clause_suggestion", args=[suggestion.pk])
    client = signed_in(member)
    assert "Publier la version" not in text_of(client.get(address))
    assert client.post(address, {"publish": "1"}).status_code == 403
    assert Client().get(address).status_code == 302
    assert client.post(reverse("suggestion_withdraw", args=[suggestion.pk])).status_code == 403
    assert client.post(reverse("hunk_revert", args=[suggestion.pk, 987_654])).status_code == 404
    author = signed_in(suggestion.author)
    author.post(reverse("suggestion_withdraw", args=[suggestion.pk]))
    assert client.get(address).status_code == 404
    assert "Proposition retirée" in text_of(author.get(address))


def test_a_private_clause_takes_no_suggestion_from_outside(member):
    clause = ClauseFactory(space=SpaceFactory(private=True))
    for name in ("suggestion_create", "clause_correct", "clause_manage"):
        assert signed_in(member).get(reverse(name, args=[clause.pk])).status_code == 404
