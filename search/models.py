"""What the database stores keep, and what belongs to the search itself: synonyms, words, saved searches, misses."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.core.models import Attachment

from .analysis.synonyms import MAX_ALTERNATIVES, ONE_WAY
from .querysets import OutboxQuerySet, SavedSearchQuerySet, SearchMissQuerySet


class SearchAcl(models.Model):
    """One list of those who may find a document, shared by all the documents that have it; `names` is its spelling."""

    names = models.TextField(unique=True)

    class Meta:
        verbose_name = _("liste d’accès de la recherche")

    def __str__(self) -> str:
        return self.names


class SearchAclName(models.Model):
    """One of those of a list: `public`, `space:12`, `moderators:12`, `member:9`."""

    acl = models.ForeignKey(SearchAcl, models.CASCADE, related_name="each")
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "acl"], name="search_acl_name_once")]

    def __str__(self) -> str:
        return self.name


class SearchGroup(models.Model):
    """What documents share that the same people find and the same filters keep: facets are counted by groups.

    `name` is a digest of the rest; `facets` the values of those that a document may have several of.
    """

    name = models.CharField(max_length=32, unique=True)
    acl = models.ForeignKey(SearchAcl, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    space_id = models.BigIntegerField(null=True)
    family_id = models.BigIntegerField(null=True)
    top_family_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=20, blank=True)
    facets = models.TextField(blank=True)

    class Meta:
        verbose_name = _("groupe de documents de la recherche")

    def __str__(self) -> str:
        return f"{self.kind} {self.state} {self.facets}"


class SearchDocument(models.Model):
    """What filters and orders; the text is beside, in `SearchText`, under the same key.

    `part` numbers the documents of one object, from 0. `thread` is what results collapse on. `written` is in
    microseconds since 1970, `weight` multiplies the score, `digest` tells whether the document changed. `opened` and
    `owner_id` serve the spaces that protect their past; nothing is ever found by them (`auteur:` reads signed names).
    """

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    part = models.PositiveSmallIntegerField(default=0)
    thread = models.CharField(max_length=40)
    group = models.ForeignKey(SearchGroup, models.PROTECT, related_name="+", db_index=False)
    owner_id = models.BigIntegerField(null=True)
    written = models.BigIntegerField()
    opened = models.BigIntegerField()
    weight = models.FloatField(default=1.0)
    digest = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("document de la recherche")
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "part"], name="search_document_once"),
        ]
        indexes = [
            # All that counting and choosing read of the thousands of documents that hold a common word.
            models.Index(fields=["id", "group", "written", "weight"], name="search_document_narrow"),
            # The same of all documents, without words.
            models.Index(fields=["group", "written", "weight"], name="search_document_by_group"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"


class SearchText(models.Model):
    """Readable title and body, for excerpts, and their tokens; the full-text index of each database follows them."""

    document = models.OneToOneField(SearchDocument, models.CASCADE, primary_key=True, related_name="text")
    title = models.TextField()
    body = models.TextField()
    title_words = models.TextField()
    body_words = models.TextField()
    title_stems = models.TextField()
    body_stems = models.TextField()
    context = models.TextField()

    class Meta:
        verbose_name = _("texte de la recherche")

    def __str__(self) -> str:
        return self.title[:40]


class AttachmentText(models.Model):
    """What a file says, read once in the background; empty for one that could not be read."""

    attachment = models.OneToOneField(
        Attachment, models.CASCADE, primary_key=True, related_name="search_text", verbose_name=_("pièce jointe")
    )
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("texte d’une pièce jointe")

    def __str__(self) -> str:
        return self.text[:40]


class SearchFacet(models.Model):
    """Values of a document that may have several: documents of the contract, objectives, tags."""

    document = models.ForeignKey(SearchDocument, models.CASCADE, related_name="facets")
    name = models.CharField(max_length=12)
    value = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "name", "value"], name="search_facet_once")]
        indexes = [models.Index(fields=["name", "value"], name="search_facet_value")]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class SearchWord(models.Model):
    """A word that texts hold, for corrections and for what resembles; `seen` is in how many, when last counted.

    `stem` is that of its letters without accents: what is searched by one form finds all the forms of a stem.
    """

    word = models.CharField(max_length=40, primary_key=True)
    backwards = models.CharField(max_length=40, db_index=True)
    stem = models.CharField(max_length=41)
    length = models.PositiveSmallIntegerField()
    seen = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("mot de la recherche")
        indexes = [models.Index(fields=["stem", "seen"], name="search_word_stem")]

    def __str__(self) -> str:
        return self.word


def check_synonyms(text: str) -> None:
    left, arrow, right = text.partition(ONE_WAY)
    if ONE_WAY in right:
        raise ValidationError(_("Une seule flèche « => » par groupe."))
    terms = [term for term in (right if arrow else left).split(",") if term.strip()]
    if len(terms) < (1 if arrow else 2) or not left.strip():
        raise ValidationError(_("Écrivez au moins deux expressions, séparées par des virgules."))
    if len(terms) > MAX_ALTERNATIVES:
        raise ValidationError(
            _("Un groupe a au plus %(count)d expressions\u00a0: faites-en deux."), params={"count": MAX_ALTERNATIVES}
        )


class SynonymGroup(models.Model):
    """Expressions that mean the same, or with « => » one that is also searched as others, and not the reverse."""

    terms = models.TextField(
        _("expressions"),
        unique=True,
        validators=[check_synonyms],
        help_text=_(
            "Séparées par des virgules : « ccap, cahier des clauses administratives particulières ». "
            "Pour un sigle ambigu, dans un seul sens : « rc => rc, règlement de la consultation »."
        ),
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("groupe de synonymes")
        verbose_name_plural = _("synonymes de la recherche")
        ordering = ["terms"]

    def __str__(self) -> str:
        return self.terms[:80]


# In an index of PostgreSQL, a value holds 2,700 bytes; addresses are written in ASCII.
MAX_ADDRESS = 2_000


class SavedSearch(models.Model):
    """A search that its member wants to hear of; what is dated before `told_until` is no news to her."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    address = models.CharField(max_length=MAX_ADDRESS)
    label = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    told_until = models.DateTimeField()

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("recherche enregistrée")
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["member", "address"], name="saved_search_once")]

    def __str__(self) -> str:
        return self.label


class SearchMiss(models.Model):
    """Words that found nothing on a day, and how often: who typed them is not kept."""

    text = models.CharField(max_length=80)
    day = models.DateField()
    times = models.PositiveIntegerField(default=1)

    objects = SearchMissQuerySet.as_manager()

    class Meta:
        verbose_name = _("recherche sans résultat")
        constraints = [models.UniqueConstraint(fields=["text", "day"], name="search_miss_once")]

    def __str__(self) -> str:
        return self.text


class OutboxEntry(models.Model):
    """An object that changed and that the search server has not been told of."""

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("changement à indexer")
        indexes = [models.Index(fields=["kind", "object_id"], name="search_outbox_key")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"
