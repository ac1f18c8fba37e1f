"""What a query asks, for every store: words, phrases, and how they combine."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Word:
    """One of its forms is there. `exact` is empty for what was not typed (a synonym): it counts less.

    `prefix`: `exact` is the beginning of the word (autocomplete).
    """

    exact: str
    stems: tuple[str, ...] = ()
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """These tokens follow one another: words as typed between quotes, or first stems (of synonyms)."""

    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Any:
    nodes: tuple["Node", ...]


Node: TypeAlias = Word | Phrase | All | Any
# Tokens, and those that count only where they follow one another.
Wanted: TypeAlias = frozenset[str | tuple[str, ...]]


def any_of(nodes: list[Node]) -> Node:
    unique = tuple(dict.fromkeys(nodes))
    return unique[0] if len(unique) == 1 else Any(unique)


def all_of(nodes: list[Node]) -> Node:
    unique = tuple(dict.fromkeys(nodes))
    return unique[0] if len(unique) == 1 else All(unique)


def all_but_one(nodes: tuple[Node, ...]) -> Node | None:
    """Most of them: what is offered when no text has them all."""
    if len(nodes) < 2:
        return None
    if len(nodes) == 2:
        return Any(nodes)
    return Any(tuple(all_of([*nodes[:rank], *nodes[rank + 1 :]]) for rank in range(len(nodes))))


def tokens_in(node: Node) -> Wanted:
    """Everything that a match may hold: what an excerpt marks. The tokens of a phrase stay together."""
    if isinstance(node, Word):
        return frozenset([node.exact, *node.stems]) - {""}
    if isinstance(node, Phrase):
        return frozenset([node.tokens])
    return frozenset().union(*(tokens_in(each) for each in node.nodes))
