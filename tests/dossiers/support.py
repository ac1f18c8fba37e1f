"""Dossiers for tests, made by the product's own actions."""

from allauth.account.models import EmailAddress

from clauses.dossiers.actions.dossier import Description, create_dossier
from clauses.dossiers.actions.items import Words, add_clause, write_article
from clauses.dossiers.actions.review_links import invite_reviewer
from clauses.dossiers.actions.share import share_with
from clauses.dossiers.models import Dossier, DossierItem, ReviewLink
from clauses.dossiers.tokens import review_code, review_token
from clauses.library.actions.publish import show, write_version
from clauses.library.content import to_content
from clauses.library.models import Clause
from community.members.models import Member
from tests.factories import ClauseFactory, MemberFactory


def member(name: str = "", **fields) -> Member:
    made = MemberFactory(**({"last_name": name} if name else {}), **fields)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def dossier_of(owner: Member, title: str = "Restauration scolaire 2027", **fields) -> Dossier:
    return create_dossier(actor=owner, description=Description(title=title, **fields))


def with_clause(dossier: Dossier, clause: Clause | None = None, **fields) -> DossierItem:
    return add_clause(dossier=dossier, actor=dossier.owner, clause=clause or ClauseFactory(**fields))


def with_article(dossier: Dossier, **fields) -> DossierItem:
    words = {"title": "Horaires de livraison", "text": "Livraison avant {heure}.", "document": "cctp", **fields}
    return write_article(dossier=dossier, actor=dossier.owner, words=Words(**words))


def shared(dossier: Dossier, role: str, person: Member | None = None) -> Member:
    person = person or member()
    share_with(dossier=dossier, actor=dossier.owner, member=person, role=role)
    return person


def next_version(clause: Clause, text: str) -> None:
    """The clause says something else from now on."""
    clause.refresh_from_db()
    content = to_content(clause)
    content["wordings"][0]["text"] = text
    show(clause, content, write_version(clause, content, author=clause.author, actor=clause.author, note=""), None)


def link_for(dossier: Dossier, email: str = "a.pommeret@ville-exemple.fr", **fields) -> ReviewLink:
    told = {"name": "Agnès Pommeret", "role": "jurist", **fields}
    return invite_reviewer(dossier=dossier, actor=dossier.owner, email=email, **told)


def opened(client, link: ReviewLink) -> str:
    """The token, after the code was asked for and typed in this browser."""
    token = review_token(link)
    client.post(f"/relire/{token}/code/")
    link.refresh_from_db()
    client.post(f"/relire/{token}/entrer/", {"code": review_code(link)})
    return token
