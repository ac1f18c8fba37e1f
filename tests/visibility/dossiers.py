"""A dossier shared with two persons, with all that hangs on it, and one that somebody is invited into."""

from clauses.dossiers.actions.dossier import Description, create_dossier
from clauses.dossiers.actions.items import Words, add_clause, write_article
from clauses.dossiers.actions.notes import add_note
from clauses.dossiers.actions.review_links import invite_reviewer
from clauses.dossiers.actions.share import invite_by_email, share_with
from clauses.dossiers.actions.sourcing import Meeting, Sheet, add_company, write_sheet
from clauses.dossiers.models import ReviewRemark

SHARED = "dossier.shared"


def build_dossiers(world) -> None:
    author = world.actors["author"]
    dossier = dossier_of(world, SHARED)
    for name, role in (("member", "reader"), ("reviewer", "editor")):
        share_with(dossier=dossier, actor=author, member=world.actors[name], role=role)
    build_texts(world, dossier)
    build_sourcing(world, dossier)
    build_review(world, dossier)
    note = world.token()
    made = add_note(dossier=dossier, actor=author, text=f"Penser à {note}.")
    world.add(SHARED, "dossier_note", made, note)
    alone = dossier_of(world, "own.author")
    word = world.token()
    invitation = invite_by_email(dossier=alone, actor=author, email=world.actors["verified"].email, role="reader")
    world.add("dossier.invited", "dossier_invitation", invitation, word)


def dossier_of(world, row: str):
    token = world.token()
    dossier = create_dossier(actor=world.actors["author"], description=Description(title=f"Marché {token}"))
    world.add(row, "dossier", dossier, token)
    return dossier


def build_texts(world, dossier) -> None:
    """An own article, and a clause of a closed space: read by those of its persons who may enter it."""
    token = world.token()
    words = Words(title=f"Article {token}", text=f"Le titulaire remet {token}.", document="ccap")
    article = write_article(dossier=dossier, actor=dossier.owner, words=words)
    world.add(SHARED, "dossier_item", article, token)
    secret = world.in_row("clause", "published.private")
    item = add_clause(dossier=dossier, actor=dossier.owner, clause=secret.obj)
    world.add(SHARED, "dossier_item", item, secret.token)


def build_sourcing(world, dossier) -> None:
    token = world.token()
    sheet = write_sheet(dossier=dossier, actor=dossier.owner, sheet=Sheet(questions=f"Et {token} ?"), expected=0)
    world.add(SHARED, "sourcing_sheet", sheet, token)
    token = world.token()
    company = add_company(dossier=dossier, actor=dossier.owner, meeting=Meeting(name=f"Société {token}"))
    world.add(SHARED, "company_met", company, token)


def build_review(world, dossier) -> None:
    token = world.token()
    link = invite_reviewer(
        dossier=dossier, actor=dossier.owner, email=f"{token}@ville-exemple.fr", name=f"Agnès {token}", role="jurist"
    )
    world.add(SHARED, "review_link", link, token)
    token, article = world.token(), dossier.items.first()
    remark = ReviewRemark.objects.create(
        link=link, item=article, item_version=1, title=article.title, decision="comment", text=f"Revoir {token}."
    )
    world.add(SHARED, "review_remark", remark, token)
