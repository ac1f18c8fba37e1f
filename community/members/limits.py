"""How often one member may do each thing here."""

from community.core.ratelimits import Limit

DAY = 24 * 60 * 60

PROPOSE_ORGANISATION = Limit("propose-organisation", times=5, seconds=DAY)
