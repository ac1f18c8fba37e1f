"""How often one member may do each thing here. What is saved while it is typed is a draft of `reading`, counted there:
these are presses of a button.
"""

from community.core.ratelimits import Limit

DAY = 24 * 60 * 60

SHARE = Limit("experience", times=30, seconds=DAY, newcomer=4)
KEEP = Limit("experience-keep", times=120, seconds=60 * 60, newcomer=60)
EDIT = Limit("experience-edit", times=60, seconds=DAY, newcomer=20)
PREVIEW = Limit("experience-preview", times=120, seconds=60 * 60)

# Reports begun and not published yet.
MAX_STANDING_DRAFTS = 50
