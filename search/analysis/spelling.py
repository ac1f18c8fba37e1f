"""One slip of the finger: a letter too many, missing, another, or two exchanged."""

MIN_LETTERS = 5


def is_one_slip(left: str, right: str) -> bool:
    """Whether the two words are one slip apart, neither more nor less."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    if len(left) > len(right):
        left, right = right, left
    same = 0
    while same < len(left) and left[same] == right[same]:
        same += 1
    if len(left) < len(right):
        return left[same:] == right[same + 1 :]
    if left[same + 1 :] == right[same + 1 :]:
        return True
    return left[same : same + 2] == right[same : same + 2][::-1] and left[same + 2 :] == right[same + 2 :]


def halves(word: str) -> tuple[str, str]:
    """After one slip, one of the two halves of the word is intact: its beginning or its end finds the candidates."""
    middle = len(word) // 2
    return word[: max(2, middle - 1)], word[-max(2, len(word) - middle - 2) :]


def corrigible(word: str) -> bool:
    """Acronyms and codes are not words to correct."""
    return len(word) >= MIN_LETTERS and word.isalpha()
