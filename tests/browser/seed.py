"""People and threads that the browser tests rely on, written through the product's own actions.

Run by `manage.py shell` beside the server, on its database: the demo content may change, these do not.
"""

import json
import time
from datetime import timedelta
from importlib import import_module
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from clauses.dossiers.actions.dossier import Description, create_dossier
from clauses.dossiers.actions.items import Words, add_clause, write_article
from clauses.dossiers.actions.remarks import Opinion, give_opinion
from clauses.dossiers.actions.review_links import invite_reviewer
from clauses.dossiers.actions.share import share_with
from clauses.dossiers.actions.sourcing import Meeting, add_company
from clauses.dossiers.models import Dossier
from clauses.dossiers.tokens import review_token
from clauses.library.addresses import clause_url
from clauses.library.models import Clause
from community.members.models import Expertise, Member, Territory
from community.moderation.actions import flag_content
from community.reading.actions import add_bookmark, save_draft
from community.spaces.actions import create_space, invite_to_space, open_break_glass
from community.spaces.models import Membership, Role, Space, SpaceVisibility
from community.taxonomy.models import PurchaseFamily, Theme
from community.taxonomy.selectors import curated_tags
from qa.actions.accept import accept_answer
from qa.actions.answer import post_answer
from qa.actions.ask import UNFILED, Filing, ask_question
from qa.actions.comment import post_comment
from qa.actions.doubt import doubt_answer
from qa.actions.edit import edit_answer
from qa.actions.endorse import endorse_answer
from qa.actions.exchange import write_to_author
from qa.actions.state import close_question, hide_post
from qa.actions.vote import mark_useful
from qa.models import Naming, Question, ThreadKind
from tests.browser.seed_projects import projects
from tests.factories import OrganisationFactory

PASSWORD = "correct cheval pile agrafe"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SEEDED = "pilotage@essai.example"

PEOPLE = {
    "asker": ("Claire", "Fontaine", "Acheteuse, restauration collective"),
    "helper": ("Karim", "Benali", "Responsable des achats"),
    "outsider": ("Lucie", "Morel", "Juriste de la commande publique"),
    "owner": ("Hélène", "Garnier", "Animatrice de réseau"),
    "expert": ("Yann", "Le Goff", "Expert en restauration durable"),
    "newcomer": ("Inès", "Rocher", ""),
    "staff": ("Paul", "Vasseur", "Administration du site"),
}

CONTEXT = """Notre marché de **restauration scolaire** se termine en juin. Nous visons 20 % de bio *réellement servi*.

| Lot | Repas par an | Part de bio visée |
| --- | ---: | ---: |
| Crèches | 42 000 | 50 % |
| Écoles primaires | 310 000 | 30 % |
| Portage à domicile | 18 500 | 20 % |

- le prestataire déclare ses achats une fois par an ;
- nous n’avons pas de moyen de recouper les factures.
"""
ANSWERS = (
    """Nous demandons un **état mensuel des achats**, produit par produit, avec la certification.

1. le tableau est joint au CCTP ;
2. la pénalité court dès le deuxième mois manquant ;
3. la cuisine ouvre ses factures deux fois par an.

> La pièce la plus utile reste la facture du grossiste.
""",
    "Chez nous, le contrôle passe par la commission des menus : `part_bio = bio / total`, chaque trimestre.",
    "Attention au vocabulaire : « bio » et « en conversion » ne se comptent pas de la même façon dans la déclaration.",
)
TITLES = (
    "Quels critères pour un marché de nettoyage avec des horaires de jour ?",
    "Reprise du mobilier scolaire : qui a écrit une clause de réemploi ?",
    "Véhicules utilitaires électriques : comment chiffrer le coût complet ?",
    "Peut-on demander une empreinte carbone par chantier de voirie ?",
    "Fournitures de bureau : retour d’expérience sur les groupements avec les communes",
)


def seed() -> dict[str, Any]:
    """Writes everything once; says, each time, who and what there is."""
    people = {name: person(name) for name in PEOPLE}
    if not Space.objects.filter(slug="groupe-restauration-durable").exists():
        write(people)
    thread = Question.objects.get(title__startswith="Comment contrôler la part de bio réellement servie")
    hidden = Question.objects.get(title__startswith="Comment préparer la renégociation")
    draft = Question.objects.get(state="embargoed", author=people["asker"])
    return {
        "password": PASSWORD,
        "totp_secret": TOTP_SECRET,
        "people": {
            name: {
                "email": member.email,
                "name": member.get_full_name(),
                "session": session_of(member),
                "profile": reverse("member_profile", args=[member.public_id]),
            }
            for name, member in people.items()
        },
        "thread": {"pk": thread.pk, "url": thread_url(thread), "answers": list(answer_pks(thread))},
        "private": {"pk": hidden.pk, "url": thread_url(hidden), "title": hidden.title},
        "embargoed": {"pk": draft.pk, "url": thread_url(draft)},
        "clauses": clauses(),
        "dossier": dossier(people),
        "projects": projects(people),
        "tag": curated_tags(people["staff"]).rows[0].pk,
        "network": reverse("space_detail", args=["reseau-achats-du-littoral"]),
        "private_space": reverse("space_detail", args=["groupe-restauration-durable"]),
    }


def clauses() -> dict[str, Any]:
    """A criterion and a condition of the demo, with all that their pages show."""
    criterion = Clause.objects.open().published().filter(kind="criterion", bases__isnull=False).order_by("pk").first()
    condition = Clause.objects.open().published().exclude(kind="criterion").order_by("pk").first()
    return {
        "criterion": {"pk": criterion.pk, "url": clause_url(criterion)},
        "condition": {"pk": condition.pk, "url": clause_url(condition)},
    }


def dossier(people: dict[str, Member]) -> dict[str, Any]:
    """The asker's, with a clause, an article, a meeting, a colleague and a reviewer."""
    owner, title = people["asker"], "Repas des écoles du littoral"
    found = Dossier.objects.filter(owner=owner, title=title).first()
    if found is None:
        description = Description(title=title, need="Repas livrés", nature="services", lots=("Écoles", "Crèches"))
        found = at_leisure(create_dossier, actor=owner, description=description)
        clause = Clause.objects.open().published().exclude(kind="criterion").order_by("pk").first()
        add_clause(dossier=found, actor=owner, clause=clause)
        words = Words(title="Horaires de livraison", text="Livraison avant {heure_limite}.", document="ccap")
        write_article(dossier=found, actor=owner, words=words)
        at_leisure(share_with, dossier=found, actor=owner, member=people["helper"], role="editor")
        add_company(dossier=found, actor=owner, meeting=Meeting(name="Cuisines du littoral", notes="Deux tournées."))
        link = at_leisure(
            invite_reviewer, dossier=found, actor=owner, email="juriste@essai.example", name="Agnès Roy", role="jurist"
        )
        opinion = Opinion(decision="change", text="À partir de quelle heure ?", proposal="Livraison avant dix heures.")
        article = found.items.get(document="ccap")
        at_leisure(give_opinion, link=link, item=article, read=article.version, opinion=opinion)
    remark = found.review_links.get().remarks.get()
    return {
        "pk": found.pk,
        "item": found.items.filter(clause__isnull=False).first().pk,
        "remark": remark.pk,
        "token": review_token(remark.link),
    }


def thread_url(question: Question) -> str:
    return reverse("question_detail", args=[question.pk, question.slug])


def answer_pks(question: Question):
    return question.answers.order_by("position").values_list("pk", flat=True)


def person(name: str) -> Member:
    first, last, job = PEOPLE[name]
    email = f"{name}@essai.example"
    if member := Member.objects.filter(email=email).first():
        return member
    now = timezone.now()
    member = Member.objects.create_user(
        email,
        PASSWORD,
        first_name=first,
        last_name=last,
        job=job,
        charter_accepted_at=now,
        verified_at=None if name == "newcomer" else now,
        territory=Territory.objects.filter(kind="departement").first(),
        organisation=OrganisationFactory(name=f"Communauté de communes de {last}", known=True),
        is_staff=name == "staff",
        is_superuser=name == "staff",
    )
    EmailAddress.objects.create(user=member, email=email, verified=True, primary=True)
    if name == "staff":
        TOTP.activate(member, TOTP_SECRET)
        RecoveryCodes.activate(member)
    return member


def session_of(member: Member) -> str:
    """Signed in as by the form a moment ago, without spending the limits of the form."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(member.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = member.get_session_auth_hash()
    store["account_authentication_methods"] = [{"method": "password", "at": time.time(), "email": member.email}]
    store.create()
    UserSession.objects.create(
        user=member, session_key=store.session_key, ip="127.0.0.1", user_agent="Mozilla/5.0 (X11; Linux) Chrome/130.0"
    )
    return store.session_key


def at_leisure(act, **fields):
    """The limits of pace are people's, not a script's."""
    cache.clear()
    return act(**fields)


@transaction.atomic
def write(people: dict[str, Member]) -> None:
    Expertise.objects.get_or_create(member=people["expert"], kind="expert", granted_by=people["staff"])
    network = at_leisure(
        create_space,
        actor=people["staff"],
        name="Réseau achats du littoral",
        description="Les acheteuses et acheteurs publics du littoral, leurs marchés et leurs fournisseurs.",
        visibility=SpaceVisibility.OPEN,
        kind="network",
        territories=Territory.objects.filter(kind="departement")[:2],
    )
    private = at_leisure(
        create_space,
        actor=people["owner"],
        name="Groupe restauration durable",
        description="Douze collectivités préparent leur marché ensemble.",
        visibility=SpaceVisibility.PRIVATE,
    )
    for space, names in ((network, ("owner", "asker", "helper")), (private, ("asker", "helper"))):
        for name in names:
            role = Role.MODERATOR if name == "owner" else Role.MEMBER
            Membership.objects.get_or_create(space=space, member=people[name], defaults={"role": role})
    at_leisure(invite_to_space, actor=people["owner"], space=private, email="invitee@essai.example", role=Role.GUEST)
    at_leisure(
        open_break_glass,
        actor=people["staff"],
        space=private,
        reason="Demande écrite de la propriétaire de l’espace, ticket joint.",
        hours=1,
    )
    write_main_thread(people)
    write_private_thread(people, private)
    write_other_threads(people, network)
    write_belongings(people)


def write_main_thread(people: dict[str, Member]) -> None:
    question = at_leisure(
        ask_question,
        actor=people["asker"],
        title="Comment contrôler la part de bio réellement servie dans un marché de restauration ?",
        body=CONTEXT,
        tried="Nous avons lu la déclaration annuelle : elle arrive **trop tard** pour agir.",
        filing=Filing(
            family=PurchaseFamily.objects.filter(label__icontains="restauration").first()
            or PurchaseFamily.objects.first(),
            amount="under_1m",
            procedure="adapted",
            stage="drafting",
            needed_by=timezone.localdate() + timedelta(days=30),
        ),
        tags=("restauration scolaire", "Égalim", "contrôle"),
    )
    writers = (people["helper"], people["expert"], people["outsider"])
    answers = [
        at_leisure(post_answer, question=question, actor=writer, body=body)
        for writer, body in zip(writers, ANSWERS, strict=True)
    ]
    anonymous = at_leisure(
        post_answer,
        question=question,
        actor=people["owner"],
        body="Nous avons renoncé à ce contrôle après un contentieux : je préfère ne pas dire où.",
        naming=Naming.ANONYMOUS,
    )
    at_leisure(accept_answer, answer=answers[0], actor=people["asker"])
    at_leisure(endorse_answer, answer=answers[0], actor=people["expert"], note="Conforme à ce que nous recommandons.")
    at_leisure(mark_useful, post=answers[0], actor=people["asker"])
    at_leisure(mark_useful, post=question, actor=people["helper"])
    at_leisure(doubt_answer, answer=answers[1], actor=people["outsider"], reason="Le seuil cité a changé cette année.")
    at_leisure(
        edit_answer,
        answer=answers[2],
        actor=people["outsider"],
        body=f"{ANSWERS[2]}\n\nSource : la note du réseau.",
        reason="Source ajoutée",
    )
    at_leisure(post_comment, question=question, actor=people["helper"], text="Et pour les lots de moins de 40 000 € ?")
    at_leisure(
        post_comment,
        question=question,
        answer=answers[0],
        actor=people["asker"],
        text="Merci, l’état mensuel est exactement ce qu’il nous manquait.",
    )
    at_leisure(
        write_to_author,
        post=anonymous,
        actor=people["staff"],
        text="Pouvez-vous préciser l’année sans nommer le lieu ?",
    )
    spam = at_leisure(
        post_answer, question=question, actor=people["newcomer"], body="Appelez-moi pour en parler plus vite."
    )
    at_leisure(hide_post, post=spam, actor=people["staff"], reason="Démarchage.")
    at_leisure(
        flag_content,
        actor=people["asker"],
        kind="answer",
        pk=answers[1].pk,
        reason="outdated",
        detail="Chiffre à revoir.",
    )


def write_private_thread(people: dict[str, Member], space: Space) -> None:
    question = at_leisure(
        ask_question,
        actor=people["asker"],
        title="Comment préparer la renégociation avec notre titulaire actuel ?",
        body="Nous voulons parler prix avant la reconduction, sans rien dévoiler de nos marges.",
        space=space,
        naming=Naming.ANONYMOUS,
    )
    at_leisure(post_answer, question=question, actor=people["helper"], body="Commencez par la clause de révision.")
    at_leisure(
        flag_content,
        actor=people["helper"],
        kind="question",
        pk=question.pk,
        reason="outdated",
        detail="Lieu reconnaissable.",
    )


def write_other_threads(people: dict[str, Member], network: Space) -> None:
    families = list(PurchaseFamily.objects.all()[:4])
    for number, title in enumerate(TITLES):
        question = at_leisure(
            ask_question,
            actor=people[("helper", "asker", "outsider")[number % 3]],
            title=title,
            body="Je cherche des exemples récents, même partiels, et ce que vous referiez autrement.",
            space=network if number % 2 else None,
            kind=ThreadKind.DISCUSSION if number == 4 else ThreadKind.QUESTION,
            filing=Filing(family=families[number % 4]) if number % 2 == 0 else Filing(theme=Theme.objects.first()),
            naming=Naming.KIND if number == 2 else Naming.NAME,
        )
        if number == 3:
            at_leisure(
                close_question, question=question, actor=people["owner"], reason="Déjà traité au dernier atelier."
            )
    at_leisure(
        ask_question,
        actor=people["owner"],
        title="Atelier du réseau : la commande de produits locaux, le 3 décembre",
        body="Inscription auprès de l’animation du réseau.",
        space=network,
        kind=ThreadKind.ANNOUNCEMENT,
        filing=UNFILED,
        pinned_until=timezone.now() + timedelta(days=30),
    )
    at_leisure(
        ask_question,
        actor=people["asker"],
        title="Comment avez-vous noté les offres de notre dernier marché de denrées ?",
        body="À publier quand l’attribution sera prononcée.",
        publish_after=timezone.localdate() + timedelta(days=20),
    )


def write_belongings(people: dict[str, Member]) -> None:
    for question in Question.objects.visible_to(people["asker"]).order_by("pk")[:3]:
        at_leisure(add_bookmark, actor=people["asker"], kind="question", pk=question.pk)
    at_leisure(
        save_draft,
        actor=people["asker"],
        key="question:brouillon-seme",
        fields={"title": "Quelle clause pour le réemploi des emballages ?", "body": "Un premier jet."},
    )


def main() -> None:
    print(json.dumps(seed()))  # noqa: T201  read by the fixture
