"""Every way out of the product for what stands in the table. A new view joins one of these lists, or says in
`no_content.CARRIES_NO_CONTENT` why it cannot let anything out; `test_coverage.py` refuses the others.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from .no_content import CARRIES_NO_CONTENT
from .world import Item

__all__ = ["ACTS", "ADDRESSED", "CARRIES_NO_CONTENT", "FOREIGN_PREFIXES", "LISTS", "Addressed", "BySlug"]
ABSENT_PK = 987_654_321_012_345


def by_pk(item: Item, pk: int) -> list:
    return [pk]


def by_pk_and_slug(item: Item, pk: int) -> list:
    return [pk, item.obj.slug]


def by_path(item: Item, pk: int) -> list:
    """Editorial pages are addressed by their slugs."""
    return ["p-jeton9999qz/" if pk == ABSENT_PK else f"{item.obj.slug}/"]


def under_question(item: Item, pk: int) -> list:
    return [item.obj.question_id, pk]


def by_kind(item: Item, pk: int) -> list:
    return [item.kind, pk]


def by_revision(item: Item, pk: int) -> list:
    """The first version of a post, or an absent one."""
    return [pk if pk == ABSENT_PK else item.obj.revisions.earliest("number").pk]


def with_any_slug(item: Item, pk: int) -> list:
    return [pk, item.obj.slug or "sans-titre"]


def with_any_number(item: Item, pk: int) -> list:
    return [pk, 1]


def as_markdown(item: Item, pk: int) -> list:
    return [pk, "md"]


def by_hunk(item: Item, pk: int) -> list:
    """A change of a suggestion, or of one that does not exist."""
    return [pk, item.obj.hunks.get().pk]


def by_version(item: Item, pk: int) -> list:
    """A version of a clause, or of one that does not exist."""
    return [pk if pk == ABSENT_PK else item.obj.clause_id, item.obj.number]


def by_dossier(item: Item, pk: int) -> list:
    """The dossier that something hangs on, or an absent one."""
    return [pk if pk == ABSENT_PK else dossier_of(item)]


def in_dossier(item: Item, pk: int) -> list:
    return [dossier_of(item), pk]


def of_somebody(item: Item, pk: int) -> list:
    return [pk, item.obj.owner.public_id]


def dossier_of(item: Item) -> int:
    return item.obj.link.dossier_id if item.kind == "review_remark" else item.obj.dossier_id


@dataclass(frozen=True)
class Addressed:
    """A page of one object. Seen: its word stands there. Not seen: the answer is that of an absent object."""

    name: str
    kind: str
    args: Callable[[Item, int], list] = by_pk
    # What is read by machines is read as by a visitor, whoever asks.
    as_visitor: bool = False

    def __str__(self) -> str:
        return f"{self.name}[{self.kind}]"

    def url(self, item: Item) -> str:
        return reverse(self.name, args=self.args(item, item.obj.pk))

    def absent_url(self, item: Item) -> str:
        return reverse(self.name, args=self.args(item, ABSENT_PK))


@dataclass(frozen=True)
class BySlug:
    """A page of a space, addressed by its slug."""

    name: str
    kind: str
    as_visitor: bool = False

    def __str__(self) -> str:
        return f"{self.name}[{self.kind}]"

    def url(self, item: Item) -> str:
        return reverse(self.name, args=[space_of(item).slug])

    def absent_url(self, item: Item) -> str:
        return reverse(self.name, args=["espace-jeton9999qz"])


def space_of(item: Item):
    return getattr(item.obj, "space", None) or item.obj


ADDRESSED = (
    Addressed("question_detail", "question", by_pk_and_slug),
    Addressed("question_detail", "question"),
    Addressed("question_history", "revision"),
    Addressed("answer_history", "answer"),
    Addressed("answer_detail", "answer", under_question),
    Addressed("comment_detail", "comment", under_question),
    Addressed("exchange_detail", "exchange"),
    Addressed("thread_feed", "question", as_visitor=True),
    Addressed("clause_detail", "clause", with_any_slug),
    Addressed("clause_detail", "clause"),
    Addressed("clause_export", "clause", as_markdown),
    Addressed("clause_similar", "clause"),
    Addressed("clause_version", "clause_version", by_version),
    Addressed("clause_suggestion", "clause_suggestion"),
    Addressed("wagtail_serve", "page", by_path),
    Addressed("usage_edit", "usage"),
    Addressed("usage_answer", "usage_ask"),
    Addressed("experience_detail", "experience_report", with_any_slug),
    Addressed("experience_detail", "experience_report"),
    Addressed("experience_history", "experience_words"),
    Addressed("experience_history", "experience_past"),
    Addressed("purchase_detail", "planned_purchase"),
    Addressed("calibration_detail", "calibration"),
    Addressed("import_detail", "purchase_import"),
    Addressed("import_refused", "purchase_import"),
    *(
        Addressed(name, "dossier")
        for name in (
            "dossier_detail",
            "dossier_variables",
            "dossier_export",
            "item_removed",
            "dossier_share",
            "review_history",
        )
    ),
    Addressed("review_preview", "dossier"),
    *(Addressed("dossier_detail", kind, by_dossier) for kind in ("dossier_note", "review_link", "review_remark")),
    *(Addressed("sourcing_sheet", kind, by_dossier) for kind in ("sourcing_sheet", "company_met")),
    Addressed("review_remark_answer", "review_remark", in_dossier),
    BySlug("space_detail", "space"),
    BySlug("space_admin", "people"),
    BySlug("space_invitations", "invitation"),
    BySlug("space_audit", "audit"),
    BySlug("space_feed", "space", as_visitor=True),
)
# Who runs the space sees its people there; the others have the page of the space.
ROW_ELSEWHERE = {("space_admin", "people"): "animation"}

# Acts on one object, and the pages that ask before them: (name of the view, kind, address).
ACTS = (
    *(
        Addressed(name, "question")
        for name in (
            "question_comments",
            "question_read",
            "answer_post",
            "question_comment",
            "comment_post",
            "question_vote",
            "same_need_toggle",
            "question_edit",
            "question_publish",
            "question_close",
            "question_reopen",
            "question_duplicate",
            "question_unduplicate",
            "question_move",
            "question_pin",
            "question_unpin",
            "question_hide",
            "question_restore",
            "question_delete",
            "question_wiki",
            "question_exchange",
        )
    ),
    *(
        Addressed(name, "answer")
        for name in (
            "answer_comments",
            "answer_comment",
            "answer_vote",
            "answer_edit",
            "answer_accept",
            "answer_unaccept",
            "answer_endorse",
            "answer_unendorse",
            "answer_doubt",
            "answer_hide",
            "answer_restore",
            "answer_delete",
            "answer_wiki",
            "answer_exchange",
        )
    ),
    *(
        Addressed(name, "comment")
        for name in ("comment_edit", "comment_delete", "comment_promote", "comment_hide", "comment_restore")
    ),
    *(
        Addressed(name, kind, by_kind)
        for name in ("bookmark_toggle", "subject_watch", "content_flag", "flags_decide", "anonymity_lift")
        for kind in ("question", "answer", "comment", "clause", "experience_report", "page")
    ),
    *(Addressed("law_replace", kind, by_kind) for kind in ("question", "answer", "clause", "page")),
    *(Addressed("content_exchange", kind, by_kind) for kind in ("comment", "experience_report")),
    *(
        Addressed(f"experience_{act}", "experience_report")
        for act in ("edit", "useful", "withdraw", "delete", "hide", "restore")
    ),
    Addressed("law_review_item", "law_review"),
    Addressed("clause_copy", "clause"),
    Addressed("suggestion_create", "clause"),
    Addressed("clause_correct", "clause"),
    Addressed("clause_manage", "clause"),
    Addressed("suggestion_withdraw", "clause_suggestion"),
    Addressed("hunk_revert", "clause_suggestion", by_hunk),
    Addressed("usage_report", "clause"),
    Addressed("usage_remove", "usage"),
    *(
        Addressed(name, "planned_purchase")
        for name in (
            "purchase_edit",
            "purchase_delete",
            "purchase_step",
            "purchase_file",
            "purchase_dossier",
            "purchase_share",
            "purchase_leave",
        )
    ),
    *(Addressed(name, "purchase_import") for name in ("import_family", "import_undo")),
    Addressed("calibration_ask", "dossier"),
    *(
        Addressed(f"calibration_{act}", "calibration")
        for act in ("answer", "decline", "withdraw", "join", "award", "hours")
    ),
    Addressed("calibration_entry_withdraw", "calibration", with_any_number),
    Addressed("dossier_add", "clause"),
    *(
        Addressed(name, "dossier")
        for name in (
            "dossier_edit",
            "dossier_delete",
            "item_write",
            "note_add",
            "company_add",
            "dossier_person",
            "review_invite",
        )
    ),
    Addressed("dossier_person_remove", "dossier", of_somebody),
    *(
        Addressed(name, "dossier_item", in_dossier)
        for name in (
            "item_edit",
            "item_wording",
            "item_up",
            "item_down",
            "item_remove",
            "item_restore",
            "item_version",
        )
    ),
    Addressed("note_remove", "dossier_note", in_dossier),
    *(Addressed(name, "company_met", in_dossier) for name in ("company_edit", "company_remove")),
    *(Addressed(name, "review_link", in_dossier) for name in ("review_withdraw", "review_resend")),
    Addressed("dossier_invitation_withdraw", "dossier_invitation", in_dossier),
    Addressed("dossier_invitation", "dossier_invitation"),
    *(Addressed(name, "revision", by_revision) for name in ("revision_hide", "revision_restore")),
    *(
        BySlug(name, "space")
        for name in (
            "space_join",
            "space_leave",
            "space_admin",
            "space_roles",
            "space_invitations",
            "space_settings",
            "space_archive",
            "space_audit",
            "space_territories",
        )
    ),
)

# Pages that gather many objects; `test_lists.py` walks them.
LISTS = {
    "home",
    "question_list",
    "tag_detail",
    "question_feed",
    "family_feed",
    "tag_feed",
    "space_list",
    "notification_list",
    "bookmark_list",
    "draft_list",
    "member_profile",
    "member_list",
    "mention_suggest",
    "question_similar",
    "question_audience",
    "question_ask",
    "review_queue",
    "attachment",
    "invitation_accept",
    "invitation_decline",
    "invitation_revoke",
    "invitation_resend",
    "space_member_remove",
    "break_glass_list",
    "break_glass_close",
    "clause_list",
    "family_list",
    "family_detail",
    "tag_page",
    "tag_watch",
    "clause_review_list",
    "clause_propose",
    "clause_compare",
    "clause_feed",
    "experience_list",
    "experience_share",
    "experience_feed",
    "experience_family_feed",
    "clause_family_feed",
    "clause_tag_feed",
    "clause_data",
    "clause_data_csv",
    "clause_data_json",
    "legal_calendar",
    "obligations",
    "obligations_note",
    "legal_text",
    "legal_text_list",
    "law_review",
    "search",
    "search_suggest",
    "dossier_list",
    "review_again",
    "review_open",
    "review_code",
    "review_enter",
    "review_read",
    "review_remark",
    "review_conclude",
    "review_more_time",
    "review_decline",
    "planner",
    "planner_csv",
    "planner_ics",
    "planner_feed",
    "calibration_list",
}

# Rooms of other packages, each tested by its own: accounts hold nothing but the member's own, /cms/ is staff's.
FOREIGN_PREFIXES = ("account_", "mfa_", "usersessions_", "wagtail", "socialaccount_", "headless")
