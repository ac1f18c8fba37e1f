"""The kinds of mails. Each has one file, `templates/emails/<kind>.txt`, of partials:

`subject`, `body` (paragraphs separated by blank lines), and where they apply `heading`, `button` (its words) and
`reason` (why this person receives it). The HTML version is made from the same words, so the two always agree.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class MailKind:
    """`prepare(to, context)` is called when the mail leaves: it reloads the objects from the ids of the context, checks
    rights again and returns what the templates read, or None when the mail is no longer due.

    What it returns may hold `button_url`, `unsubscribe_url` and `preferences_url`. `list_name` fills List-Id, for
    what a person may unsubscribe from.
    """

    name: str
    prepare: Callable[[str, dict], dict | None] | None = None
    list_name: str = ""


_kinds: dict[str, MailKind] = {}


def register_kind(kind: MailKind) -> None:
    _kinds[kind.name] = kind


def get_kind(name: str) -> MailKind:
    return _kinds[name]
