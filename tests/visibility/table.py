"""Who sees what: written by hand, and compared with every outlet of the product. Nothing here is computed by the code.

A row is a state and a place; a column is an actor; `x` sees, `.` does not, and then nothing tells that it exists.
`deleted_post` is what those who moderate may still look up; `placeholder` is its text in the thread, where a deleted
post is an empty place for everyone; `place` is that place of a comment, where its address still leads.
"""

ACTORS = (
    "visitor",  # no account
    "unverified",  # an account that nobody vouched for
    "verified",  # a verified public buyer, in none of the spaces
    "partner",  # a verified training body, in none of the spaces
    "former",  # was in every space, left
    "guest",
    "member",
    "late",  # a member who came after everything was written
    "reviewer",
    "moderator",
    "owner",
    "elsewhere",  # moderates another private space
    "editor",  # a Wagtail editor, not staff
    "staff",  # administers the platform
    "glass",  # administers the platform, with exceptional access to every space
    "author",  # wrote everything, as a member of every space
)

#                            v  u  v  p  f  g  m  l  r  m  o  e  e  s  g  a
#                            i  n  e  a  o  u  e  a  e  o  w  l  d  t  l  u
#                            s  v  r  r  r  e  m  t  v  d  n  s  i  a  a  t
TABLE = """
published.community          x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x
published.open               x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x
published.members            .  .  x  x  x  x  x  x  x  x  x  x  x  x  x  x
published.private            .  .  .  .  .  x  x  x  x  x  x  .  .  .  x  x
published.protected          .  .  .  .  .  x  x  .  x  x  x  .  .  .  x  x

hidden.community             .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  x
hidden.open                  .  .  .  .  .  .  .  .  .  x  x  .  .  .  .  x
hidden.members               .  .  .  .  .  .  .  .  .  x  x  .  .  .  .  x
hidden.private               .  .  .  .  .  .  .  .  .  x  x  .  .  .  .  x
hidden.protected             .  .  .  .  .  .  .  .  .  x  x  .  .  .  .  x

embargoed.community          .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  x
embargoed.open               .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  x
embargoed.members            .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  x
embargoed.private            .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  x
embargoed.protected          .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  x

deleted.community            .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
deleted.open                 .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
deleted.members              .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
deleted.private              .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
deleted.protected            .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .

deleted_post.community       .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  .
deleted_post.open            .  .  .  .  .  .  .  .  .  x  x  .  .  .  .  .
deleted_post.members         .  .  .  .  .  .  .  .  .  x  x  .  .  .  .  .
deleted_post.private         .  .  .  .  .  .  .  .  .  x  x  .  .  .  .  .
deleted_post.protected       .  .  .  .  .  .  .  .  .  x  x  .  .  .  .  .

placeholder.community        .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
placeholder.open             .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
placeholder.members          .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
placeholder.private          .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
placeholder.protected        .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .

place.community              x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x
place.open                   x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x
place.members                .  .  x  x  x  x  x  x  x  x  x  x  x  x  x  x
place.private                .  .  .  .  .  x  x  x  x  x  x  .  .  .  x  x
place.protected              .  .  .  .  .  x  x  .  x  x  x  .  .  .  x  x

exchange.community           .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  x
exchange.open                .  .  .  .  .  .  .  .  .  x  x  .  .  .  .  x
exchange.members             .  .  .  .  .  .  .  .  .  x  x  .  .  .  .  x
exchange.private             .  .  .  .  .  .  .  .  .  x  x  .  .  .  .  x
exchange.protected           .  .  .  .  .  .  .  .  .  x  x  .  .  .  .  x

waiting.community            .  .  .  .  .  .  .  .  .  .  .  .  x  x  x  x
waiting.open                 .  .  .  .  .  .  .  .  x  x  x  .  .  .  .  x
waiting.members              .  .  .  .  .  .  .  .  x  x  x  .  .  .  .  x
waiting.private              .  .  .  .  .  .  .  .  x  x  x  .  .  .  .  x
waiting.protected            .  .  .  .  .  .  .  .  x  x  x  .  .  .  .  x

archived.community           .  .  .  .  .  .  .  .  .  .  .  .  x  x  x  .
archived.open                .  .  .  .  .  .  .  .  x  x  x  .  .  .  .  .
archived.members             .  .  .  .  .  .  .  .  x  x  x  .  .  .  .  .
archived.private             .  .  .  .  .  .  .  .  x  x  x  .  .  .  .  .
archived.protected           .  .  .  .  .  .  .  .  x  x  x  .  .  .  .  .

suggestion.community         .  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x
suggestion.open              .  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x
suggestion.members           .  .  x  x  x  x  x  x  x  x  x  x  x  x  x  x
suggestion.private           .  .  .  .  .  x  x  x  x  x  x  .  .  .  x  x
suggestion.protected         .  .  .  .  .  x  x  .  x  x  x  .  .  .  x  x

pending.community            .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  x

space.open                   x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x
space.members                .  .  x  x  x  x  x  x  x  x  x  x  x  x  x  x
space.private                .  .  .  .  .  x  x  x  x  x  x  .  .  .  x  x
space.protected              .  .  .  .  .  x  x  x  x  x  x  .  .  .  x  x

people.open                  .  .  .  .  .  x  x  x  x  x  x  .  .  .  .  x
people.members               .  .  .  .  .  x  x  x  x  x  x  .  .  .  .  x
people.private               .  .  .  .  .  x  x  x  x  x  x  .  .  .  .  x
people.protected             .  .  .  .  .  x  x  x  x  x  x  .  .  .  .  x

animation.open               .  .  .  .  .  .  .  .  .  x  x  .  .  .  .  .
animation.members            .  .  .  .  .  .  .  .  .  x  x  .  .  .  .  .
animation.private            .  .  .  .  .  .  .  .  .  x  x  .  .  .  .  .
animation.protected          .  .  .  .  .  .  .  .  .  x  x  .  .  .  .  .

ownership.open               .  .  .  .  .  .  .  .  .  .  x  .  .  .  .  .
ownership.members            .  .  .  .  .  .  .  .  .  .  x  .  .  .  .  .
ownership.private            .  .  .  .  .  .  .  .  .  .  x  .  .  .  .  .
ownership.protected          .  .  .  .  .  .  .  .  .  .  x  .  .  .  .  .

review.community             .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  .
review.open                  .  .  .  .  .  .  .  .  .  x  x  .  .  .  .  .
review.members               .  .  .  .  .  .  .  .  .  x  x  .  .  .  .  .
review.private               .  .  .  .  .  .  .  .  .  x  x  .  .  .  .  .
review.protected             .  .  .  .  .  .  .  .  .  x  x  .  .  .  .  .

law                          x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x
administration               .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  .
planner.shared               .  .  .  .  .  .  x  .  x  .  .  .  .  .  .  x
dossier.shared               .  .  .  .  .  .  x  .  x  .  .  .  .  .  .  x
dossier.invited              .  .  x  .  .  .  .  .  .  .  .  .  .  .  .  .
calibration.facilitator      .  .  .  .  x  .  .  .  .  .  .  .  .  .  .  x
calibration.network          .  .  .  .  .  .  .  .  .  x  x  .  .  .  .  x
calibration.staff            .  .  .  .  .  .  .  .  .  .  .  .  .  x  x  x
own.author                   .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  x
profile                      .  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x
identity.anonymous           .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
identity.lifted              .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  .
"""


def read(table: str) -> dict[str, frozenset[str]]:
    rows = {}
    for line in table.splitlines():
        if line.strip():
            name, *marks = line.split()
            if len(marks) != len(ACTORS) or set(marks) - {"x", "."} or name in rows:
                raise ValueError(f"bad row: {line}")
            rows[name] = frozenset(actor for actor, mark in zip(ACTORS, marks, strict=True) if mark == "x")
    return rows


SEES = read(TABLE)


def sees(actor: str, row: str) -> bool:
    return actor in SEES[row]
