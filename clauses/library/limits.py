"""How often one member may do each thing here; the figures of unverified members are the last ones."""

from community.core.ratelimits import Limit

DAY = 24 * 60 * 60

PROPOSE = Limit("clause-propose", times=20, seconds=DAY, newcomer=3)
CORRECT = Limit("clause-correct", times=60, seconds=DAY, newcomer=20)
SUGGEST = Limit("clause-suggest", times=30, seconds=DAY, newcomer=5)
REVIEW = Limit("clause-review", times=200, seconds=DAY)
CHECK = Limit("clause-check", times=60, seconds=60)
# Files are made when they are asked for: a document takes fifty times a page, the whole library far more.
EXPORT = Limit("clause-export", times=60, seconds=60)
NOTE = Limit("note-export", times=30, seconds=60)
DATA = Limit("clause-data", times=30, seconds=60 * 60)
