"""How the tests of pages ask: who asks, what is expected, what absence looks like."""

from .compare import comparable, difference
from .outlets import ROW_ELSEWHERE
from .table import sees

# One of each reason for not seeing, where trying everybody would only cost time.
ACTING = ("visitor", "former", "late", "staff")
STATES = ("hidden", "embargoed", "deleted", "deleted_post")
SAMPLED = ("community", "private")
IN_THREAD = ("answer_detail", "comment_detail")
ASKING = ("visitor", "unverified", "former", "late", "moderator", "elsewhere", "staff")


def expected(outlet, actor: str, item) -> bool:
    row = item.row
    if elsewhere := ROW_ELSEWHERE.get((outlet.name, item.kind)):
        row = f"{elsewhere}.{item.place}"
    if outlet.name == "comment_detail":
        row = placed(item)
    return sees("visitor" if outlet.as_visitor else actor, row)


def fetch(client, url: str, method: str = "get", **extra):
    return getattr(client, method)(url, **extra)


class Absent:
    """What one browser gets for objects that do not exist, asked once for each address, method and headers."""

    def __init__(self, client):
        self.client = client
        self.known = {}

    def difference(self, outlet, item, method: str = "get", **extra) -> str:
        key = (outlet, method, repr(extra))
        if key not in self.known:
            self.known[key] = self.answer(outlet.absent_url(item), method, extra)
        return difference(self.answer(outlet.url(item), method, extra), self.known[key])

    def answer(self, url: str, method: str, extra: dict) -> tuple:
        return comparable(fetch(self.client, url, method, **extra), {url: "ADDRESS"})


def in_thread(item) -> str:
    """The row of the text of a post in its thread."""
    return item.row.replace("deleted_post", "placeholder")


def placed(item) -> str:
    """The row of the place of a comment, which outlives it."""
    return item.row.replace("deleted_post", "place")


def one_a_row(items):
    """One item of each row that is worth a page: `test_registry` holds every state in every place to the table."""
    rows = {item.row: item for item in items}
    return [item for row, item in rows.items() if row.split(".")[0] not in STATES or item.place in SAMPLED]
