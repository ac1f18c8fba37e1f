"""The lines of a list of threads, written whole as `qa.markup` writes the posts of one: a page has twenty of them.

A line prints `row` of selectors.rows; what members typed is escaped here.
"""

from functools import lru_cache
from html import escape
from types import SimpleNamespace

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from community.core.clock import Clock
from community.core.templatetags.ui import icon


@lru_cache(maxsize=8)
def _words(_language: str | None) -> SimpleNamespace:
    return SimpleNamespace(first_unread=escape(_("Aller au premier non lu")), colon=escape(_(" : ")))


class RowMarkup:
    """`csrf_token` and `next_url` are for the form that follows a thread, and leads back to the list."""

    def __init__(self, *, csrf_token: str, next_url: str):
        self.words = _words(get_language())
        self.clock = Clock()
        self.pin, self.bell = icon("pin"), icon("bell")
        self.hidden = (
            f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(csrf_token)}">'
            f'<input type="hidden" name="next" value="{escape(next_url)}">'
        )

    def rows(self, rows: list[dict]) -> SafeString:
        return mark_safe("".join(self.row(row) for row in rows))

    def row(self, row: dict) -> str:
        kind = ' data-kind="announcement"' if row["announcement"] else ""
        unread = " data-unread" if row["unread"] else ""
        count = self.pin if row["state"] == "pinned" else f"<b>{row['answer_count']}</b>"
        return (
            f'<li class="entry question-row" data-inset{kind}{unread} data-keys-target="row">'
            f'<p class="answer-count" data-state="{row["state"]}">{count}{escape(row["answer_label"])}</p>'
            f'<article class="question-body"><h3><a href="{escape(row["url"])}">{escape(row["title"])}</a></h3>'
            f'{self._context(row)}<p class="meta clamp">{escape(row["excerpt"])}</p>{self._unread(row)}'
            f"{self._facts(row)}</article>{self._watch(row)}</li>\n"
        )

    def _context(self, row: dict) -> str:
        if not row["has_context"]:
            return ""
        found = []
        if family := row["family"]:
            found.append(
                f'<a class="family" data-family="{escape(family["slug"])}" href="{escape(family["url"])}">'
                f"{escape(family['label'])}</a>"
            )
        found += [
            f'<a class="theme" href="{escape(each["url"])}">{escape(each["label"])}</a>' for each in row["themes"]
        ]
        found += [f"<span>{escape(fact)}</span>" for fact in row["facts"]]
        for status in row["statuses"]:
            tone = f' data-tone="{status["tone"]}"' if status["tone"] else ""
            found.append(f'<span class="status"{tone}>{icon(status["icon"])}{escape(status["label"])}</span>')
        return f'<p class="context-line">{"".join(found)}</p>'

    def _unread(self, row: dict) -> str:
        count = row["unread"]
        if not count:
            return ""
        words = escape(ngettext("%(count)d non lu", "%(count)d non lus", count) % {"count": count})
        return (
            f'<p class="cluster"><span class="status" data-tone="action">{words}</span>'
            f'<a class="meta" href="{escape(row["unread_url"])}">{self.words.first_unread}'
            f'<span class="visually-hidden">{self.words.colon}{escape(row["title"])}</span></a></p>'
        )

    def _facts(self, row: dict) -> str:
        need = f"<span>{escape(row['same_need'])}</span>" if row["same_need"] else ""
        tags = "".join(f'<a class="tag" href="{escape(tag["url"])}">{escape(tag["label"])}</a>' for tag in row["tags"])
        facts = f"<span>{escape(row['author'])}</span>{self.clock.day(row['date'])}{need}"
        return f'<p class="cluster cluster-wide fine">{facts}{tags}</p>'

    def _watch(self, row: dict) -> str:
        if not row["watch_url"]:
            return ""
        level, pressed = ("none", "true") if row["watched"] else ("all", "false")
        return (
            f'<form class="entry-action" action="{row["watch_url"]}" method="post">{self.hidden}'
            '<button class="button" data-variant="quiet" data-size="small" data-shape="icon" type="submit" name="level"'
            f' value="{level}" aria-pressed="{pressed}" aria-label="{escape(row["watch_label"])}">{self.bell}</button>'
            "</form>"
        )
