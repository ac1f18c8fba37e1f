from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from community.core.keyset import Keyset
from community.core.pagecache import keep, watch_contents
from community.moderation.alerts import Alerts
from community.moderation.replacing import mend_urls
from community.notifications.actions import mark_subject_seen
from community.reading.actions import mark_read

from ..addresses import address, question_url
from ..display import Authors
from ..markup import Markup
from ..models import Question, ThreadKind
from ..reply_markup import reply_markup
from ..selectors import get_answer_or_404, get_comment_place_or_404, get_question_or_404
from ..selectors.post_rows import PostRow, PostRows, comment_html, words
from ..selectors.related import related_to
from ..selectors.rights import ThreadRights
from ..selectors.thread import (
    LATEST,
    MOST_USEFUL,
    OLDEST,
    PAGE_SIZE,
    comments_of,
    first_unread_position,
    legible_of,
    read_thread,
    thread_or_404,
)
from .kept import watch_threads
from .quoting import quoted_text
from .thread_page import audience, sort_options, structured_data, surroundings

ORDERS = {"utiles": MOST_USEFUL, "anciennes": OLDEST, "recentes": LATEST}


def order_of(request: HttpRequest, question: Question) -> tuple[str, Keyset]:
    """Answers are read by usefulness, a discussion or an announcement as it went."""
    name = request.GET.get("tri", "")
    if name not in ORDERS:
        name = "utiles" if question.kind == ThreadKind.QUESTION else "anciennes"
    return name, ORDERS[name]


@login_not_required
@require_safe
def question_detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    question = thread_or_404(request.user, pk)
    url = question_url(question)
    if request.path != url:
        # Only for who may read it: the right address tells the title.
        query = request.META["QUERY_STRING"]
        return redirect(f"{url}?{query}" if query else url, permanent=True)
    rights = ThreadRights(request.user, question)
    if "non-lu" in request.GET:
        return redirect(first_unread_url(question, rights))
    context = thread_context(request, question, rights)
    response = render(request, "qa/question_detail.html", context)
    if rights.signed_in:
        return response
    related = context["related"]
    watches = watch_threads([question, *related.questions]) + watch_contents(related.linked_others)
    return keep(request, response, watches=[*watches, *context["alerts"].watches])


def show_alerts(viewer, rows: list[PostRow], alerts: Alerts) -> None:
    """On each post, and for who may mend it a way to; that is asked only where something was replaced."""
    replaced = []
    for row in rows:
        row.alerts = alerts.of(row.kind, row.pk)
        if any(alert.successor for alert in row.alerts):
            replaced.append((row.kind, row.pk))
    urls = mend_urls(viewer, replaced) if replaced else {}
    for row in rows:
        row.mend_url = urls.get((row.kind, row.pk), "")


def thread_context(request: HttpRequest, question: Question, rights: ThreadRights) -> dict:
    order_name, order = order_of(request, question)
    thread = read_thread(
        question, rights, order=order, after=request.GET.get("apres", ""), before=request.GET.get("avant", "")
    )
    rows = PostRows(thread)
    answers, post, alerts = rows.answer_rows(), rows.question_row(), rows.alerts()
    show_alerts(request.user, [post, *answers], alerts)
    related = related_to(request.user, question, [answer.pk for answer in thread.answers.rows])
    position = last_position(question, thread, order)
    context = {
        "question": question,
        "url": question_url(question),
        "rights": rights,
        "post": post,
        "answers": answers,
        "alerts": alerts,
        "related": related,
        "read_position": position if rights.signed_in and to_mark(question, position) else 0,
        "unread_from": rows.unread_from,
        "has_unread": bool(question.read_position) and question.read_position < question.post_count,
        "sorts": sort_options(order_name),
        "previous_url": page_url(order_name, avant=thread.answers.previous),
        "next_url": page_url(order_name, apres=thread.answers.next),
        "is_open": is_open(question),
    }
    if not rights.signed_in and is_open(question) and thread.is_whole:
        # For machines, which have no account.
        context["structured"] = structured_data(question, rows, answers)
    if rights.answer:
        quoted = quoted_text(request, thread, rows)
        # One for the page: each that is drawn is masked anew.
        token = context["csrf_token"] = get_token(request)
        readers = f"{audience(question)}."
        context["reply"] = reply_markup(request, question, audience=readers, csrf_token=token, body=quoted)
    return context | surroundings(thread, rows, answers, related)


def is_open(question: Question) -> bool:
    """Shown to machines too: what everyone reads, today."""
    readable = question.space is None or question.space.visibility == "open"
    return readable and question.hidden_at is None and question.state != "embargoed"


def page_url(order_name: str, **cursor: str) -> str:
    name, value = next(iter(cursor.items()))
    return f"?{urlencode({'tri': order_name, name: value})}#reponses" if value else ""


def last_position(question: Question, thread, order: Keyset) -> int:
    """How far who reads this page has read: all of it when nothing follows, or as far as a page in order goes."""
    if not thread.answers.next and (order is not LATEST or not thread.answers.previous):
        return question.post_count
    if order is LATEST and not thread.answers.previous:
        return question.post_count
    if order is OLDEST:
        return thread.answers.rows[-1].position
    return 0


def to_mark(question: Question, position: int) -> bool:
    return question.has_news or position > (question.read_position or 0)


def first_unread_url(question: Question, rights: ThreadRights) -> str:
    position = first_unread_position(question, rights)
    if position is None:
        return f"{question_url(question)}#reponses"
    if question.answer_count <= PAGE_SIZE and question.read_position:
        return f"{question_url(question)}#premier-non-lu"
    return position_url(question, position)


def position_url(question: Question, position: int) -> str:
    """Where the post of that number stands, whatever the length of the thread."""
    anchor = f"#reponse-{position - 1}"
    if question.answer_count <= PAGE_SIZE:
        return question_url(question) + anchor
    query = urlencode({"tri": "anciennes", "apres": OLDEST.encode_values([position - 1])})
    return f"{question_url(question)}?{query}{anchor}"


@login_not_required
@require_safe
def answer_detail(request: HttpRequest, question_pk: int, pk: int) -> HttpResponse:
    answer = get_answer_or_404(request.user, pk, question_pk=question_pk)
    return redirect(position_url(answer.question, answer.position))


@login_not_required
@require_safe
def comment_detail(request: HttpRequest, question_pk: int, pk: int) -> HttpResponse:
    """The comment stands under its post, which may be on any page: the list of that post's comments shows it, or the
    place that it left.
    """
    comment = get_comment_place_or_404(request.user, pk, question_pk=question_pk)
    name = "answer_comments" if comment.answer_id else "question_comments"
    return redirect(f"{address(name, pk=comment.answer_id or comment.question_id)}#commentaire-{comment.pk}")


@login_not_required
@require_safe
def question_comments(request: HttpRequest, pk: int) -> HttpResponse:
    return comments_page(request, thread_or_404(request.user, pk), None)


@login_not_required
@require_safe
def answer_comments(request: HttpRequest, pk: int) -> HttpResponse:
    answer = get_answer_or_404(request.user, pk)
    if answer.deleted_at is not None:
        raise Http404
    return comments_page(request, thread_or_404(request.user, answer.question_id), answer)


def comments_page(request: HttpRequest, question: Question, answer) -> HttpResponse:
    rights = ThreadRights(request.user, question)
    page = comments_of(
        question, rights, answer, after=request.GET.get("apres", ""), before=request.GET.get("avant", "")
    )
    post = answer or question
    authors = Authors([post, *legible_of(page.rows)])
    labels, markup = words(), Markup()
    context = {
        "question": question,
        "post_url": f"{question_url(question)}" if answer is None else position_url(question, answer.position),
        "author": authors.of(post, question.space_id),
        "is_answer": answer is not None,
        "comments": [comment_html(each, authors, rights, labels, markup) for each in page.rows],
        "previous_url": f"?{urlencode({'avant': page.previous})}" if page.previous else "",
        "next_url": f"?{urlencode({'apres': page.next})}" if page.next else "",
    }
    template = "qa/post_comments.html"
    if request.headers.get("HX-Request") == "true":
        template += "#comments"
    return render(request, template, context)


@require_POST
def question_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Reading is noted by a request of its own: a page that is fetched in advance reads nothing."""
    question = get_question_or_404(request.user, pk)
    position = request.POST.get("position", "")
    if position.isascii() and position.isdigit() and len(position) < 10:
        mark_read(actor=request.user, kind="question", pk=question.pk, position=min(int(position), question.post_count))
    mark_subject_seen(actor=request.user, kind="question", pk=question.pk)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204)
    return redirect(question_url(question))
