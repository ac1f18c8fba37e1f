"""How often one member may do each thing here; the figures of unverified members are the last ones."""

from community.core.ratelimits import Limit

DAY = 24 * 60 * 60

ASK = Limit("ask", times=20, seconds=DAY, newcomer=3)
ANSWER_PACE = Limit("answer-pace", times=1, seconds=5)
ANSWER = Limit("answer", times=100, seconds=DAY, newcomer=10)
COMMENT_PACE = Limit("comment-pace", times=2, seconds=5)
COMMENT = Limit("comment", times=100, seconds=DAY, newcomer=10)
EDIT = Limit("edit", times=60, seconds=DAY, newcomer=20)
VOTE = Limit("vote", times=50, seconds=DAY, newcomer=20)
DOUBT = Limit("doubt", times=20, seconds=DAY)
EXCHANGE = Limit("exchange", times=50, seconds=DAY, newcomer=20)
PREVIEW = Limit("preview", times=60, seconds=60)
SUGGEST = Limit("suggest", times=120, seconds=60)

MAX_MENTIONS = 10
MAX_MENTIONS_NEWCOMER = 2
# The same words sent again within this delay are a slip of the finger.
SAME_TEXT_SECONDS = 5 * 60
# An author who corrects at once, before anyone replied, leaves no trace.
GRACE_SECONDS = 5 * 60
GRACE_CHARACTERS = 100


def most_mentions(member) -> int:
    return MAX_MENTIONS if member.is_verified else MAX_MENTIONS_NEWCOMER
