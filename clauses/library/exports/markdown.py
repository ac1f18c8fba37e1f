"""Markdown: what the clause is written in, with its source."""

import re

from .blocks import Block, Contents, Document, Heading, Item, Run, Table, clean, safe_link

CONTENT_TYPE = "text/markdown; charset=utf-8"
# What would start a list, at the head of a paragraph's line.
_LIST_MARK = re.compile(r"^(\s*\d{0,9})([-+.)])(?=\s)", re.MULTILINE)
_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>#|"})


def to_markdown(document: Document) -> bytes:
    text = f"# {_line(document.title)}"
    previous: Block | None = None
    for block in document.blocks:
        if isinstance(block, Contents):
            # Readers of Markdown make their own.
            continue
        # The lines of one list stand together.
        both_items = isinstance(block, Item) and isinstance(previous, Item)
        text += ("\n" if both_items else "\n\n") + _block(block)
        previous = block
    return f"{text}\n".encode()


def _line(text: str) -> str:
    return " ".join(clean(text).split()).translate(_SPECIAL)


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_runs(block.runs)}"
    if isinstance(block, Item):
        mark = f"{block.number}." if block.number is not None else "-"
        return f"{'   ' * block.depth}{mark} {_runs(block.runs)}"
    if isinstance(block, Table):
        width = block.width
        lines = [_row(row, width) for row in (block.header, *block.rows)]
        return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])
    text = _LIST_MARK.sub(r"\1\\\2", _runs(block.runs))
    if block.style == "continue":
        return "\n".join("   " * (block.depth + 1) + line for line in text.split("\n"))
    return "\n".join(f"> {line}" for line in text.split("\n")) if block.style == "quote" else text


def _row(cells: list[list[Run]], width: int) -> str:
    written = [_runs(runs).replace("\n", " ").replace("\\\n", " ") for runs in cells]
    return "| " + " | ".join([*written, *([""] * (width - len(cells)))]) + " |"


def _runs(runs: list[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    if run.code:
        return f"`{clean(run.text).replace('`', '’')}`"
    text = clean(run.text).translate(_SPECIAL).replace("\n", "  \n")
    core = text.strip()
    if not core:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    for worn, mark in ((run.bold or run.variable, "**"), (run.italic, "*"), (run.struck, "~~")):
        if worn:
            core = f"{mark}{core}{mark}"
    if link := safe_link(run.link):
        core = f"[{core}](<{link}>)"
    return before + core + after
