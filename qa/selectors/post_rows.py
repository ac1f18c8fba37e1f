"""The posts of a thread as its page prints them: plain values and addresses, no rule left to the template."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from community.core.contents import DisplayedAuthor
from community.moderation.alerts import Alert, Alerts, legal_alerts

from ..addresses import address
from ..display import Authors
from ..markup import Markup
from ..models import Answer, Comment, Naming, Question, Verdict
from .rights import PostRights
from .thread import CommentPlace, Thread, legible_of


@dataclass(slots=True)
class Act:
    """A button of a post: `url` is a page when `is_link`, otherwise where it is posted."""

    label: str
    url: str
    is_link: bool = False
    name: str = ""


@dataclass(slots=True)
class CommentRow:
    pk: int
    text: str
    author: str
    author_url: str
    created_at: datetime
    by_asker: bool
    hidden: bool
    acts: list[Act]


@dataclass(slots=True)
class PostRow:
    kind: str
    pk: int
    anchor: str
    url: str
    label: str
    author: DisplayedAuthor | None
    html: Any
    created_at: datetime
    votes: int
    voted: bool
    vote_url: str
    history_url: str = ""
    accepted: str = ""
    deleted: bool = False
    hidden: bool = False
    hidden_reason: str = ""
    is_wiki: bool = False
    first_unread: bool = False
    opinions: list[dict] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    mend_url: str = ""
    comments: list[SafeString] = field(default_factory=list)
    more_comments: str = ""
    comments_url: str = ""
    acts: list[Act] = field(default_factory=list)
    more_acts: list[Act] = field(default_factory=list)
    quote_url: str = ""
    flag_url: str = ""
    attribution: dict | None = None
    person: Any = ""
    vote: Any = ""
    acts_line: Any = ""

    @property
    def has_marks(self) -> bool:
        return bool(self.accepted or self.hidden or self.opinions or self.doubts or self.alerts)


class PostRows:
    """Rows of one thread for one reader."""

    def __init__(self, thread: Thread):
        self.thread = thread
        self.question = thread.question
        self.rights = thread.rights
        legible = [answer for answer in thread.answers.rows if answer.deleted_at is None]
        comments = [comment for group in thread.comments.values() for comment in legible_of(group)]
        experts = {each.expert_id for group in thread.endorsements.values() for each in group}
        self.authors = Authors([self.question, *legible, *comments], also=experts)
        self.words = words()
        self.markup = Markup()
        self.unread_from = self._unread_from(thread.answers.rows)

    def _unread_from(self, answers: list[Answer]) -> int:
        """The position of the first unread answer of the page, for who has read a part; 0 for none."""
        read = self.question.read_position
        if not read:
            return 0
        own = self.rights.viewer.pk
        return min((each.position for each in answers if each.position > read and each.author_id != own), default=0)

    def author_of(self, post) -> DisplayedAuthor:
        return self.authors.of(post, self.question.space_id)

    def question_row(self) -> PostRow:
        question = self.question
        row = self._row(question, "question", "question", "")
        row.label = _("Question")
        return row

    def answer_rows(self) -> list[PostRow]:
        return [self._answer_row(answer) for answer in self.thread.answers.rows]

    def url_of(self, answer: Answer) -> str:
        return address("answer_detail", question_pk=self.question.pk, pk=answer.pk)

    def _answer_row(self, answer: Answer) -> PostRow:
        anchor = f"reponse-{answer.position - 1}"
        url = self.url_of(answer)
        if answer.deleted_at is not None:
            return PostRow(
                kind="answer", pk=answer.pk, anchor=anchor, url=url, label=self.words["deleted"], author=None, html="",
                created_at=answer.created_at, votes=0, voted=False, vote_url="", deleted=True,
            )  # fmt: skip
        row = self._row(answer, "answer", anchor, url)
        name = self.author_of(answer).name
        row.first_unread = answer.position == self.unread_from
        if answer.pk == self.question.accepted_answer_id:
            by_asker = self.question.accepted_by_id == self.question.author_id
            row.accepted = self.words["accepted"] if by_asker else self.words["accepted_by_moderation"]
            row.label = self.words["accepted_label"] % {"name": name}
        else:
            row.label = self.words["label"] % {"name": name}
        row.opinions = [self._opinion(each) for each in self.thread.endorsements.get(answer.pk, ())]
        row.doubts = [each.reason for each in self.thread.doubts.get(answer.pk, ())]
        return row

    def _row(self, post: Question | Answer, kind: str, anchor: str, url: str) -> PostRow:
        rights = self.rights.on(post)
        comments = self.thread.comments.get(None if kind == "question" else post.pk, [])
        row = PostRow(
            kind=kind,
            pk=post.pk,
            anchor=anchor,
            url=url,
            label="",
            author=self.author_of(post),
            html=post.fresh_html,
            created_at=post.created_at,
            votes=post.useful_count,
            voted=getattr(post, "has_my_vote", False),
            vote_url=address(f"{kind}_vote", pk=post.pk) if rights.vote else "",
            history_url=address(f"{kind}_history", pk=post.pk) if post.edit_count else "",
            hidden=post.hidden_at is not None,
            hidden_reason=post.hidden_reason if post.hidden_at is not None else "",
            is_wiki=post.is_wiki,
            comments=[self._comment(each) for each in comments],
            attribution=attribution(post),
        )
        self._fold_comments(row, post, sum(each.hidden_at is None for each in legible_of(comments)))
        if self.rights.signed_in:
            # One mends one's own words, or deletes them.
            if post.author_id != self.rights.viewer.pk:
                row.flag_url = address("content_flag", kind=kind, pk=post.pk)
            row.acts, row.more_acts = self._acts(post, kind, rights)
            if self.rights.answer:
                row.quote_url = f"?citer={kind}-{post.pk}#repondre"
        row.person = self.markup.person(self.author_of(post))
        row.vote = self.markup.vote_of(row)
        row.acts_line = self.markup.acts_of(row)
        return row

    def _fold_comments(self, row: PostRow, post, shown: int) -> None:
        """Neither places nor hidden comments are in the count of a post."""
        others = max(post.comment_count - shown, 0)
        if others:
            row.comments_url = address(f"{row.kind}_comments", pk=post.pk)
            row.more_comments = ngettext(
                "Afficher %(count)d autre commentaire", "Afficher %(count)d autres commentaires", others
            ) % {"count": others}

    def _acts(self, post, kind: str, rights: PostRights) -> tuple[list[Act], list[Act]]:
        words = self.words
        acts, more = [], []

        def add(allowed: bool, to: list[Act], label: str, name: str, **how) -> None:
            url = address(name, pk=post.pk) if allowed else ""
            if url:
                to.append(Act(words[label], url, **how))

        if kind == "answer":
            if post.pk == self.question.accepted_answer_id:
                add(rights.accept, acts, "unaccept", "answer_unaccept")
            else:
                add(rights.accept, acts, "accept", "answer_accept")
        add(rights.comment, acts, "comment", f"{kind}_comment", is_link=True)
        add(rights.edit, acts, "edit", f"{kind}_edit", is_link=True)
        add(rights.doubt, acts, "doubt", "answer_doubt", is_link=True)
        add(rights.endorse, more, "endorse", "answer_endorse", is_link=True)
        add(rights.exchange, more, "exchange", f"{kind}_exchange", is_link=True)
        add(rights.delete, more, "delete", f"{kind}_delete", is_link=True)
        if post.hidden_at is None:
            add(rights.hide, more, "hide", f"{kind}_hide", is_link=True)
        else:
            add(rights.hide, more, "restore", f"{kind}_restore")
        own = post.author_id == self.rights.viewer.pk
        if lift := lifting_act(post, kind, self.rights, words):
            more.append(lift)
        add((own and rights.edit) or rights.hide, more, "not_wiki" if post.is_wiki else "wiki", f"{kind}_wiki")
        if kind == "answer":
            more += self._settling_acts(post, rights, own)
        return acts, more

    def _settling_acts(self, answer: Answer, rights: PostRights, own: bool) -> list[Act]:
        """Lifting a doubt, taking one's opinion back."""
        me = self.rights.viewer.pk
        judge = (self.rights.moderate or rights.endorse) and not own
        found = [
            Act(self.words["settle"], address("doubt_settle", pk=doubt.pk))
            for doubt in self.thread.doubts.get(answer.pk, ())
            if judge or doubt.member_id == me
        ]
        if any(each.expert_id == me for each in self.thread.endorsements.get(answer.pk, ())):
            found.append(Act(self.words["unendorse"], address("answer_unendorse", pk=answer.pk)))
        return found

    def _comment(self, comment: Comment | CommentPlace) -> SafeString:
        return comment_html(comment, self.authors, self.rights, self.words, self.markup)

    def _opinion(self, endorsement) -> dict:
        expert = self.authors.named(endorsement.expert_id)
        return {
            "label": endorsement.get_verdict_display(),
            "tone": "info" if endorsement.verdict == Verdict.FAVOURABLE else "warning",
            "expert": expert,
            "note": endorsement.note,
            "date": endorsement.created_at,
        }

    def alerts(self) -> Alerts:
        """What the law that the posts of the page cite has become; one query."""
        legible = [answer for answer in self.thread.answers.rows if answer.deleted_at is None]
        return legal_alerts([("question", self.question.pk), *(("answer", answer.pk) for answer in legible)])

    def participants(self) -> list[DisplayedAuthor]:
        """Those who wrote what the page shows, once each, the asker first."""
        posts = [self.question, *(each for each in self.thread.answers.rows if each.deleted_at is None)]
        return list(dict.fromkeys(self.author_of(post) for post in posts))


def comment_html(
    comment: Comment | CommentPlace, authors: Authors, rights, labels: dict[str, str], markup: Markup
) -> SafeString:
    """A comment where it stands; of a deleted one, its place."""
    question = rights.question
    if isinstance(comment, CommentPlace):
        url = address("answer_detail", question_pk=question.pk, pk=comment.became) if comment.became else ""
        return markup.comment_place(comment.pk, url)
    return markup.comment(comment_row(comment, authors.of(comment, question.space_id), rights, labels))


def comment_row(comment: Comment, author: DisplayedAuthor, rights, labels: dict[str, str]) -> CommentRow:
    acts = []
    own = rights.signed_in and comment.author_id == rights.viewer.pk
    if own and rights.take_part and not comment.is_gone:
        acts.append(Act(labels["edit"], address("comment_edit", pk=comment.pk), is_link=True))
    if own or rights.moderate:
        acts.append(Act(labels["delete"], address("comment_delete", pk=comment.pk), is_link=True))
    if rights.answer and not comment.is_gone and (own or rights.moderate):
        acts.append(Act(labels["promote"], address("comment_promote", pk=comment.pk), is_link=True))
    if rights.moderate and comment.deleted_at is None:
        if comment.hidden_at is None:
            acts.append(Act(labels["hide"], address("comment_hide", pk=comment.pk), is_link=True))
        else:
            acts.append(Act(labels["restore"], address("comment_restore", pk=comment.pk)))
    if comment.naming == Naming.ANONYMOUS and comment.deleted_at is None and (own or rights.moderate):
        acts.append(Act(labels["exchange"], address("content_exchange", kind="comment", pk=comment.pk), is_link=True))
    if lift := lifting_act(comment, "comment", rights, labels):
        acts.append(lift)
    if rights.signed_in and not own:
        acts.append(Act(labels["flag"], address("content_flag", kind="comment", pk=comment.pk), is_link=True))
    return CommentRow(
        pk=comment.pk,
        text=comment.text,
        author=author.name,
        author_url=author.url,
        created_at=comment.created_at,
        by_asker=comment.author_id == rights.question.author_id and comment.naming == rights.question.naming,
        hidden=comment.hidden_at is not None,
        acts=[act for act in acts if act.url],
    )


def lifting_act(post, kind: str, rights, labels: dict[str, str]) -> Act | None:
    """The platform's staff may ask who wrote an anonymous post, for a reason that is written down."""
    if not rights.lift_anonymity or post.naming != Naming.ANONYMOUS or post.author_id == rights.viewer.pk:
        return None
    return Act(labels["lift"], address("anonymity_lift", kind=kind, pk=post.pk), is_link=True)


def attribution(post) -> dict | None:
    """Whom an imported text is owed to, and under which licence."""
    if not post.attribution_name and not post.licence:
        return None
    return {"name": post.attribution_name, "url": post.attribution_url, "licence": post.licence}


def words() -> dict[str, str]:
    return _words(get_language())


@lru_cache(maxsize=8)
def _words(_language: str | None) -> dict[str, str]:
    """Translated once a process and a language."""
    return {
        "accept": _("Retenir cette réponse"),
        "unaccept": _("Ne plus retenir"),
        "comment": _("Commenter"),
        "edit": pgettext("action", "Modifier"),
        "delete": _("Supprimer"),
        "hide": _("Masquer"),
        "restore": _("Rétablir"),
        "endorse": _("Donner un avis d’expert"),
        "doubt": _("À vérifier ?"),
        "exchange": _("Échange privé avec l’animation"),
        "wiki": _("Ouvrir la rédaction à plusieurs"),
        "not_wiki": _("Ne plus écrire à plusieurs"),
        "settle": _("Le point à vérifier est éclairci"),
        "unendorse": _("Retirer mon avis"),
        "lift": _("Lever l’anonymat"),
        "promote": _("En faire une réponse"),
        "flag": _("Signaler"),
        "deleted": _("Réponse supprimée"),
        "accepted": _("Réponse retenue par l’auteur ou l’autrice de la question"),
        "accepted_by_moderation": _("Réponse retenue par l’animation"),
        "accepted_label": _("Réponse retenue, de %(name)s"),
        "label": _("Réponse de %(name)s"),
    }
