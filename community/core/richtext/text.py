"""What every stored text goes through before anything else looks at it."""

import re
import unicodedata

# C0 but tab and newline, DEL, C1, bidirectional overrides and isolates, lone surrogates (no database
# encodes them) and the two non-characters XML refuses: one of those in a feed breaks the whole feed.
_UNWANTED_CLASS = "\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u061c\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff"
_UNWANTED = re.compile(f"[{_UNWANTED_CLASS}]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CLOSING = " ,;:.!?…-–—(«[\u00a0\u202f"

MAX_COMBINING_MARKS = 8


def _combining_class() -> str:
    """The marks that canonical ordering moves about, as the inside of a character class (two planes hold them all)."""
    ranges: list[list[int]] = []
    for code in range(0x300, 0x20000):
        if not unicodedata.combining(chr(code)):
            continue
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


# Normalising sorts a run of marks by insertion: 50,000 of them cost four seconds.
_MARKS = _combining_class()
_STACKED_MARKS = re.compile(f"([{_MARKS}]{{{MAX_COMBINING_MARKS}}})[{_MARKS}]+")
# Most texts hold nothing of all this: they are looked through once. Ranges beyond the first plane are tried one by one
# for every letter, hence the whole of it here.
_MARKS_OF_FIRST_PLANE = "".join(mark for mark in re.findall(".-.", _MARKS) if mark[2] <= "\uffff")
_WORK_TO_DO = re.compile(f"[{_UNWANTED_CLASS}\x85\u2028\u2029{_MARKS_OF_FIRST_PLANE}\U00010000-\U0010ffff]")


def normalise_text(text: str) -> str:
    """NFC, ``\\n`` line ends, no control character, no bidirectional trick, at most eight stacked marks."""
    if _WORK_TO_DO.search(text):
        text = _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))
        text = _STACKED_MARKS.sub(r"\1", text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def excerpt(text: str, length: int) -> str:
    """One line of at most `length` characters, cut between words, with « … » when something is left out."""
    line = " ".join(text[: length + 40].split())
    if len(line) <= length:
        # Spaces may be most of a text: look further than asked, never at all of it.
        line = " ".join(text[: length * 4 + 200].split())
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    if line[length - 1] != " ":
        before, space, _ = cut.rpartition(" ")
        # A single word longer than the place: cutting it is better than showing nothing.
        cut = before if space else cut
    return cut.rstrip(_CLOSING) + "…"
