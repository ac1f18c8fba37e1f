"""Rows for tests, plausible and small. Texts go through the renderer as in the product."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from community.members.models import Member, Organisation, OrganisationKind, Territory
from community.spaces.models import Membership, Role, Space, SpaceVisibility
from community.taxonomy.models import PurchaseFamily, Tag, Theme
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
    """Verified by default; `newcomer` is not, `staff` administers the platform."""

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
