"""« Mes achats à venir » as one page: what is for this week, the year at a glance, the list in the order asked."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils import timezone

from clauses.planner.milestones import Milestone
from clauses.planner.models import PlannedPurchase

from .purchases import PlannedRow, rows_of

MONTHS_SHOWN = 12
PAGE = 25
# What is pressing is said first; a longer list would be the list itself.
MAX_PRESSING = 12
FAR = date.max


@dataclass(frozen=True)
class Cell:
    """What falls in one month of one purchase."""

    milestones: list[Milestone]
    starts: bool


@dataclass(frozen=True)
class Line:
    row: PlannedRow
    cells: list[Cell]


@dataclass(frozen=True)
class Board:
    """`rows` is the page of the list; the rest is of all that the viewer follows."""

    pressing: list[tuple[PlannedRow, Milestone]]
    months: list[date]
    lines: list[Line]
    rows: list[PlannedRow]
    closed: list[PlannedRow]
    followed: int
    late: int
    page: int
    pages: int
    more_pressing: int = 0
    today: date = field(default_factory=timezone.localdate)


def next_step_first(row: PlannedRow) -> tuple:
    step = row.next_step
    return (step.due_on if step else FAR, row.purchase.starts_on, row.pk)


def renewal_first(row: PlannedRow) -> tuple:
    return (row.purchase.starts_on, row.pk)


def largest_first(row: PlannedRow) -> tuple:
    return (-(row.purchase.amount or Decimal(0)), row.purchase.starts_on, row.pk)


ORDERS: dict[str, Callable[[PlannedRow], tuple]] = {
    "geste": next_step_first,
    "renouvellement": renewal_first,
    "montant": largest_first,
}


def read_board(viewer, *, order: str, page: int) -> Board:
    """All the rows are read once: the order is that of days which are counted, not stored. A list is capped by
    `actions.plan.MAX_PURCHASES`; what colleagues share adds to it.
    """
    today = timezone.localdate()
    rows = rows_of(viewer, PlannedPurchase.objects.visible_to(viewer), today=today)
    open_rows = sorted((row for row in rows if not row.is_closed), key=ORDERS.get(order, next_step_first))
    pressing = sorted(
        ((row, step) for row in open_rows for step in row.pressing), key=lambda each: (each[1].due_on, each[0].pk)
    )
    pages = max(1, -(-len(open_rows) // PAGE))
    page = min(max(page, 1), pages)
    shown = open_rows[(page - 1) * PAGE : page * PAGE]
    months = coming_months(today)
    return Board(
        pressing=pressing[:MAX_PRESSING],
        more_pressing=max(0, len(pressing) - MAX_PRESSING),
        months=months,
        lines=[line_of(row, months, today) for row in shown],
        rows=shown,
        closed=sorted((row for row in rows if row.is_closed), key=renewal_first, reverse=True)[:PAGE],
        followed=len(open_rows),
        late=sum(len(row.late) for row in open_rows),
        page=page,
        pages=pages,
        today=today,
    )


def coming_months(today: date) -> list[date]:
    first = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(first, first + MONTHS_SHOWN)]


def line_of(row: PlannedRow, months: list[date], today: date) -> Line:
    """What is late stands in the present month: it is still to be done."""
    cells: dict[date, Cell] = {month: Cell([], row.purchase.starts_on.replace(day=1) == month) for month in months}
    for step in row.milestones:
        month = step.due_on.replace(day=1)
        if step.is_late(today) or (step.done_on and month < months[0] and step.done_on >= months[0]):
            month = months[0]
        if month in cells and not step.is_passed:
            cells[month].milestones.append(step)
    return Line(row, [cells[month] for month in months])
