"""The threads of the demonstration, by the bulk door; what readers did to them comes with those that are new."""

import random
import re
import tomllib
from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import F
from django.utils import timezone

from community.core.demo import Demo
from community.core.management.commands.rerender import rerender_stale
from community.core.references import record_references
from community.core.richtext import normalise_text
from community.core.slugs import slug_of
from community.core.ui import typography
from community.members.models import Member
from community.notifications.models import Notification, Subscription
from community.reading.models import Bookmark, ReadMark
from community.spaces.models import Space
from community.spaces.pseudonyms import pseudonym_number
from community.spaces.querysets import readers_of_space
from community.taxonomy.models import PurchaseFamily, Theme
from qa.actions import bulk
from qa.models import Answer, AnswerDoubt, Endorsement, Question, SameNeed, Vote

SOURCE = "demo"
FILES = ("threads_1.toml", "threads_2.toml", "threads_3.toml")
FOLDER = Path(__file__).parent
# « {clause:ali-durables-condition} » in a text: the content of another part of the demonstration.
_NAMED = re.compile(r"\{([a-z_]+:[a-z0-9-]+)\}")
_PLAIN = ("amount", "procedure", "stage", "kind", "naming")


def read(name: str) -> dict:
    with (FOLDER / name).open("rb") as file:
        return tomllib.load(file)


def load_threads(demo: Demo) -> None:
    threads = Threads(demo)
    demo.report.did("messages ajoutés", threads.load())
    threads.record_what_they_cite()
    rerender_stale(Question)
    rerender_stale(Answer)


class Threads:
    """One run: `content` holds the threads that were not there before."""

    def __init__(self, demo: Demo):
        self.members: dict[str, Member] = demo.members
        self.spaces: dict[str, Space] = demo.spaces
        self.now, self.contents = demo.now, demo.contents
        self.families = {family.code: family for family in PurchaseFamily.objects.all()}
        self.themes = {theme.code: theme for theme in Theme.objects.all()}
        everything = [thread for name in FILES for thread in read(name)["thread"]]
        known = bulk.already_imported(Question, SOURCE, [key_of(thread) for thread in everything])
        self.content = [thread for thread in everything if key_of(thread) not in known]
        # The same votes for everybody who tries the product.
        self.chance = random.Random(2026)  # noqa: S311  plausible votes, no secret
        self.questions: dict[str, Question] = {}
        self.answers: dict[str, Answer] = {}

    def load(self) -> int:
        for thread in self.content:
            if thread.get("naming") == "anonymous":
                pseudonym_number(self.spaces.get(thread.get("space")), self.members[thread["author"]])
        for slug in {thread.get("space") for thread in self.content}:
            rows = [self._question(thread) for thread in self.content if thread.get("space") == slug]
            new = bulk.import_questions_unguarded(source=SOURCE, space=self.spaces.get(slug), rows=rows)
            self.questions |= {question.source_id: question for question in new}
        bulk.import_answers_unguarded(source=SOURCE, rows=self._answers())
        found = Answer.objects.filter(source=SOURCE, question__in=self.questions.values()).select_related("question")
        self.answers = {answer.source_id: answer for answer in found}
        bulk.import_comments_unguarded(source=SOURCE, rows=self._comments())
        if self.content:
            self._reactions()
            self._personal_marks()
        return len(self.questions) + len(self.answers)

    def record_what_they_cite(self) -> None:
        """Clauses and articles named in the words; the bulk door leaves texts unread."""
        for kind, posts in (("question", self.questions), ("answer", self.answers)):
            for post in posts.values():
                record_references(kind=kind, pk=post.pk, paths=(), text=post.body)

    def _question(self, thread: dict) -> bulk.ImportedQuestion:
        extra = {name: thread[name] for name in _PLAIN if name in thread}
        extra["family"] = self.families.get(thread.get("family"))
        extra["theme"] = self.themes.get(thread.get("theme"))
        extra["tried"] = typography(thread.get("tried", ""))
        if "pin" in thread:
            extra["pinned_until"] = self.now + timedelta(days=thread["pin"])
        if "embargo" in thread:
            extra |= {"state": "embargoed", "publish_after": (self.now + timedelta(days=thread["embargo"])).date()}
        return bulk.ImportedQuestion(
            source_id=key_of(thread),
            title=typography(thread["title"]),
            tags=tuple(thread["tags"]),
            extra=extra,
            **self._text(thread, "body", self._asked_at(thread)),
        )

    def _answers(self) -> list[bulk.ImportedAnswer]:
        rows = [
            bulk.ImportedAnswer(
                source_id=f"{key_of(thread)}-{rank}",
                question_id=self.questions[key_of(thread)].pk,
                accepted_at=self._after(self._answered_at(thread, answer), 5) if answer.get("accepted") else None,
                **self._text(answer, "body", self._answered_at(thread, answer)),
            )
            for thread in self.content
            for rank, answer in enumerate(thread.get("answer", []), start=1)
        ]
        return sorted(rows, key=lambda row: row.created_at)

    def _comments(self) -> list[bulk.ImportedComment]:
        return [
            bulk.ImportedComment(
                source_id=f"{source_id}-c{rank}",
                question_id=self.answers[source_id].question_id,
                answer_id=self.answers[source_id].pk,
                **self._text(comment, "text", self._after(self.answers[source_id].created_at, 2 * rank)),
            )
            for source_id, _thread, answer in self._each_answer()
            for rank, comment in enumerate(answer.get("comment", []), start=1)
        ]

    def _text(self, fields: dict, name: str, created_at: datetime) -> dict:
        named = _NAMED.sub(lambda found: self.contents[found[1]], fields[name].strip())
        text = normalise_text(typography(named))
        return {"author_id": self.members[fields["author"]].pk, "text": text, "created_at": created_at}

    def _asked_at(self, thread: dict) -> datetime:
        # Asked during the day, and not all at the same minute.
        return self.now - timedelta(days=thread["days"], minutes=len(thread["title"]) * 7)

    def _answered_at(self, thread: dict, answer: dict) -> datetime:
        return self._after(self._asked_at(thread), answer["hours"])

    def _after(self, moment: datetime, hours: int) -> datetime:
        return min(moment + timedelta(hours=hours), self.now - timedelta(minutes=10))

    def _each_answer(self):
        for thread in self.content:
            for rank, answer in enumerate(thread.get("answer", []), start=1):
                source_id = f"{key_of(thread)}-{rank}"
                yield source_id, thread, answer

    def _reactions(self) -> None:
        self._votes()
        for source_id, _thread, answer in self._each_answer():
            if "endorsed_by" in answer:
                self._endorse(self.answers[source_id], answer["endorsed_by"], "favourable", "")
            if "doubt" in answer:
                target = self.answers[source_id]
                doubter = self.members[answer["doubt"]["by"]]
                AnswerDoubt.objects.create(answer=target, member=doubter, reason=answer["doubt"]["reason"])
                Answer.objects.filter(pk=target.pk).update(doubt_count=F("doubt_count") + 1)
        for row in read("extras.toml")["endorsement"]:
            question = Question.objects.filter(source=SOURCE, source_id=key_of({"title": row["thread"]})).first()
            if question and question.accepted_answer:
                self._endorse(question.accepted_answer, row["by"], row["verdict"], row["note"])
        pairs = [
            (self.questions[key_of(thread)].pk, self.questions[key_of({"title": thread["duplicate_of"]})].pk)
            for thread in self.content
            if "duplicate_of" in thread
        ]
        bulk.mark_duplicates_unguarded(pairs, reason=typography("Question déjà posée : les réponses sont là-bas."))

    def _endorse(self, answer: Answer, by: str, verdict: str, note: str) -> None:
        _row, new = Endorsement.objects.get_or_create(
            answer=answer, expert=self.members[by], defaults={"verdict": verdict, "note": note}
        )
        if new:
            Answer.objects.filter(pk=answer.pk).update(endorsement_count=F("endorsement_count") + 1)

    def _votes(self) -> None:
        """Voters may read the thread, are verified, and do not vote for themselves."""
        readers = {
            slug: list(readers_of_space(self.spaces.get(slug), Member.objects.persons().verified()).order_by("pk"))
            for slug in {thread.get("space") for thread in self.content}
        }
        votes, needs = [], []
        for source_id, thread, fields in self._each_answer():
            answer = self.answers[source_id]
            voters = [member for member in readers[thread.get("space")] if member.pk != answer.author_id]
            chosen = self.chance.sample(voters, min(fields.get("useful", 0), len(voters)))
            votes += [Vote(member=member, answer=answer) for member in chosen]
            Answer.objects.filter(pk=answer.pk).update(useful_count=len(chosen))
        for thread in self.content:
            question = self.questions[key_of(thread)]
            names = [name for name in thread.get("need", []) if name != thread["author"]]
            needs += [SameNeed(member=self.members[name], question=question) for name in names]
            Question.objects.filter(pk=question.pk).update(same_need_count=len(names))
        Vote.objects.bulk_create(votes)
        SameNeed.objects.bulk_create(needs)

    def _personal_marks(self) -> None:
        """Writing follows the thread, what was written last is told, and what is older was read."""
        follows = {(question.author_id, question.pk) for question in self.questions.values()}
        follows |= {(answer.author_id, answer.question_id) for answer in self.answers.values()}
        Subscription.objects.bulk_create(
            [
                Subscription(member_id=member, kind="question", object_id=pk, level="all", explicit=False)
                for member, pk in sorted(follows)
            ],
            ignore_conflicts=True,
        )
        recent = timezone.now() - timedelta(days=12)
        told = [
            answer
            for answer in self.answers.values()
            if answer.created_at > recent and answer.author_id != answer.question.author_id
        ]
        Notification.objects.bulk_create(
            [
                Notification(
                    member_id=answer.question.author_id,
                    reason="answer_posted",
                    subject_kind="question",
                    subject_id=answer.question_id,
                    target_kind="answer",
                    target_id=answer.pk,
                )
                for answer in told
            ]
        )
        for answer in told:
            Notification.objects.filter(target_kind="answer", target_id=answer.pk).update(created_at=answer.created_at)
        self._bookmarks_and_reads(recent)

    def _bookmarks_and_reads(self, recent: datetime) -> None:
        bookmarks = read("extras.toml")["bookmarks"]
        for name, titles in bookmarks.items():
            for title in titles:
                if question := self.questions.get(key_of({"title": title})):
                    Bookmark.objects.get_or_create(member=self.members[name], kind="question", object_id=question.pk)
        marks = [
            ReadMark(member=self.members[name], kind="question", object_id=question.pk, position=1)
            for name in bookmarks
            for question in Question.objects.filter(pk__in=[each.pk for each in self.questions.values()])
            .visible_to(self.members[name])
            .filter(created_at__lt=recent)
            .order_by("pk")[:12]
        ]
        ReadMark.objects.bulk_create(marks, ignore_conflicts=True)


def key_of(thread: dict) -> str:
    """The title, as long as a key may be."""
    return slug_of(thread["title"], longest=40)
