"""What a thread's page says around its posts: plain values."""

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from community.core import contents
from community.core.richtext import excerpt
from community.core.ui import number
from community.notifications.models import Level
from community.spaces.models import SpaceVisibility

from ..addresses import address, question_url
from ..models import Question, ThreadKind, ThreadState
from ..selectors.post_rows import Act, PostRow, PostRows
from ..selectors.related import Related
from ..selectors.rights import ThreadRights
from ..selectors.rows import family_link, list_url, same_need_words, tags_by_question, theme_link
from ..selectors.thread import Thread

EXCERPT = 200
STRUCTURED_EXCERPT = 300
MAX_SUGGESTED = 3
MAX_PARTICIPANTS = 8


def surroundings(thread: Thread, rows: PostRows, answers: list[PostRow], related: Related) -> dict:
    question, rights = thread.question, thread.rights
    participants = rows.participants()
    return {
        "description": excerpt(question.body_text, EXCERPT),
        "breadcrumb": breadcrumb(question),
        "context": context_line(question),
        "audience": audience(question),
        "statuses": thread_statuses(question),
        "accepted": accepted_link(thread, answers),
        "tried": mark_safe(question.tried_html),
        "same_need": same_need_words(question.same_need_count),
        "same_need_url": address("same_need_toggle", pk=question.pk) if question.kind == ThreadKind.QUESTION else "",
        "edited": edited_words(question.edit_count),
        "answers_title": answers_title(question),
        "participants": [rows.markup.person(each) for each in participants[:MAX_PARTICIPANTS]],
        "participants_title": participants_title(len(participants), is_whole=thread.is_whole),
        "watch_title": watch_title(question),
        "report_path": report_path(),
        "thread_acts": thread_acts(question, rights),
        "linked": linked_entries(related),
    }


def breadcrumb(question: Question) -> list[dict]:
    items = [{"label": _("Questions"), "url": list_url()}]
    if question.space is not None:
        items.append({"label": question.space.name, "url": list_url(espace=question.space.slug)})
    if question.family is not None:
        items.append({"label": question.family.label, "url": list_url(famille=question.family.slug)})
    return [*items, {"label": excerpt(question.title, 60), "url": ""}]


def accepted_link(thread: Thread, answers: list[PostRow]) -> dict | None:
    """To the accepted answer on this page; from another page, to its permalink, and its author is not named."""
    question = thread.question
    if not question.accepted_answer_id:
        return None
    for row in answers:
        if row.pk == question.accepted_answer_id and not row.deleted:
            return {"href": f"#{row.anchor}", "name": row.author.name}
    if thread.accepted_elsewhere:
        return {"href": address("answer_detail", question_pk=question.pk, pk=question.accepted_answer_id), "name": ""}
    return None


def edited_words(count: int) -> str:
    return ngettext(
        "Modifiée %(count)d fois, voir l’historique", "Modifiée %(count)d fois, voir l’historique", count
    ) % {"count": count}


def answers_title(question: Question) -> str:
    if question.kind == ThreadKind.QUESTION:
        words = ngettext("%(count)s réponse", "%(count)s réponses", question.answer_count)
    else:
        words = ngettext("%(count)s message", "%(count)s messages", question.answer_count)
    return words % {"count": number(question.answer_count)}


def participants_title(count: int, *, is_whole: bool) -> str:
    if not is_whole:
        return _("Participants et participantes de cette page")
    return ngettext("%(count)d participant ou participante", "%(count)d participants et participantes", count) % {
        "count": count
    }


def watch_title(question: Question) -> str:
    titles = {Level.ALL: _("Vous suivez cet échange"), Level.ESSENTIAL: _("Vous suivez l’essentiel")}
    return titles.get(question.my_level, _("Suivre cet échange"))


def report_path() -> str:
    """How the addresses of reports begin: what the thread's script opens in a window."""
    return address("content_flag", kind="question", pk=1).removesuffix("question/1/")


def linked_entries(related: Related) -> list[dict]:
    objects = [*related.linked_questions, *related.linked_others]
    kinds = [(contents.kind_of(each), each) for each in objects]
    return [{"url": kind.url(each), "title": kind.title(each), "label": kind.label} for kind, each in kinds]


def thread_acts(question: Question, rights: ThreadRights) -> list[Act]:
    """What is done with a whole thread, by its author or by those who moderate."""
    closed, duplicate = question.state == ThreadState.CLOSED, question.duplicate_of_id is not None
    announced = rights.moderate and question.kind == ThreadKind.ANNOUNCEMENT
    pinned = question.pinned_until is not None and question.pinned_until > timezone.now()
    rows = [
        (rights.publish, _("Publier maintenant"), "question_publish", False),
        (rights.close and not closed, _("Clore l’échange"), "question_close", True),
        (rights.close and closed and not duplicate, _("Rouvrir l’échange"), "question_reopen", True),
        (rights.separate, _("Séparer de la question d’origine"), "question_unduplicate", False),
        (rights.moderate and not duplicate, _("Signaler comme déjà posée"), "question_duplicate", True),
        (rights.moderate, _("Déplacer vers un autre espace"), "question_move", True),
        (announced and not pinned, _("Épingler l’annonce"), "question_pin", True),
        (announced and pinned, _("Ne plus épingler l’annonce"), "question_unpin", False),
    ]
    acts = [Act(label, address(name, pk=question.pk), is_link) for allowed, label, name, is_link in rows if allowed]
    return [act for act in acts if act.url]


def audience(question: Question) -> str:
    if question.state == ThreadState.EMBARGOED:
        return _("Visible de vous seulement jusqu’à ce que vous la publiiez")
    space = question.space
    if space is None:
        return _("Communauté ouverte, lisible sans compte")
    patterns = {
        SpaceVisibility.OPEN: _("Espace %(name)s, lisible sans compte"),
        SpaceVisibility.MEMBERS: _("Espace %(name)s, réservé aux membres vérifiés"),
        SpaceVisibility.PRIVATE: _("Espace %(name)s, réservé à ses membres"),
    }
    return patterns[space.visibility] % {"name": space.name}


def context_line(question: Question) -> dict:
    facts = [
        ("briefcase", question.get_amount_display()),
        ("clock", question.get_stage_display()),
        ("file-text", question.get_procedure_display()),
        ("map-pin", question.territory.name if question.territory else ""),
    ]
    return {
        "family": family_link(question.family) if question.family_id else None,
        "theme": theme_link(question.theme) if question.theme_id else None,
        "facts": [{"icon": icon, "label": label} for icon, label in facts if label],
        "tags": tags_by_question([question.pk]).get(question.pk, []),
    }


def thread_statuses(question: Question) -> list[dict]:
    found = []
    if question.hidden_at is not None:
        found.append({"label": _("Masquée par l’animation"), "tone": "warning", "icon": "eye-off"})
    if question.state == ThreadState.EMBARGOED:
        found.append({"label": _("À publier après attribution"), "tone": "info", "icon": "clock"})
    if question.is_resolved:
        found.append({"label": _("Résolue"), "tone": "success", "icon": "circle-check"})
    if question.state == ThreadState.CLOSED:
        found.append({"label": pgettext("état d’un échange", "Close"), "tone": "", "icon": "lock"})
    if question.kind == ThreadKind.DISCUSSION:
        found.append({"label": _("Discussion"), "tone": "", "icon": "message-square"})
    if question.kind == ThreadKind.ANNOUNCEMENT:
        found.append({"label": _("Annonce"), "tone": "info", "icon": "pin"})
    return found


def sort_options(current: str) -> list[dict]:
    labels = {
        "utiles": _("Les plus utiles"),
        "anciennes": _("Dans l’ordre"),
        "recentes": _("Les plus récentes"),
    }
    return [{"value": value, "label": label, "selected": value == current} for value, label in labels.items()]


def structured_data(question: Question, rows: PostRows, answers: list[PostRow]) -> dict | None:
    """schema.org's QAPage, for a question that everyone reads; machines learn no more than a visitor sees."""
    if question.kind != ThreadKind.QUESTION:
        return None
    data = {
        "@context": "https://schema.org",
        "@type": "QAPage",
        "mainEntity": {
            "@type": "Question",
            "name": question.title,
            "text": excerpt(question.body_text, STRUCTURED_EXCERPT),
            "answerCount": question.answer_count,
            "upvoteCount": question.useful_count,
            "datePublished": question.created_at.isoformat(),
            "url": settings.BASE_URL + question_url(question),
            "author": person(rows.question_row()),
        },
    }
    by_pk = {answer.pk: answer for answer in rows.thread.answers.rows}
    shown = [row for row in answers if not row.deleted and not row.hidden]
    told = [(row, answer_data(row, by_pk[row.pk].body_text)) for row in shown]
    accepted = [each for row, each in told if row.accepted]
    suggested = [each for row, each in told if not row.accepted]
    if accepted:
        data["mainEntity"]["acceptedAnswer"] = accepted[0]
    if suggested:
        data["mainEntity"]["suggestedAnswer"] = suggested[:MAX_SUGGESTED]
    return data


def answer_data(row: PostRow, text: str) -> dict:
    return {
        "@type": "Answer",
        "text": excerpt(text, STRUCTURED_EXCERPT),
        "upvoteCount": row.votes,
        "datePublished": row.created_at.isoformat(),
        "url": settings.BASE_URL + row.url,
        "author": person(row),
    }


def person(row: PostRow) -> dict:
    return {"@type": "Person", "name": row.author.name}
