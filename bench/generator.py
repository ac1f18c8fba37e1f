"""Threads as a community of some years would have them: many members, many threads, texts of several lengths."""

import random
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from community.members.models import Member, Territory
from community.notifications.models import Subscription
from community.reading.models import ReadMark
from community.taxonomy.models import PurchaseFamily, Tag
from qa.models import Answer, Comment, Question, QuestionTag

# Two lengths of thread, half each: 25 posts a thread on average.
SHORT, LONG = 20, 30
POSTS_A_THREAD = 25
BATCH = 2_000
TAG = "insertion"
SENTENCES = (
    "Nous avons écrit la clause au CCTP et relié chaque élément du critère à une exigence du contrat.",
    "Le titulaire remet un **bordereau par trimestre** ; nous contrôlons trois lignes au hasard.",
    "Quatre offres reçues, dont deux de petites entreprises : l’écart de prix est resté sous 3 %.",
    "À la réunion de lancement, nous relisons la clause avec le chef de chantier, sinon elle s’oublie.",
    "Voir l’article L. 2112-2 pour le cadre, et l’annexe du RC pour la méthode de notation.",
    "Le facilitateur a demandé quatre semaines : prévoyez-les dans le calendrier.",
)


def generate(posts: int, *, members: int) -> None:
    """Adds threads of the open community and their members; the same seed gives the same rows."""
    chance = random.Random(7)
    people = add_members(members)
    bodies = [_body(chance) for _number in range(40)]
    families = list(PurchaseFamily.objects.all())
    threads = posts // POSTS_A_THREAD
    now = timezone.now()
    made = 0
    while made < threads:
        size = min(BATCH // POSTS_A_THREAD, threads - made)
        with transaction.atomic():
            _add_threads(range(made, made + size), threads, people, bodies, families, now, chance)
        made += size


def add_members(count: int) -> list[Member]:
    territory = Territory.objects.first()
    already = Member.objects.count()
    password = make_password(None)
    now = timezone.now()
    people = [
        Member(
            email=f"membre{already + number}@banc.example",
            first_name=f"Prénom{number}",
            last_name=f"Nom{number}",
            folded_name=f"prenom{number} nom{number}",
            password=password,
            territory=territory,
            verified_at=now,
            verification="approval",
            charter_accepted_at=now,
        )
        for number in range(count)
    ]
    return Member.objects.bulk_create(people, batch_size=500)


def add_watchers(question: Question, people: list[Member]) -> None:
    rows = [Subscription(member=member, kind="question", object_id=question.pk, level="all") for member in people]
    Subscription.objects.bulk_create(rows, batch_size=1000)


def _body(chance: random.Random) -> dict[str, object]:
    """Columns of a text, rendered once and shared by many posts."""
    draft = Answer()
    paragraphs = [" ".join(chance.sample(SENTENCES, 3)) for _number in range(chance.choice((1, 1, 2, 3)))]
    draft.set_body("\n\n".join(paragraphs))
    return {name: getattr(draft, name) for name in Answer.RICH_TEXT_FIELDS}


def _add_threads(numbers: range, threads: int, people, bodies, families, now, chance) -> None:
    questions = []
    for number in numbers:
        length = SHORT if number % 2 == 0 else LONG
        asked = now - timedelta(minutes=30 * (threads - number), days=1)
        questions.append(
            Question(
                author=chance.choice(people),
                title=f"Comment contrôler l’exécution d’une clause, cas {number} ?",
                slug=f"controler-l-execution-d-une-clause-cas-{number}",
                family=chance.choice(families) if families else None,
                created_at=asked,
                last_activity_at=asked + timedelta(minutes=length),
                post_count=length,
                answer_count=length - 1,
                comment_count=1,
                **chance.choice(bodies),
            )
        )
    Question.objects.bulk_create(questions)
    answers = [
        Answer(
            question=question,
            author=chance.choice(people),
            position=position,
            created_at=question.created_at + timedelta(minutes=position),
            useful_count=chance.randrange(6),
            **chance.choice(bodies),
        )
        for question in questions
        for position in range(2, question.post_count + 1)
    ]
    Answer.objects.bulk_create(answers, batch_size=400)
    _accept_some(questions, answers)
    tag, _created = Tag.objects.get_or_create(name=TAG, defaults={"slug": TAG})
    QuestionTag.objects.bulk_create([QuestionTag(tag=tag, content_object=question) for question in questions[::10]])
    _add_comments(questions, people, chance)


def _accept_some(questions: list[Question], answers: list[Answer]) -> None:
    """Two threads in three are resolved, by their first answer."""
    first = {answer.question_id: answer for answer in reversed(answers)}
    resolved = [question for rank, question in enumerate(questions) if rank % 3]
    for question in resolved:
        question.accepted_answer = first[question.pk]
        question.accepted_by_id = question.author_id
        question.accepted_at = question.last_activity_at
    Question.objects.bulk_update(resolved, ["accepted_answer", "accepted_by", "accepted_at"], batch_size=200)


def follow_and_read(member: Member, *, threads: int) -> None:
    """A member who follows many threads and has read a part of each."""
    pks = list(Question.objects.order_by("-last_activity_at").values_list("pk", flat=True)[:threads])
    Subscription.objects.bulk_create(
        [Subscription(member=member, kind="question", object_id=pk, level="all") for pk in pks]
    )
    ReadMark.objects.bulk_create(
        [ReadMark(member=member, kind="question", object_id=pk, position=5) for pk in pks[: threads // 2]]
    )


def _add_comments(questions: list[Question], people: list[Member], chance: random.Random) -> None:
    Comment.objects.bulk_create(
        [
            Comment(
                question=question, author=chance.choice(people), text="Et par lot ?", created_at=question.created_at
            )
            for question in questions
        ]
    )
