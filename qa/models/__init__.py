from .answer import Answer, AnswerDoubt, Endorsement
from .comment import Comment
from .question import AmountBracket, Naming, Question, QuestionTag, Stage, ThreadKind, ThreadState
from .revision import PostRevision
from .vote import SameNeed, Vote

__all__ = [
    "AmountBracket",
    "Answer",
    "AnswerDoubt",
    "Comment",
    "Endorsement",
    "Naming",
    "PostRevision",
    "Question",
    "QuestionTag",
    "SameNeed",
    "Stage",
    "ThreadKind",
    "ThreadState",
    "Vote",
]
