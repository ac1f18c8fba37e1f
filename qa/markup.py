"""The pieces that a thread repeats under each post, written once: a template would resolve the same variables and
translate the same words a hundred times a page. What members typed is escaped here.
"""

from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from community.core.contents import DisplayedAuthor
from community.core.templatetags.ui import icon, moment

HAT = "hat-glasses"


class Markup:
    """The words and icons of one page, in the reader's language."""

    def __init__(self):
        self.useful = f"{icon('thumbs-up')}{escape(_('Utile'))}"
        self.quote = escape(_("Citer"))
        self.flag = escape(_("Signaler"))
        self.more = escape(_("Autres actions"))
        self.history = escape(_("historique"))
        self.wiki = escape(_("texte collectif"))
        self.asker = escape(_("à l’origine de la question"))
        self.masked = escape(pgettext("commentaire", "Masqué"))
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

    def act(self, act) -> str:
        if act.is_link:
            return f'<a class="text-button" href="{act.url}">{escape(act.label)}</a>'
        return f'<button class="text-button" form="actes" formaction="{act.url}">{escape(act.label)}</button>'

    def acts_of(self, post) -> SafeString:
        shown = [self.act(act) for act in post.acts]
        if post.quote_url:
            shown.append(f'<a class="text-button" href="{post.quote_url}">{self.quote}</a>')
        if post.flag_url:
            shown.append(f'<a class="text-button" href="{post.flag_url}">{self.flag}</a>')
        line = f'<span class="cluster cluster-wide">{"".join(shown)}</span>'
        if post.kind == "answer":
            line += f'<span class="fine">{self._dates(post)}</span>'
        html = f'<p class="cluster cluster-apart" data-print="none">{line}</p>'
        if post.more_acts:
            more = "".join(self.act(act) for act in post.more_acts)
            html += (
                f'<details class="disclosure" data-print="none"><summary>{self.more}</summary>'
                f'<p class="cluster cluster-wide">{more}</p></details>'
            )
        return mark_safe(html)

    def _dates(self, post) -> str:
        # The date is the permalink, as everywhere.
        dates = f'<a href="{post.url}">{moment(post.created_at, "short")}</a>'
        if post.is_wiki:
            dates += f" · {self.wiki}"
        if post.history_url:
            dates += f' · <a href="{post.history_url}">{self.history}</a>'
        return dates

    def comment(self, comment) -> SafeString:
        author = escape(comment.author)
        if comment.author_url:
            author = f'<a href="{escape(comment.author_url)}">{author}</a>'
        facts = [author + (f", {self.asker}" if comment.by_asker else ""), moment(comment.created_at, "short")]
        if comment.hidden:
            facts.append(f'<span class="status" data-tone="warning">{self.masked}</span>')
        facts += [self.act(act) for act in comment.acts]
        # One paragraph: a comment is a remark, its blank lines are not kept.
        text = linebreaks(comment.text.replace("\n\n", "\n"), autoescape=True)
        return mark_safe(f'<li id="commentaire-{comment.pk}">{text}<p class="fine">{" · ".join(facts)}</p></li>')
