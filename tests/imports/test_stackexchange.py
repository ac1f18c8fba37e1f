"""A dump of our own, invented, in the format of Stack Exchange; and the ways it can be broken or hostile."""

import io
import re
import shutil
from collections import Counter
from html import escape
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from community.core.models import Reference
from community.core.progress import Report
from community.members.models import Member
from community.spaces.models import Space
from qa.actions.ask import UNFILED
from qa.actions.edit import edit_question
from qa.addresses import answer_url, question_url
from qa.imports import xml_rows
from qa.imports.stackexchange import Import
from qa.models import Answer, Comment, PostRevision, Question, QuestionTag, ThreadState, Vote
from tests.factories import MemberFactory, SpaceFactory

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).parent / "sample"
EVERYTHING = (Space, Member, Question, Answer, Comment, PostRevision, Reference, QuestionTag, Vote)


@pytest.fixture
def dump(tmp_path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "essai.meta"))


def bring_in(folder: Path, **options) -> str:
    Space.objects.get_or_create(slug="essai", defaults={"name": "Essai", "visibility": "open"})
    out = io.StringIO()
    call_command("import_stackexchange", str(folder), space="essai", stdout=out, **options)
    return out.getvalue()


def state() -> dict:
    return {model: list(model.objects.order_by("pk").values()) for model in EVERYTHING}


def question(number: int) -> Question:
    return Question.objects.get(source="se:essai.meta", source_id=str(number))


def answer(number: int) -> Answer:
    return Answer.objects.get(source="se:essai.meta", source_id=str(number))


def test_the_sample_comes_in_whole(dump):
    report = bring_in(dump)
    first = question(1)
    assert first.space.slug == "essai"
    assert first.title == "Contrôler la part de bio servie"
    assert "**contrôler**" in first.body
    assert "<strong>contrôler</strong>" in first.body_html
    assert {tag.name for tag in first.tags.all()} == {"cantine", "contrôle"}
    assert (first.post_count, first.answer_count, first.comment_count) == (3, 2, 1)
    assert first.last_activity_at == answer(2).created_at
    assert first.created_at.isoformat() == "2020-02-01T08:00:00+00:00"
    assert first.attribution_name == "Ombeline Lastours"
    assert first.attribution_url == "https://essai.meta.stackexchange.com/q/1"
    assert first.licence == "CC BY-SA 4.0"
    assert question(8).is_wiki
    assert "questions, ajouts : 3" in report


def test_answers_are_numbered_by_date_and_the_accepted_one_kept(dump):
    bring_in(dump)
    assert (answer(3).position, answer(2).position) == (2, 3)
    first = question(1)
    assert first.accepted_answer == answer(3)
    assert first.accepted_by == first.author
    assert first.accepted_at.isoformat() == "2020-02-04T00:00:00+00:00"


def test_no_script_survives(dump):
    bring_in(dump)
    assert "alert" not in answer(3).body + answer(3).body_html
    assert "`CCAP`" in answer(3).body


def test_votes_are_an_imported_count_and_nobodys(dump):
    bring_in(dump)
    assert (question(1).imported_useful, question(1).useful_count) == (2, 2)
    assert (answer(3).useful_count, answer(2).useful_count) == (1, 0)
    assert not Vote.objects.exists()


def test_authors_are_ghosts_who_cannot_sign_in(dump):
    bring_in(dump)
    author = question(1).author
    assert author.is_ghost
    assert not author.is_active
    assert not author.has_usable_password()
    assert author.email == "u1@essai.meta.stackexchange.invalid"
    assert str(answer(3).author) == "parti depuis"
    assert str(question(8).author) == "Compte supprimé"
    assert not Member.objects.filter(first_name="N’a rien écrit").exists()


def test_comments_go_under_their_post(dump):
    bring_in(dump)
    under_question, under_answer = Comment.objects.order_by("created_at")
    assert under_question.answer is None
    assert under_question.question == question(1)
    assert under_answer.answer == answer(3)
    assert answer(3).comment_count == 1


def test_an_edited_post_has_its_history_and_another_has_none(dump):
    bring_in(dump)
    first, second = question(1).revisions.all()
    assert (first.title, first.body, first.tags) == ("Contrôler le bio", "Comment contrôler le bio ?", "cantine")
    assert second.title == "Contrôler le bio"
    assert second.tags == "cantine, contrôle"
    assert (second.reason, second.by_post_author) == ("précisé", False)
    assert question(1).edit_count == 1
    assert question(1).edited_at is not None
    assert not answer(2).revisions.exists()


def test_duplicates_are_closed_and_related_posts_linked(dump):
    bring_in(dump)
    again = question(4)
    assert again.duplicate_of == question(1)
    assert again.state == ThreadState.CLOSED
    assert Reference.objects.filter(source_id=question(8).pk, target_id=question(1).pk).exists()
    assert Reference.objects.count() == 2


def test_what_is_left_out_is_said_and_why(dump):
    report = bring_in(dump)
    for line in (
        "fiches de mots-clés (wikis de tags) : 1",
        "réponses dont la question manque : 1",
        "Posts.xml : ligne incomplète ou illisible : 1",
        "questions sans titre, ou au titre trop long : 1",
        "Posts.xml : identifiant en double : 1",
        "commentaires dont le billet manque : 1",
        "commentaires vides : 1",
        "votes négatifs : 1",
        "votes « utile » sur un billet absent : 1",
        "autres votes (favoris, signalements, primes…) : 1",
        "comptes sans contribution : 2",
        "liens dont un billet manque : 1",
    ):
        assert line in report


def say(dump: Path, number: int, html: str) -> None:
    """Gives a post of the dump another text."""
    posts = dump / "Posts.xml"
    lines = posts.read_text(encoding="utf-8-sig").splitlines()
    rank = next(rank for rank, line in enumerate(lines) if f'Id="{number}"' in line)
    lines[rank] = re.sub(r' Body="[^"]*"', f' Body="{escape(html)}"', lines[rank])
    posts.write_text("\n".join(lines), encoding="utf-8")


SITE = "https://essai.meta.stackexchange.com"


@pytest.mark.parametrize(
    ("address", "target"),
    [
        (f"{SITE}/questions/1/controler-la-part", "question"),
        (f"{SITE}/q/1/17", "question"),
        ("http://meta.essai.stackexchange.com/questions/1", "question"),
        (f"{SITE}/questions/1/controler-la-part#comment5_1", "question"),
        (f"{SITE}/questions/1/controler-la-part/3#3", "answer"),
        (f"{SITE}/questions/1/controler-la-part?a=1#3", "answer"),
        (f"{SITE}/a/3", "answer"),
    ],
)
def test_a_link_to_a_post_that_came_in_leads_to_it_here(dump, address, target):
    say(dump, 8, f'<p>Voir <a href="{address}">cet échange</a>.</p>')
    report = bring_in(dump)
    here = answer_url(answer(3)) if target == "answer" else question_url(question(1))
    reader = question(8)
    assert reader.body == f"Voir [cet échange]({here})."
    assert f'href="{here}"' in reader.body_html
    assert "liens vers un billet repris, menés ici : 1" in report
    cited = answer(3).pk if target == "answer" else question(1).pk
    assert Reference.objects.filter(source_id=reader.pk, target_kind=target, target_id=cited).exists()


@pytest.mark.parametrize(
    "address",
    [
        f"{SITE}/questions/999/un-absent",
        f"{SITE}/users/1/ombeline",
        f"{SITE}/questions/tagged/cantine",
        "https://autre.stackexchange.com/questions/1/ailleurs",
    ],
)
def test_a_link_to_anything_else_stays_as_it_was(dump, address):
    say(dump, 8, f'<p>Voir <a href="{address}">ceci</a>.</p>')
    report = bring_in(dump)
    assert question(8).body == f"Voir [ceci]({address})."
    assert "menés ici" not in report


def test_a_link_to_a_later_post_leads_to_it_all_the_same(dump):
    say(dump, 1, f'<p>Voir <a href="{SITE}/q/8">la suite</a>.</p>')
    bring_in(dump)
    assert question(1).body == f"Voir [la suite]({question_url(question(8))})."


def test_the_keywords_are_those_of_the_dump_and_the_report_says_it(dump):
    report = bring_in(dump)
    assert "mots-clés de la sauvegarde : 2" in report
    assert "mots-clés posés sur les questions, dans la sauvegarde : 3" in report
    assert "mots-clés posés sur les questions, ici : 3" in report
    assert "dont le compte diffère" not in report
    QuestionTag.objects.filter(content_object=question(4)).delete()
    report = bring_in(dump)
    assert "mot-clé « cantine » : 1 ici, 2 attendus, écart : 1" in report
    assert "mots-clés dont le compte diffère : 1" in report


def test_an_edited_post_keeps_the_links_that_came_beside_its_text(dump):
    say(dump, 8, f'<p>Voir <a href="{SITE}/q/4">celle-ci</a>.</p>')
    bring_in(dump)
    post = question(8)
    edit_question(
        question=post,
        actor=MemberFactory(is_staff=True),
        title=post.title,
        body="Un autre texte, qui ne cite plus rien.",
        tried="",
        filing=UNFILED,
        tags=(),
    )
    assert list(Reference.objects.filter(source_id=post.pk).values_list("target_id", flat=True)) == [question(1).pk]


def test_a_second_run_changes_nothing(dump):
    bring_in(dump)
    before = state()
    assert "0 questions et réponses reprises" in bring_in(dump)
    assert state() == before


def test_a_run_that_was_stopped_goes_on(dump, monkeypatch):
    monkeypatch.setattr("qa.imports.stackexchange.BATCH", 1)

    def stop(self, rows):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Import, "_comments", stop)
        with pytest.raises(KeyboardInterrupt):
            bring_in(dump)
    assert Answer.objects.count() == 2
    assert not Comment.objects.exists()
    bring_in(dump)
    assert Comment.objects.count() == 2
    assert question(1).answer_count == 2


def test_a_members_own_vote_stays_beside_those_that_grew(dump):
    bring_in(dump)
    Vote.objects.create(member=MemberFactory(), question=question(1))
    Question.objects.filter(pk=question(1).pk).update(useful_count=3)
    votes = dump / "Votes.xml"
    votes.write_text(
        votes.read_text().replace(
            "</votes>", '<row Id="9" PostId="1" VoteTypeId="2" CreationDate="2020-02-01T00:00:00.000" /></votes>'
        )
    )
    bring_in(dump)
    assert (question(1).imported_useful, question(1).useful_count) == (3, 4)


def test_an_answer_that_a_member_posted_keeps_its_number(dump):
    comments = (dump / "Posts.xml").read_text(encoding="utf-8-sig")
    late = comments.replace('Id="2" PostTypeId="2" ParentId="1"', 'Id="2" PostTypeId="2" ParentId="999"')
    (dump / "Posts.xml").write_text(late, encoding="utf-8")
    bring_in(dump)
    thread = question(1)
    Answer.objects.create(question=thread, author=MemberFactory(), position=3, body="Ici", created_at=thread.created_at)
    Question.objects.filter(pk=thread.pk).update(post_count=3, answer_count=2)
    (dump / "Posts.xml").write_text(comments, encoding="utf-8")
    bring_in(dump)
    assert answer(2).position == 4
    assert question(1).answer_count == 3


def test_missing_files_are_said_and_the_rest_comes_in(dump):
    for name in ("Users.xml", "Votes.xml", "PostHistory.xml", "PostLinks.xml", "Comments.xml"):
        (dump / name).unlink()
    report = bring_in(dump)
    assert "fichier absent : Votes.xml" in report
    assert Question.objects.count() == 3
    assert str(question(1).author) == "user1"


def test_without_posts_or_space_nothing_is_done(dump):
    with pytest.raises(CommandError, match="n’existe pas"):
        call_command("import_stackexchange", str(dump), space="inconnu")
    (dump / "Posts.xml").unlink()
    with pytest.raises(CommandError, match=r"Posts\.xml est introuvable"):
        bring_in(dump)


@pytest.mark.parametrize("length", [40, 900, 1400, 2000])
def test_a_truncated_file_gives_whole_objects_only(dump, length):
    posts = dump / "Posts.xml"
    posts.write_bytes(posts.read_bytes()[:length])
    report = bring_in(dump)
    assert "Posts.xml est tronqué ou mal formé" in report
    for thread in Question.objects.all():
        assert thread.title
        assert thread.body
        assert thread.answers.count() == thread.answer_count == thread.post_count - 1
        assert thread.accepted_answer_id is None or thread.accepted_answer.question_id == thread.pk
    bring_in(Path(shutil.copytree(SAMPLE, dump, dirs_exist_ok=True)))
    assert Question.objects.count() == 3
    assert question(1).answer_count == 2


BOMB = "<!DOCTYPE posts [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
HOSTILE = {
    "entity bomb": f'<?xml version="1.0"?>{BOMB}<votes><row Id="1" PostId="1" CreationDate="&b;"/></votes>',
    "external entity": '<!DOCTYPE v [<!ENTITY x SYSTEM "file:///etc/passwd">]><votes><row Id="&x;"/></votes>',
    "doctype": '<!DOCTYPE html><votes><row Id="1"/></votes>',
    "nesting": "<votes>" + "<row>" * 50 + "</row>" * 50 + "</votes>",
    "endless row": '<votes><row Id="' + "1" * 5000 + '"/></votes>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_and_leaves_nothing(dump, monkeypatch, name):
    monkeypatch.setattr(xml_rows, "MAX_ROW_BYTES", 4_000)
    for other in ("Users", "Posts", "Comments", "PostHistory", "PostLinks"):
        (dump / f"{other}.xml").write_text(f"<{other}>\n" + "\n" * 10 + f"</{other}>")
    (dump / "Votes.xml").write_text(HOSTILE[name])
    SpaceFactory(slug="essai", name="Essai")
    before = state()
    with pytest.raises(CommandError, match=r"refusé, rien n’a été repris : Votes\.xml"):
        bring_in(dump)
    assert state() == before


def test_rows_are_read_in_constant_memory(tmp_path):
    """The peak of twenty times more rows is about the peak of a few."""
    import tracemalloc

    from community.core.progress import Report

    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}.xml"
        row = '<row Id="1" Text="' + "mot " * 200 + '"/>\n'
        path.write_text("<comments>\n" + row * rows + "</comments>")
        tracemalloc.start()
        for _row in xml_rows.read_rows(path, Report()):
            pass
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    few = peak(200)
    assert peak(4_000) < few * 2


REAL = Path(__file__).resolve().parents[3] / "shared/data/stackexchange/french.meta"


@pytest.mark.skipif(
    not REAL.is_dir(), reason="the real dump is not shipped; it lies beside the project where it is built"
)
def test_the_real_dump_gives_its_own_counts(tmp_path):
    SpaceFactory(slug="essai", name="Essai")
    bring_in(REAL, no_render=True)
    assert Question.objects.count() == 274
    assert Answer.objects.count() == 487
    assert Comment.objects.count() == 1305
    assert Question.objects.exclude(accepted_answer=None).count() == 86
    useful = sum(post.imported_useful for model in (Question, Answer) for post in model.objects.all())
    assert useful == 3730
    announced = {row["TagName"]: int(row["Count"]) for row in xml_rows.read_rows(REAL / "Tags.xml", Report())}
    filed = Counter(QuestionTag.objects.values_list("tag__name", flat=True))
    assert filed == Counter({name: count for name, count in announced.items() if count})
    assert filed.total() == 618
    before = state()
    bring_in(REAL, no_render=True)
    assert state() == before
