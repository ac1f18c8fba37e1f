"""The links of imported texts to posts that came with them lead to these posts here; the others stay as they are.

Done once every post is in, as a text may point at a later one. Doing it again finds nothing left to do, but for links
to posts that came since.
"""

import re
from typing import TYPE_CHECKING

from qa.actions import bulk
from qa.addresses import answer_url, question_url
from qa.models import Answer, Question

if TYPE_CHECKING:
    from .stackexchange import Import

POSTS_A_BATCH = 200
# What follows the number: a title, a reader's number, a query; a last number is an answer of the question.
_POST = r"(?P<kind>questions|q|a)/(?P<number>\d{1,15})(?P<rest>[^\s()<>]*)"
_NUMBER = re.compile(r"[/#](\d{1,15})(?![\w-])")

Target = tuple[tuple[str, int], str]


def hosts(site: str) -> tuple[str, ...]:
    """The addresses of a site; that of a meta site was once written the other way round."""
    name, _dot, meta = site.partition(".")
    former = (f"meta.{name}.stackexchange.com",) if meta == "meta" else ()
    return (f"{site}.stackexchange.com", *former)


def run(dump: "Import") -> None:
    known = hosts(dump.site)
    link = re.compile(rf"(?<=\]\()<?https?://(?:{'|'.join(map(re.escape, known))})/{_POST}>?")
    for model, kind in ((Question, "question"), (Answer, "answer")):
        for host in known:
            _each(dump, model, kind, host, link)


def _each(dump: "Import", model, kind: str, host: str, link: re.Pattern[str]) -> None:
    last = 0
    posts = model.objects.filter(source=dump.source, body__contains=f"//{host}/").order_by("pk").only("pk", "body")
    while batch := list(posts.filter(pk__gt=last)[:POSTS_A_BATCH]):
        _take(dump, model, kind, batch, link)
        last = batch[-1].pk


def _take(dump: "Import", model, kind: str, batch: list, link: re.Pattern[str]) -> None:
    numbers = {number for post in batch for found in link.finditer(post.body) for number in _numbers(found)}
    targets = _targets(dump, numbers)
    texts, cited = {}, []
    for post in batch:
        text, seen = _led_here(post.body, link, targets)
        if seen:
            texts[post.pk] = (post.body, text)
            cited += [(kind, post.pk, *key) for key in seen]
    bulk.replace_imported_texts_unguarded(model, texts)
    bulk.import_references_unguarded(cited, imported=False)
    dump.report.did("liens vers un billet repris, menés ici", len(cited))


def _led_here(text: str, link: re.Pattern[str], targets: dict[int, Target]) -> tuple[str, list[tuple[str, int]]]:
    """The text with its links changed, and what each of these leads to."""
    seen = []

    def here(found: re.Match[str]) -> str:
        target = next((targets[number] for number in _numbers(found) if number in targets), None)
        if target is None:
            return found[0]
        key, url = target
        seen.append(key)
        return url

    return link.sub(here, text), seen


def _numbers(found: re.Match[str]) -> list[int]:
    """The posts that an address names, the most precise first: an answer before its question."""
    inside = _NUMBER.findall(found["rest"]) if found["kind"] == "questions" else []
    return [*map(int, reversed(inside)), int(found["number"])]


def _targets(dump: "Import", numbers: set[int]) -> dict[int, Target]:
    """The (kind, key) and the address here of these posts of the dump."""
    which = {"source": dump.source, "source_id__in": [str(number) for number in numbers]}
    found = {}
    for question in Question.objects.filter(**which).only("pk", "slug", "source_id"):
        found[int(question.source_id)] = (("question", question.pk), question_url(question))
    for answer in Answer.objects.filter(**which).only("pk", "question_id", "source_id"):
        found[int(answer.source_id)] = (("answer", answer.pk), answer_url(answer))
    return found
