"""Rows for tests, plausible and small. Texts go through the renderer as in the product."""

from dataclasses import replace

import factory
from allauth.mfa.models import Authenticator
from django.utils import timezone
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from clauses.library.actions.publish import change_clause, record_clause_references, show, write_version
from clauses.library.content import apply_content, to_content
from clauses.library.models import Clause, EditSuggestion, Hunk, HunkKind
from clauses.library.vocabularies import ClauseKind, ClauseState, ContractDocument
from clauses.reports.models import ExperienceReport
from clauses.reports.story import put, story_of_row
from community.members.models import Member, Organisation, OrganisationKind, Territory
from community.spaces.models import Membership, Role, Space, SpaceVisibility
from community.taxonomy.models import Objective, Pillar, PurchaseFamily, Tag, Theme
from qa.models import Answer, Comment, Question


class TerritoryFactory(DjangoModelFactory):
    class Meta:
        model = Territory

    code = factory.Sequence(lambda n: f"T{n}")
    kind = "departement"
    name = factory.Sequence(lambda n: f"Département {n}")


class PurchaseFamilyFactory(DjangoModelFactory):
    class Meta:
        model = PurchaseFamily

    code = factory.Sequence(lambda n: f"FAM{n}")
    slug = factory.Sequence(lambda n: f"famille-{n}")
    label = factory.Sequence(lambda n: f"Famille {n}")


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    code = factory.Sequence(lambda n: f"theme-{n}")
    label = factory.Sequence(lambda n: f"Thème {n}")


class TagFactory(DjangoModelFactory):
    class Meta:
        model = Tag

    name = factory.Sequence(lambda n: f"mot-clé {n}")
    slug = factory.Sequence(lambda n: f"mot-cle-{n}")


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Communauté de communes {n}")
    kind = OrganisationKind.LOCAL

    class Params:
        known = factory.Trait(confirmed_at=factory.LazyFunction(timezone.now))


class MemberFactory(DjangoModelFactory):
    """Verified by default; `newcomer` is not, `staff` administers the platform, with a second factor by default."""

    class Meta:
        model = Member
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"membre{n}@example.org")
    first_name = "Claude"
    last_name = factory.Sequence(lambda n: f"Martin{n}")
    verified_at = factory.LazyFunction(timezone.now)
    charter_accepted_at = factory.LazyFunction(timezone.now)
    password = factory.django.Password("correct cheval pile agrafe")

    class Params:
        newcomer = factory.Trait(verified_at=None)
        staff = factory.Trait(is_staff=True)

    @factory.post_generation
    def second_factor(self, create, wanted, **kwargs):
        if create and self.is_staff and wanted is not False:
            Authenticator.objects.create(user=self, type=Authenticator.Type.TOTP, data={"secret": ""})


class SpaceFactory(DjangoModelFactory):
    class Meta:
        model = Space
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"espace-{n}")
    name = factory.Sequence(lambda n: f"Espace {n}")
    visibility = SpaceVisibility.OPEN

    class Params:
        members_only = factory.Trait(visibility=SpaceVisibility.MEMBERS)
        private = factory.Trait(visibility=SpaceVisibility.PRIVATE)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    space = factory.SubFactory(SpaceFactory)
    member = factory.SubFactory(MemberFactory)
    role = Role.MEMBER


class PostFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    author = factory.SubFactory(MemberFactory)
    created_at = factory.LazyFunction(timezone.now)

    @classmethod
    def _create(cls, model_class, *args, body="Un texte **utile**.", **kwargs):
        post = model_class(*args, **kwargs)
        post.set_body(body)
        post.save()
        return post


class QuestionFactory(PostFactory):
    class Meta:
        model = Question

    title = factory.Sequence(lambda n: f"Comment contrôler la part de bio servie, cas {n} ?")
    slug = factory.Sequence(lambda n: f"controler-la-part-de-bio-{n}")
    last_activity_at = factory.SelfAttribute("created_at")


class AnswerFactory(PostFactory):
    """Takes the next position of its thread and keeps the thread's counters right."""

    class Meta:
        model = Answer

    question = factory.SubFactory(QuestionFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        question = kwargs["question"]
        question.post_count += 1
        question.answer_count += 1
        question.save(update_fields=["post_count", "answer_count"])
        kwargs.setdefault("position", question.post_count)
        return super()._create(model_class, *args, **kwargs)


class CommentFactory(DjangoModelFactory):
    class Meta:
        model = Comment

    question = factory.SubFactory(QuestionFactory)
    author = factory.SubFactory(MemberFactory)
    text = "Et pour les lots de moins de 40 000 € ?"
    created_at = factory.LazyFunction(timezone.now)


class ClauseFactory(DjangoModelFactory):
    """Published, with one version, one wording and its variable; `draft` and `in_review` have no version yet.

    `criterion` is a complete award criterion but for the requirement it notes: `links_to` (a clause) gives it one.
    `wordings`, `variables` and `content` (keys of `content.to_content`) replace what the text says.
    """

    class Meta:
        model = Clause

    author = factory.SubFactory(MemberFactory)
    title = factory.Sequence(lambda n: f"Relevé trimestriel des produits durables, cas {n}")
    summary = "Pour savoir quatre fois par an si la part promise est servie."
    kind = ClauseKind.ENVIRONMENTAL_CONDITION
    document = ContractDocument.CCTP
    pillar = Pillar.ENVIRONMENT
    state = ClauseState.PUBLISHED

    class Params:
        in_space = factory.Trait(space=factory.SubFactory(SpaceFactory))
        draft = factory.Trait(state=ClauseState.DRAFT)
        in_review = factory.Trait(state=ClauseState.IN_REVIEW)
        criterion = factory.Trait(
            kind=ClauseKind.CRITERION,
            document=ContractDocument.RC,
            title=factory.Sequence(lambda n: f"Critère « logistique et contenants », cas {n}"),
            content={
                "criterion": {
                    "assessed": "La solidité de la boucle de réemploi décrite dans l’offre.",
                    "expected_elements": "Schéma de la boucle et taux de retour engagé.",
                    "scoring_method": "",
                    "weight_min": 15,
                    "weight_max": 25,
                    "scale": [{"score": "10", "description": "Boucle décrite, retour engagé à 95 %"}],
                },
                "proofs": "Contrat du site de lavage.",
            },
        )

    @classmethod
    def _create(cls, model_class, *args, wordings=None, variables=None, content=None, links_to=None, **kwargs):
        state = kwargs.pop("state")
        clause = model_class(*args, **kwargs, live=False)
        texts = to_content(clause) | {"natures": ["supplies", "services"], "why": "Sans relevé, rien ne se vérifie."}
        texts["objectives"] = [clause_objective().code]
        texts["wordings"] = wordings or [{"text": "Sous {delai} jours, le titulaire remet un relevé par produit."}]
        texts["variables"] = variables or [{"key": "delai", "label": "délai", "unit": "jours", "default": "30"}]
        texts |= content or {}
        if links_to is not None:
            texts["links"] = [{"relation": "pair", "reference": links_to.reference}]
        apply_content(clause, texts)
        clause.slug = slugify(clause.title)[:80]
        clause.state = state if state in (ClauseState.DRAFT, ClauseState.IN_REVIEW) else ClauseState.DRAFT
        clause.save()
        if clause.state != state:
            whole = to_content(clause)
            show(clause, whole, write_version(clause, whole, author=clause.author, actor=clause.author, note=""), None)
            if state != ClauseState.PUBLISHED:
                change_clause(clause, state=state)
        if texts["bases"]:
            record_clause_references(clause, texts)
        return clause


def clause_objective() -> Objective:
    return Objective.objects.get_or_create(
        code="alimentation_durable", defaults={"label": "Alimentation durable", "pillar": Pillar.ENVIRONMENT}
    )[0]


class ExperienceReportFactory(DjangoModelFactory):
    """Published, signed, about an awarded contract; `draft` is its author's alone, `hidden` a moderator's decision.

    `texts` are the parts of the story, by name.
    """

    class Meta:
        model = ExperienceReport

    author = factory.SubFactory(MemberFactory)
    title = factory.Sequence(lambda n: f"De 14 à 24 % de bio constaté, récit {n}")
    outcome = "awarded"
    state = "published"
    published_at = factory.LazyFunction(timezone.now)

    class Params:
        draft = factory.Trait(state="draft", published_at=None)
        withdrawn = factory.Trait(state="withdrawn")
        hidden = factory.Trait(hidden_at=factory.LazyFunction(timezone.now), hidden_reason="Nom d’une entreprise.")
        masked = factory.Trait(naming="anonymous", hides_organisation=True, rounds=True)

    @classmethod
    def _create(cls, model_class, *args, texts=None, themes=(), clauses=(), tags=(), **kwargs):
        report = model_class(*args, **kwargs)
        story = replace(story_of_row(report), texts=texts or {"need": "Savoir si la part **promise** est servie."})
        put(report, story)
        report.save()
        report.themes.set(themes)
        report.clauses.set(clauses)
        report.tags.set(tags)
        return report


class SuggestionFactory(DjangoModelFactory):
    """One change of the first paragraph of a clause's first wording."""

    class Meta:
        model = EditSuggestion

    clause = factory.SubFactory(ClauseFactory)
    author = factory.SubFactory(MemberFactory)
    base_version = factory.SelfAttribute("clause.version")

    @classmethod
    def _create(cls, model_class, *args, after="Sous {delai} jours ouvrés, le titulaire remet un relevé.", **kwargs):
        suggestion = super()._create(model_class, *args, **kwargs)
        wording = suggestion.clause.wordings.first()
        Hunk.objects.create(
            suggestion=suggestion,
            wording_key=wording.key,
            position=1,
            kind=HunkKind.CHANGE,
            before=wording.text,
            after=after,
            why="« Jours » seul est discuté.",
        )
        return suggestion
