"""What a thread's page says around its posts: plain values."""

from django.conf import settings
from django.utils.translation import gettext as _

from community.spaces.models import SpaceVisibility

from ..addresses import question_url
from ..models import Question, ThreadKind, ThreadState
from ..selectors.post_rows import PostRow, PostRows
from ..selectors.related import Related
from ..selectors.rows import family_link, tag_link, theme_link

EXCERPT = 200


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
        "tags": [tag_link(name) for name in question.tagged_items.order_by("pk").values_list("tag__name", flat=True)],
    }


def thread_statuses(question: Question, related: Related) -> list[dict]:
    found = []
    if question.hidden_at is not None:
        found.append({"label": _("Masquée par l’animation"), "tone": "warning", "icon": "eye-off"})
    if question.state == ThreadState.EMBARGOED:
        found.append({"label": _("À publier après attribution"), "tone": "info", "icon": "clock"})
    if question.is_resolved:
        found.append({"label": _("Résolue"), "tone": "success", "icon": "circle-check"})
    if question.state == ThreadState.CLOSED:
        found.append({"label": _("Close"), "tone": "", "icon": "lock"})
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


def structured_data(question: Question, rows: PostRows) -> dict | None:
    """schema.org's QAPage, for a question that everyone reads; machines learn no more than a visitor sees."""
    if question.kind != ThreadKind.QUESTION:
        return None
    data = {
        "@context": "https://schema.org",
        "@type": "QAPage",
        "mainEntity": {
            "@type": "Question",
            "name": question.title,
            "text": question.body_text,
            "answerCount": question.answer_count,
            "upvoteCount": question.useful_count,
            "datePublished": question.created_at.isoformat(),
            "url": settings.BASE_URL + question_url(question),
            "author": person(rows.question_row()),
        },
    }
    by_pk = {answer.pk: answer for answer in rows.thread.answers.rows}
    shown = [row for row in rows.answer_rows() if not row.deleted and not row.hidden]
    answers = [(row, answer_data(row, by_pk[row.pk].body_text)) for row in shown]
    accepted = [each for row, each in answers if row.accepted]
    suggested = [each for row, each in answers if not row.accepted]
    if accepted:
        data["mainEntity"]["acceptedAnswer"] = accepted[0]
    if suggested:
        data["mainEntity"]["suggestedAnswer"] = suggested
    return data


def answer_data(row: PostRow, text: str) -> dict:
    return {
        "@type": "Answer",
        "text": text,
        "upvoteCount": row.votes,
        "datePublished": row.created_at.isoformat(),
        "url": settings.BASE_URL + row.url,
        "author": person(row),
    }


def person(row: PostRow) -> dict:
    return {"@type": "Person", "name": row.author.name}
