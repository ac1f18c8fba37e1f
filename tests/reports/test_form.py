"""The form of a report, without JavaScript: nothing typed is lost, what looks confidential is shown first."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clauses.reports.models import ExperienceReport
from community.core.models import Attachment
from community.reading.actions import save_draft
from community.reading.models import Draft
from tests.factories import ClauseFactory, ExperienceReportFactory, MemberFactory, OrganisationFactory, SpaceFactory

pytestmark = pytest.mark.django_db
WORDS = {"title": "Du mobilier réemployé en médiathèque", "need": "Meubler deux salles.", "outcome": "awarded"}
SHARE = "/retours/partager/"


@pytest.fixture
def member(client):
    town = OrganisationFactory(name="Communauté d’agglomération du Val d’Ormel")
    member = MemberFactory(first_name="Nora", last_name="Belhadj", organisation=town)
    client.force_login(member)
    return member


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get(SHARE).status_code == 302


def test_what_lacks_is_said_and_what_was_typed_is_given_back(client, member):
    page = client.post(
        SHARE, {"need": "Meubler deux salles.", "amount": "beaucoup", "price_gap": "cher", "launched_on": "0202-01-14"}
    )
    assert page.status_code == 422
    assert {"title", "outcome", "amount", "price_gap", "launched_on"} <= set(page.context["form"].errors)
    text = page.content.decode()
    assert all(words in text for words in ("Meubler deux salles.", "beaucoup", "cher"))
    assert not ExperienceReport.objects.exists()


def test_a_draft_needs_nothing_and_is_written_again_over_weeks(client, member):
    page = client.post(SHARE, {"need": "Meubler.", "save": "1"}, follow=True)
    report = ExperienceReport.objects.get()
    assert (report.state, page.redirect_chain[0][0]) == ("draft", reverse("experience_edit", args=[report.pk]))
    assert "Meubler." in page.content.decode()
    seen = page.context["form"]["seen"].value()
    page = client.post(page.redirect_chain[0][0], {**WORDS, "seen": seen, "price_gap": "− 6,5", "amount": "742 000"})
    report.refresh_from_db()
    assert page.status_code == 302
    assert (report.state, report.price_gap, report.amount) == ("published", -65, 742_000)


def test_an_edit_from_a_page_left_open_is_refused_and_kept(client, member):
    report = ExperienceReportFactory(author=member)
    url = reverse("experience_edit", args=[report.pk])
    page = client.post(url, {**WORDS, "seen": report.version - 1})
    assert page.status_code == 409
    assert "Meubler deux salles." in page.content.decode()
    assert client.post(url, {**WORDS, "seen": report.version}).status_code == 302


def test_nothing_is_published_while_a_passage_is_undecided(client, member):
    words = {**WORDS, "need": "La société Durand proposait mieux.", "hides_organisation": "on", "worked": "À Ormel."}
    page = client.post(SHARE, words)
    assert [passage.excerpt for passage in page.context["passages"]] == ["société Durand", "Ormel"]
    assert not ExperienceReport.objects.exists()
    masked = client.post(SHARE, {**words, "mask": "Ormel"})
    assert masked.context["form"].data["worked"] == "À […]."
    assert client.post(SHARE, {**words, "guard_acknowledged": "1"}).status_code == 302
    assert ExperienceReport.objects.get().is_published


def test_what_hid_her_former_organisation_still_does_once_she_has_moved(client, member):
    report = ExperienceReportFactory(author=member, organisation=member.organisation, hides_organisation=True)
    member.organisation = OrganisationFactory(name="Ville de Tercy")
    member.save()
    words = {**WORDS, "seen": report.version, "hides_organisation": "on", "need": "À Ormel, deux salles."}
    page = client.post(reverse("experience_edit", args=[report.pk]), words)
    assert [passage.excerpt for passage in page.context["passages"]] == ["Ormel"]
    # Another report is told from where she works today.
    page = client.post(SHARE, {**words, "need": "À Tercy, puis à Ormel."})
    assert [passage.excerpt for passage in page.context["passages"]] == ["Tercy"]


def test_a_keyword_that_tells_who_she_is_is_pointed_at_and_masked(client, member):
    words = {**WORDS, "hides_organisation": "on", "naming": "anonymous"}
    page = client.post(SHARE, {**words, "tags": "mobilier, Val d’Ormel, nora@ormel.fr"})
    assert [passage.excerpt for passage in page.context["passages"]] == ["nora@ormel.fr", "d’Ormel"]
    masked = client.post(SHARE, {**words, "tags": "mobilier, d’Ormel", "mask": "d’Ormel"})
    assert masked.context["form"].data["tags"] == "mobilier, […]"
    client.post(SHARE, {**words, "tags": masked.context["form"].data["tags"]})
    assert [tag.name for tag in ExperienceReport.objects.get().tags.all()] == ["mobilier"]


def test_ordinary_keywords_are_no_alarm(client, member):
    words = {**WORDS, "hides_organisation": "on", "naming": "anonymous"}
    assert client.post(SHARE, {**words, "tags": "réemploi, agglomération, val de marne, mobilier"}).status_code == 302


def test_a_preview_is_the_page_and_writes_nothing(client, member):
    clause = ClauseFactory(title="Relevé trimestriel")
    words = {**WORDS, "naming": "anonymous", "hides_organisation": "on", "clauses": f"{clause.reference}, CL-999999"}
    page = client.post(SHARE, {**words, "preview": "1"})
    assert page.status_code == 422
    assert "CL-999999" in str(page.context["form"].errors["clauses"])
    page = client.post(SHARE, {**words, "clauses": clause.reference, "preview": "1"})
    shown = page.context["preview"]
    assert shown["body"]["shown"].author.name == "Membre anonyme, identité vérifiée"
    assert [row["title"] for row in shown["body"]["clauses"]] == ["Relevé trimestriel"]
    assert {line["label"]: line["instead"] for line in shown["masked"]}["Nom"] == "Nora Belhadj"
    assert not ExperienceReport.objects.exists()


def test_files_travel_with_the_form_and_one_can_be_let_go(client, member):
    files = [SimpleUploadedFile(name, b"a;b\n", "text/csv") for name in ("un.csv", "deux.csv")]
    page = client.post(SHARE, {"files": files, "preview": "1"})
    kept = [each.token for each in page.context["kept_files"]]
    assert len(kept) == 2
    client.post(SHARE, {**WORDS, "file": kept, "drop": kept[0]})
    report = ExperienceReport.objects.get()
    assert list(Attachment.objects.filter(content_id=report.pk).values_list("token", flat=True)) == [kept[1]]


def test_a_file_of_a_wrong_kind_is_said_and_the_rest_is_kept(client, member):
    page = client.post(SHARE, {**WORDS, "files": SimpleUploadedFile("virus.exe", b"MZ\x00\x01", "text/csv")})
    assert page.status_code == 422
    assert "files" in page.context["form"].errors
    assert WORDS["need"] in page.content.decode()


def test_what_the_browser_kept_while_typing_is_found_again_then_forgotten(client, member):
    save_draft(actor=member, key="experience:new-abc", fields={"need": "Tapé hier.", "themes": [], "naming": "kind"})
    page = client.get(SHARE, {"brouillon": "experience:new-abc"})
    assert page.context["form"]["need"].value() == "Tapé hier."
    assert "Retour d’expérience" in client.get(reverse("draft_list")).content.decode()
    client.post(SHARE, {**WORDS, "draft": "experience:new-abc"})
    assert not Draft.objects.exists()


def test_a_clause_leads_to_the_form_that_names_it(client, member):
    seen, private = ClauseFactory(), ClauseFactory(space=SpaceFactory(private=True))
    assert client.get(SHARE, {"clause": seen.pk}).context["form"]["clauses"].value() == seen.reference
    assert not client.get(SHARE, {"clause": private.pk}).context["form"]["clauses"].value()


def test_where_it_is_read_does_not_change_once_published(client, member):
    report = ExperienceReportFactory(author=member)
    assert "space" not in client.get(reverse("experience_edit", args=[report.pk])).context["form"].fields
