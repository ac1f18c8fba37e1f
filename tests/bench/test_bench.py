"""The benchmarks measure what they say, on small inputs."""

import os

import pytest
from django.core.management import call_command

from bench import classify, dossiers, generator, pages, server
from bench.clauses import add_clauses
from community.members.models import Member
from community.taxonomy.models import CpvCode
from qa.models import Answer, Question

HEADER = "objet,cpv,date_notification\n"


def test_defects_are_named_by_kind():
    codes = {"45000000"}
    row = {"objet": "Travaux", "cpv": "45000000-7", "date_notification": "2019-01-31"}
    assert classify.defects(row, codes) == []
    dirty = {"objet": "Am\ufffdnagement", "cpv": "9132100", "date_notification": "31/01/2019"}
    assert classify.defects(dirty, codes) == [
        "caractères perdus (mojibake)",
        "date hors format ISO",
        "CPV mal formé",
    ]
    empty = {"objet": " ", "cpv": "", "date_notification": None}
    assert classify.defects(empty, codes) == ["date absente", "CPV absent", "objet absent"]
    assert classify.defects(row | {"cpv": "12345678"}, codes) == ["CPV inconnu de la liste"]


@pytest.mark.django_db
def test_words_classify_what_prefixes_do_not(tmp_path, capsys):
    call_command("load_reference", verbosity=0)
    assert CpvCode.objects.filter(code="45000000").exists()
    contracts = tmp_path / "contrats.csv"
    contracts.write_text(
        HEADER
        + "Réfection des enrobés de la rue Haute,45000000,2019-01-01\n"
        + "Réhabilitation de l’école maternelle,45210000,2019-01-01\n"
        + "Réfection de chaussée et trottoirs,45233140,\n"
        + ",pas un code,\n",
        encoding="utf-8-sig",
    )
    assert classify.run(contracts) == 0
    printed = capsys.readouterr().out
    assert "4 contrats lus" in printed
    assert "préfixes seuls       66.7%" in printed
    assert "préfixes et mots    100.0%" in printed
    matrix = [line.split() for line in printed.splitlines() if line.startswith(("BAT", "TP"))]
    assert matrix == [["BAT", "1", "0", "0", "0", "100.0%"], ["TP", "0", "1", "0", "0", "100.0%"]]


@pytest.mark.django_db
def test_generated_threads_have_exact_counters():
    generator.generate(100, members=5)
    assert Member.objects.count() == 5
    assert Question.objects.count() == 4
    assert Question.objects.count() + Answer.objects.count() == 100
    for question in Question.objects.all():
        assert question.answers.count() == question.answer_count == question.post_count - 1
        assert question.comments.count() == question.comment_count
        assert question.body_html
    resolved = Question.objects.exclude(accepted_answer=None)
    assert 0 < resolved.count() < 4
    assert all(question.accepted_answer.question_id == question.pk for question in resolved)


@pytest.mark.django_db
def test_each_list_that_is_measured_is_another_list(client):
    """A word that the list does not know would measure the whole list again."""
    call_command("load_reference", verbosity=0)
    generator.generate(1000, members=5)
    reader = Member.objects.order_by("pk").first()
    generator.follow_and_read(reader, threads=10)
    Question.objects.filter(pk__in=Question.objects.values("pk")[:7]).update(stage="execution")
    client.force_login(reader)
    whole = None
    for path, name in pages.view_paths().items():
        context = client.get(path).context
        filters = context["filters"]
        if whole is None:
            whole = filters
        else:
            assert filters != whole, name
    for path in pages.family_paths()[:3]:
        assert client.get(path).context["filters"].families, path


def test_a_limit_is_passed_only_beyond_it():
    assert not pages.Measure("page", 9.9, 10).is_beyond
    assert pages.Measure("page", 10.1, 10).is_beyond
    assert not pages.Measure("page", 1000).is_beyond


def test_processor_time_is_read_from_the_system():
    sum(number * number for number in range(3_000_000))
    assert server._cpu_of(os.getpid()) > 0
    assert server._cpu_of(2**22 + 1) == 0


@pytest.mark.django_db
def test_real_contracts_are_given_a_family_or_honestly_none(tmp_path, capsys):
    call_command("load_reference", verbosity=0)
    contracts = tmp_path / "contrats.csv"
    rows = ["Réfection de chaussée et trottoirs,45233140,", "Le marché noir,,", ",45000000,"]
    contracts.write_text(HEADER + "\n".join(rows), encoding="utf-8-sig")
    dossiers.print_families(contracts)
    printed = capsys.readouterr().out
    assert "Famille proposée à 2 contrats réels" in printed
    assert "objet et code CPV       1 une seule     0 au choix     1 aucune" in printed
    assert "aucune : Le marché noir" in printed


@pytest.mark.django_db
def test_the_dossier_of_the_bench_is_filed_under_its_contract_documents():
    generator.generate(20, members=3)
    call_command("load_reference", verbosity=0)
    add_clauses(6)
    dossier = dossiers.add_dossier()
    assert set(dossier.items.values_list("document", flat=True)) <= set(dossiers.DOCUMENTS)
    assert dossier.items.count() >= 4 and dossier.values.count() == 2 and dossier.review_links.count() == 1
