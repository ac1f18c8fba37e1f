"""What changed between two texts: lines first, then words inside the lines that answer each other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["added", "removed", "same"]

# The work of one comparison, in steps: beyond it, words then lines are no longer matched, only shown.
MAX_STEPS = 1_000_000
MAX_EDITS = 500
CONTEXT_LINES = 2
# Two lines that share less than this of their words are two lines, not one reworded.
MIN_COMMON = 0.3
MAX_LINES = 1_000

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text; `changed` ones are shown in `ins` or `del` according to their line."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of the kit's `.diff` (`components/diff.html`)."""

    kind: Kind
    parts: tuple[Segment, ...]


# Stands for the unchanged lines left out.
GAP = DiffLine("same", (Segment("…"),))


@dataclass(slots=True)
class _Budget:
    steps: int = MAX_STEPS


def diff_texts(before: str, after: str, *, context: int = CONTEXT_LINES) -> list[DiffLine]:
    """Lines of both texts in reading order, blank ones left out; empty when nothing but blank lines changed.

    Time and memory are bounded whatever the texts: past the budget a text is shown as wholly replaced.
    """
    old = [line.rstrip() for line in before.split("\n") if line.strip()]
    new = [line.rstrip() for line in after.split("\n") if line.strip()]
    budget = _Budget()
    lines: list[DiffLine] = []
    old_at = new_at = 0
    for old_start, new_start, length in [*_matches(old, new, budget), (len(old), len(new), 0)]:
        lines += _hunk(old[old_at:old_start], new[new_at:new_start], budget)
        lines += [DiffLine("same", (Segment(line),)) for line in old[old_start : old_start + length]]
        old_at, new_at = old_start + length, new_start + length
    return _fold(lines, context)


def _hunk(removed: list[str], added: list[str], budget: _Budget) -> list[DiffLine]:
    """Removed and added lines, in pairs as long as both have some."""
    lines = []
    for index in range(max(len(removed), len(added))):
        old = removed[index] if index < len(removed) else None
        new = added[index] if index < len(added) else None
        old_segments, new_segments = _word_segments(old or "", new or "", budget)
        if old is not None:
            lines.append(DiffLine("removed", old_segments))
        if new is not None:
            lines.append(DiffLine("added", new_segments))
    return lines


def _word_segments(old: str, new: str, budget: _Budget) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    whole = (Segment(old, changed=True),), (Segment(new, changed=True),)
    if not old or not new:
        return whole
    old_words, new_words = _TOKEN.findall(old), _TOKEN.findall(new)
    matches = _matches(old_words, new_words, budget)
    common = sum(len("".join(old_words[start : start + length]).strip()) for start, _, length in matches)
    if common < MIN_COMMON * min(len(old), len(new)):
        return whole
    return (
        _segments(old_words, [(start, length) for start, _, length in matches]),
        _segments(new_words, [(start, length) for _, start, length in matches]),
    )


def _segments(words: list[str], kept: list[tuple[int, int]]) -> tuple[Segment, ...]:
    segments = []
    at = 0
    for start, length in [*kept, (len(words), 0)]:
        if start > at:
            segments.append(Segment("".join(words[at:start]), changed=True))
        if length:
            segments.append(Segment("".join(words[start : start + length])))
        at = start + length
    return tuple(segments)


def _matches(old: Sequence[str], new: Sequence[str], budget: _Budget) -> list[tuple[int, int, int]]:
    """Runs common to both, as (start in old, start in new, length), in order: Myers' greedy algorithm, bounded."""
    prefix = 0
    shortest = min(len(old), len(new))
    while prefix < shortest and old[prefix] == new[prefix]:
        prefix += 1
    suffix = 0
    while suffix < shortest - prefix and old[-1 - suffix] == new[-1 - suffix]:
        suffix += 1
    middle = _shortest_edit(
        old[prefix : len(old) - suffix],
        new[prefix : len(new) - suffix],
        budget,
    )
    runs = [(prefix + x, prefix + y, length) for x, y, length in middle]
    if prefix:
        runs.insert(0, (0, 0, prefix))
    if suffix:
        runs.append((len(old) - suffix, len(new) - suffix, suffix))
    return runs


def _shortest_edit(old: Sequence[str], new: Sequence[str], budget: _Budget) -> list[tuple[int, int, int]]:
    """The furthest point of each diagonal for 0, 1, 2… edits, until the end is reached or the budget is spent."""
    if not old or not new:
        return []
    furthest = {1: 0}
    trace: list[dict[int, int]] = []
    for edits in range(min(len(old) + len(new), MAX_EDITS) + 1):
        budget.steps -= edits + 1
        if budget.steps < 0:
            return []
        trace.append(furthest)
        furthest = dict(furthest)
        for diagonal in range(-edits, edits + 1, 2):
            x = _step(furthest, diagonal, edits)
            y = x - diagonal
            start = x
            while x < len(old) and y < len(new) and old[x] == new[y]:
                x += 1
                y += 1
            budget.steps -= x - start
            furthest[diagonal] = x
            if x >= len(old) and y >= len(new):
                return _walk_back(trace, x, y)
    return []


def _step(furthest: dict[int, int], diagonal: int, edits: int) -> int:
    left, right = furthest.get(diagonal - 1, -1), furthest.get(diagonal + 1, -1)
    if diagonal == -edits or (diagonal != edits and left < right):
        return right
    return left + 1


def _walk_back(trace: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int, int]]:
    runs = []
    for edits in range(len(trace) - 1, -1, -1):
        diagonal = x - y
        start_x = _step(trace[edits], diagonal, edits) if edits else 0
        length = x - start_x
        if length:
            runs.append((start_x, start_x - diagonal, length))
        if edits:
            came_down = diagonal == -edits or (
                diagonal != edits and trace[edits].get(diagonal - 1, -1) < trace[edits].get(diagonal + 1, -1)
            )
            x = start_x if came_down else start_x - 1
            y = start_x - diagonal - 1 if came_down else start_x - diagonal
    runs.reverse()
    return runs


def _fold(lines: list[DiffLine], context: int) -> list[DiffLine]:
    """Keep `context` unchanged lines around each change; one gap stands for each stretch left out."""
    near = [False] * len(lines)
    for step in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        reach = 0
        for index in step:
            changed = lines[index].kind != "same"
            reach = context if changed else reach - 1
            near[index] = near[index] or changed or reach >= 0
            reach = max(reach, 0) if changed else reach
    if not any(line.kind != "same" for line in lines):
        return []
    folded: list[DiffLine] = []
    for line, kept in zip(lines, near, strict=True):
        if kept:
            folded.append(line)
        elif not folded or folded[-1] is not GAP:
            folded.append(GAP)
    return folded if len(folded) <= MAX_LINES else [*folded[:MAX_LINES], GAP]
