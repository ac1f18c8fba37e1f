from community.core.ratelimits import Limit

SHARE = Limit("experience", times=30, seconds=24 * 60 * 60, newcomer=4)
PREVIEW = Limit("experience-preview", times=120, seconds=60 * 60)
