"""The pieces that a thread repeats under each post, written once: a template would resolve the same variables and
translate the same words a hundred times a page. What members typed is escaped here.
"""

from functools import lru_cache
from html import escape
from types import SimpleNamespace

from django.template.loader import render_to_string
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from community.core.clock import Clock
from community.core.contents import DisplayedAuthor
from community.core.richtext import link_mentions
from community.core.templatetags.ui import icon

HAT = "hat-glasses"


@lru_cache(maxsize=8)
def _words(_language: str | None) -> SimpleNamespace:
    """Translated once a process and a language, not once a page."""
    texts = {
        "useful": _("Utile"),
        "quote": _("Citer"),
        "flag": _("Signaler"),
        "more": _("Autres actions"),
        "history": _("historique"),
        "wiki": _("texte collectif"),
        "asker": _("à l’origine de la question"),
        "masked": pgettext("commentaire", "Masqué"),
        "comments": _("Commentaires"),
        "deleted_comment": _("Commentaire supprimé"),
        "became_answer": pgettext("commentaire", "Devenu une réponse"),
        "unread": _("Non lu depuis votre visite"),
    }
    return SimpleNamespace(**{name: escape(text) for name, text in texts.items()})


class Markup:
    """The words and icons of one page, in the reader's language."""

    def __init__(self):
        self.words = _words(get_language())
        self.moment = Clock().moment
        self.useful = f"{icon('thumbs-up')}{self.words.useful}"
        self._persons: dict[DisplayedAuthor, SafeString] = {}

    def person(self, author: DisplayedAuthor) -> SafeString:
        """As components/person.html."""
        if author not in self._persons:
            self._persons[author] = mark_safe(self._person(author))
        return self._persons[author]

    def _person(self, author: DisplayedAuthor) -> str:
        if author.anonymous:
            avatar = f'<span class="avatar" data-anonymous aria-hidden="true">{icon(HAT)}</span>'
        else:
            initials = escape(author.initials)
            avatar = f'<span class="avatar" data-hue="{author.hue}" aria-hidden="true">{initials}</span>'
        name = escape(author.name)
        if author.url:
            name = f'<a class="person-name" href="{escape(author.url)}">{name}</a>'
        else:
            name = f'<span class="person-name">{name}</span>'
        detail = f'<span class="fine">{escape(author.detail)}</span>' if author.detail else ""
        return f'<div class="person">{avatar}<div>{name}{detail}</div></div>'

    def vote_of(self, post) -> SafeString:
        """« Utile », posted by the page's one form « actes »; the figure alone for who may not vote."""
        count = f"<output>{post.votes}</output>"
        if not post.vote_url:
            return mark_safe(f'<p class="vote">{self.useful}{count}</p>')
        pressed = "true" if post.voted else "false"
        return mark_safe(
            f'<div class="vote"><button form="actes" formaction="{post.vote_url}" hx-post="{post.vote_url}"'
            f' aria-pressed="{pressed}">{self.useful}</button>{count}</div>'
        )

    def act(self, act, dress: str = ' class="text-button"') -> str:
        if act.is_link:
            return f'<a{dress} href="{act.url}">{escape(act.label)}</a>'
        return f'<button{dress} form="actes" formaction="{act.url}">{escape(act.label)}</button>'

    def acts_of(self, post) -> SafeString:
        """What `.acts` dresses: the acts of a post, then its dates."""
        shown = [self.act(act, "") for act in post.acts]
        if post.quote_url:
            shown.append(f'<a href="{post.quote_url}">{self.words.quote}</a>')
        if post.flag_url:
            shown.append(f'<a href="{post.flag_url}">{self.words.flag}</a>')
        line = f"<span>{''.join(shown)}</span>" if shown else ""
        if post.kind == "answer":
            line += f'<span class="fine">{self._dates(post)}</span>'
        html = f'<p class="acts">{line}</p>' if line else ""
        if post.more_acts:
            more = "".join(self.act(act) for act in post.more_acts)
            html += (
                f'<details class="disclosure" data-print="none"><summary>{self.words.more}</summary>'
                f'<p class="cluster cluster-wide">{more}</p></details>'
            )
        return mark_safe(html)

    def _dates(self, post) -> str:
        # The date is the permalink, as everywhere.
        dates = f'<a href="{post.url}">{self.moment(post.created_at, "short")}</a>'
        if post.is_wiki:
            dates += f" · {self.words.wiki}"
        if post.history_url:
            dates += f' · <a href="{post.history_url}">{self.words.history}</a>'
        return dates

    def comment(self, comment) -> SafeString:
        author = escape(comment.author)
        if comment.author_url:
            author = f'<a href="{escape(comment.author_url)}">{author}</a>'
        facts = [
            author + (f", {self.words.asker}" if comment.by_asker else ""),
            self.moment(comment.created_at, "short"),
        ]
        if comment.hidden:
            facts.append(f'<span class="status" data-tone="warning">{self.words.masked}</span>')
        facts += [self.act(act) for act in comment.acts]
        # One paragraph: a comment is a remark, its blank lines are not kept.
        text = linebreaks(link_mentions(comment.text.replace("\n\n", "\n")))
        return mark_safe(f'<li id="commentaire-{comment.pk}">{text}<p class="fine">{" · ".join(facts)}</p></li>')

    def comment_place(self, pk: int, answer_url: str) -> SafeString:
        """Where a deleted comment stood; `answer_url` for one that became an answer."""
        words = self.words.deleted_comment
        if answer_url:
            words = f'<a href="{answer_url}">{self.words.became_answer}</a>'
        return mark_safe(f'<li id="commentaire-{pk}"><p class="fine">{words}</p></li>')

    def comments_of(self, post) -> str:
        """The first comments, and the way to the others."""
        if not post.comments and not post.comments_url:
            return ""
        others = ""
        if post.comments_url:
            others = (
                f'<p><a class="text-button" href="{post.comments_url}" hx-get="{post.comments_url}"'
                f' hx-target="closest section" hx-swap="innerHTML">{escape(post.more_comments)}</a></p>'
            )
        return (
            f'<section aria-label="{self.words.comments} – {escape(post.label)}"><ul class="comments ruled">'
            f"{''.join(post.comments)}</ul>{others}</section>"
        )

    def answer(self, post, read_at) -> SafeString:
        """One answer of a thread; `read_at` is when its reader came last."""
        state = ' data-state="accepted"' if post.accepted else ""
        html = f'<article class="answer" id="{post.anchor}"{state} aria-label="{escape(post.label)}">'
        if post.first_unread:
            # One phrase between the two lines of the divider, on a narrow screen too.
            since = f"<span>{self.words.unread} {self.moment(read_at)}</span>"
            html += f'<p class="divider" data-tone="unread" id="premier-non-lu">{since}</p>'
        if post.deleted:
            return mark_safe(f'{html}<p class="meta">{escape(post.label)}</p></article>')
        marks = render_to_string("qa/_answer_marks.html", {"post": post}) if post.has_marks else ""
        owed = render_to_string("qa/_attribution.html", {"post": post}) if post.attribution else ""
        return mark_safe(
            f'{html}<div class="post" data-quote-target="post">{post.vote}<div class="post-body">{marks}{post.person}'
            f'<div class="prose">{post.html}</div>{owed}{post.acts_line}{self.comments_of(post)}</div></div></article>'
        )
