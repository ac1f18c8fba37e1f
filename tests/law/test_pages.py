"""The calendar, the texts and the thresholds, read by everybody and kept by jurists."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.core.references import record_references
from community.law.models import LegalChange, LegalProvision, LegalText, Obligation, Threshold
from tests.factories import AnswerFactory, MemberFactory, QuestionFactory, SpaceFactory

pytestmark = pytest.mark.django_db


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def decree(law) -> LegalText:
    return LegalText.objects.get(slug="decret-2024-134")


def cite(target, times: int = 1, **fields):
    for _rank in range(times):
        answer = AnswerFactory(question=QuestionFactory(**fields), body=f"Voir {target}.")
        record_references(kind="answer", pk=answer.pk, paths=(), text=answer.body_text)
    return answer


def test_a_visitor_reads_the_calendar_its_texts_and_its_thresholds(law, client):
    page = client.get(reverse("legal_calendar")).content.decode()
    assert "En vigueur depuis 2026" in page
    assert "Un critère environnemental, la fin du prix seul" in page
    # A day of the law is read with its year.
    assert "Article 35, Loi Climat et résilience" in page[: page.index("toolbar")]
    assert "21 août 2026</time>" in page and "12 novembre 2026</time>" in page
    assert "À vérifier" in page
    assert "decret-2024-134" in client.get(reverse("legal_text_list")).content.decode()
    assert "216\u202f000\u202f€" in client.get(reverse("threshold_list")).content.decode()


@pytest.mark.parametrize(
    ("query", "shown", "left_out"),
    [
        ("etat=vigueur", "critere-environnemental", "agec-2030"),
        ("etat=bientot", "agec-2027", "agec-2030"),
        ("etat=plus-tard", "agec-2030", "agec-2027"),
        ("etat=verifier", "contenants-plastiques", "critere-environnemental"),
        ("champ=health", "critere-environnemental", "agec-2030"),
        ("champ=state&etat=plus-tard", "agec-2030", "critere-environnemental"),
        ("etat=tout", "agec-2030", "rien"),
        ("etat=%27&champ=%00", "agec-2030", "rien"),
    ],
)
def test_filters_keep_what_they_say(law, client, query, shown, left_out):
    page = client.get(f"{reverse('legal_calendar')}?{query}").content.decode()
    lines = page[page.index("toolbar") :]
    assert f'id="{shown}"' in lines
    assert f'id="{left_out}"' not in lines


def test_filters_that_keep_nothing_say_so(law, client):
    Obligation.objects.filter(to_check=True).update(to_check=False)
    assert "Aucune échéance" in client.get(f"{reverse('legal_calendar')}?etat=verifier").content.decode()


def test_figures_count_what_everyone_reads(decree, client):
    cite("décret n° 2024-134", 2)
    cite("décret n° 2024-134", space=SpaceFactory(private=True))
    cite("décret n° 2024-134", space=SpaceFactory(members_only=True))
    line = "2 contenus ouverts citent ce texte"
    assert line in client.get(reverse("legal_calendar")).content.decode()
    assert line in signed_in(MemberFactory(staff=True)).get(reverse("legal_calendar")).content.decode()


def test_what_cites_a_text_is_shown_to_who_may_read_it(decree, client):
    private = SpaceFactory(private=True)
    inside = MemberFactory()
    private.memberships.create(member=inside)
    open_title = cite("décret n° 2024-134").question.title
    secret = cite("décret n° 2024-134", space=private).question.title
    url = decree.get_absolute_url()
    page = client.get(url).content.decode()
    assert open_title in page
    assert secret not in page
    assert secret in signed_in(inside).get(url).content.decode()
    assert "Rien ne cite" in client.get(f"{url}?nature=question").content.decode()


def test_a_repealed_text_says_what_stands_in_its_place(law, client):
    page = client.get(reverse("legal_text", args=["decret-2021-254"])).content.decode()
    assert "Ce texte est abrogé" in page
    assert reverse("legal_text", args=["decret-2024-134"]) in page
    assert '<time datetime="2024-06-30">30 juin 2024</time>' in page


def test_a_coming_repeal_is_told(decree, client):
    decree.repealed_on = timezone.localdate() + timezone.timedelta(days=40)
    decree.save()
    assert "Abrogé à compter du" in client.get(decree.get_absolute_url()).content.decode()


def test_an_article_has_an_address(law, client):
    provision = LegalProvision.objects.get(key="L2112-2")
    page = client.get(provision.get_absolute_url()).content.decode()
    assert f'id="{provision.anchor}"' in page
    assert "L.\u00a02112-2" in page


def queries(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "name", ["legal_calendar", "legal_text_list", "threshold_list", "legal_calendar_ics", "decret-2024-134"]
)
def test_queries_do_not_grow(decree, jurist, name):
    url = decree.get_absolute_url() if name == decree.slug else reverse(name)
    reader = signed_in(jurist)
    cite("décret n° 2024-134")
    few = queries(reader, url)
    cite("décret n° 2024-134", 12)
    for rank in range(20):
        LegalProvision.objects.create(text=decree, key=f"{rank}", label=f"{rank}", title="Objet")
        line = Obligation.objects.create(slug=f"ligne-{rank}", title="Ligne", starts_on="2029-01-01")
        line.texts.add(decree)
    assert queries(reader, url) == few <= 20


EDITING = {
    "legal_text_create": [],
    "legal_text_edit": ["decret-2024-134"],
    "legal_text_repeal": ["decret-2024-134"],
    "legal_text_restore": ["decret-2021-254"],
    "provision_create": ["decret-2024-134"],
    "threshold_create": [],
    "obligation_create": [],
    "obligation_edit": ["agec-2027"],
}


@pytest.mark.parametrize("name", EDITING)
def test_only_jurists_find_the_forms(law, jurist, name):
    url = reverse(name, args=EDITING[name])
    assert signed_in(jurist).get(url).status_code == 200
    assert signed_in(MemberFactory()).get(url).status_code == 404
    assert signed_in(MemberFactory()).post(url, {}).status_code == 404
    assert Client().get(url).status_code == 302


@pytest.mark.parametrize("name", ["provision_edit", "provision_repeal", "threshold_edit"])
def test_only_jurists_find_the_forms_of_one_row(law, jurist, name):
    pk = (Threshold if name == "threshold_edit" else LegalProvision).objects.first().pk
    url = reverse(name, args=[pk])
    assert signed_in(jurist).get(url).status_code == 200
    assert signed_in(MemberFactory()).get(url).status_code == 404


def test_a_jurist_adds_a_text_and_an_article(law, jurist):
    client = signed_in(jurist)
    fields = {
        "slug": "loi-essai",
        "nature": "law",
        "number": "2030-1",
        "short_title": "Loi d’essai",
        "title": "Loi n° 2030-1",
        "aliases": "loi essai\n\nessai 2030",
        "verified_on": "2026-11-20",
    }
    response = client.post(reverse("legal_text_create"), fields)
    text = LegalText.objects.get(slug="loi-essai")
    assert response.url == text.get_absolute_url()
    assert text.aliases == ["loi essai", "essai 2030"]
    assert text.verified_by == jurist
    client.post(reverse("provision_create", args=["loi-essai"]), {"label": "art. L. 12-3", "title": "Objet"})
    client.post(reverse("provision_create", args=["loi-essai"]), {"label": "L. 12-3", "title": "Objet"})
    assert text.provisions.filter(key="L12-3").exists()
    page = client.get(text.get_absolute_url()).content.decode()
    assert "Fiche créée" in page


def test_a_form_refused_keeps_its_words_and_says_why(law, jurist):
    client = signed_in(jurist)
    response = client.post(reverse("legal_text_create"), {"short_title": "Gardé"})
    assert response.status_code == 422
    assert "Gardé" in response.content.decode()
    response = client.post(
        reverse("legal_text_create"),
        {"slug": "decret-2024-134", "nature": "law", "short_title": "Encore", "title": "Encore"},
    )
    assert response.status_code == 422
    assert not LegalText.objects.filter(short_title="Encore").exists()


def test_a_jurist_repeals_a_text_by_the_form(decree, jurist):
    client = signed_in(jurist)
    successor = LegalText.objects.get(slug="loi-agec")
    url = reverse("legal_text_repeal", args=[decree.slug])
    form = client.get(url).content.decode()
    assert "Rien ne le remplace" in form and "-----" not in form
    assert "-----" not in client.get(reverse("legal_text_create")).content.decode()
    client.post(url, {"on": "2026-11-01", "replaced_by": successor.pk, "why": "Journal officiel"})
    decree.refresh_from_db()
    assert (decree.state, decree.replaced_by) == ("replaced", successor)
    assert client.post(url, {"on": "2026-11-01"}).status_code == 409
    other = signed_in(MemberFactory(staff=True))
    assert client.post(reverse("legal_text_restore", args=[decree.slug]), {"why": "Erreur"}).status_code == 409
    other.post(reverse("legal_text_restore", args=[decree.slug]), {"why": "Erreur"})
    decree.refresh_from_db()
    assert decree.state == "in_force"


def test_two_jurists_do_not_overwrite_each_other(decree, jurist):
    client = signed_in(jurist)
    url = reverse("legal_text_edit", args=[decree.slug])
    form = client.get(url).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"aliases": "un nom"}
    assert client.post(url, sent | {"note": "Premier."}).status_code == 302
    assert client.post(url, sent | {"note": "Second."}).status_code == 409
    decree.refresh_from_db()
    assert decree.note == "Premier."


def test_a_jurist_keeps_thresholds_lines_and_articles(law, jurist):
    client = signed_in(jurist)
    fields = {"key": "essai", "label": "Essai", "amount": "1000", "applies_from": "2027-01-01"}
    assert client.post(reverse("threshold_create"), fields).status_code == 302
    assert client.post(reverse("threshold_create"), fields | {"applies_from": "2028-01-01"}).status_code == 422
    threshold = Threshold.objects.get(key="essai")
    url = reverse("threshold_edit", args=[threshold.pk])
    client.post(url, fields | {"amount": "1200", "seen": LegalChange.objects.first().pk})
    threshold.refresh_from_db()
    assert threshold.amount == 1200
    provision = LegalProvision.objects.get(key="L2112-2")
    line = {"slug": "essai", "title": "Essai", "starts_on": "2027-05-01", "provisions": [provision.pk]}
    assert client.post(reverse("obligation_create"), line).url.endswith("#essai")
    url = reverse("obligation_edit", args=["essai"])
    client.post(url, {"title": "Autre", "starts_on": "2027-05-01", "audiences": ["state"]})
    obligation = Obligation.objects.get(slug="essai")
    assert (obligation.title, obligation.audiences, obligation.provisions.count()) == ("Autre", ["state"], 0)
    client.post(reverse("provision_repeal", args=[provision.pk]), {"on": "2026-10-01"})
    provision.refresh_from_db()
    assert provision.state == "repealed"
    client.post(reverse("provision_edit", args=[provision.pk]), {"label": "L. 2112-2", "title": "Rétabli"})
    provision.refresh_from_db()
    assert (provision.title, provision.state) == ("Rétabli", "in_force")
