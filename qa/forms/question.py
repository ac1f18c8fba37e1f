from django import forms
from django.utils.translation import gettext_lazy as _

from community.core import contents
from community.core.form_fields import DayField, EndOfDayField, TokenField
from community.core.guarded import GuardedForm
from community.core.richtext import MAX_MARKDOWN
from community.spaces.models import Membership, Space
from community.taxonomy.fields import CpvField, FamilyField
from community.taxonomy.models import PurchaseFamily, Theme
from community.taxonomy.tags import MAX_TAG, MAX_TAGS
from qa.actions.ask import MAX_TITLE, MIN_TITLE, Filing
from qa.actions.edit import MAX_REASON
from qa.actions.texts import MAX_TRIED
from qa.models import AmountBracket, Procedure, Question, Stage, ThreadKind

from .fields import FilesField, SpaceField, TerritoryField, naming_field, naming_hints

PURCHASE, THEME, NOTHING = "purchase", "theme", "nothing"
NOW, AFTER_AWARD = "now", "embargo"
UNKNOWN = [("", _("Je ne sais pas encore"))]


class QuestionTextForm(GuardedForm):
    """What a question says and what it is filed under: what asking and editing have in common."""

    guarded = ("title", "body", "tried")

    title = forms.CharField(
        label=_("Votre question en une phrase"),
        help_text=_("Une vraie question, avec ce qui est acheté ou le thème : c’est ce que les autres liront d’abord."),
        min_length=MIN_TITLE,
        max_length=MAX_TITLE,
        error_messages={
            "required": _("Écrivez votre question en une phrase."),
            "min_length": _("Le titre compte au moins %(limit_value)d caractères : dites ce que vous cherchez."),
        },
    )
    body = forms.CharField(
        label=_("Votre situation"),
        help_text=_("Ce que vous voulez obtenir, ce qui vous bloque. Sans nom d’entreprise ni élément confidentiel."),
        max_length=MAX_MARKDOWN,
        error_messages={"required": _("Décrivez votre situation en quelques phrases.")},
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    tried = forms.CharField(
        label=_("Ce que vous avez déjà essayé"),
        required=False,
        max_length=MAX_TRIED,
        widget=forms.Textarea(
            attrs={
                "rows": 4,
                "placeholder": _("Clauses lues, collègues ou guichet consultés, réponse de votre juriste…"),
            }
        ),
    )
    attach = forms.ChoiceField(
        label=_("À quoi se rattache-t-elle ?"),
        choices=[(PURCHASE, _("À un achat")), (THEME, _("À un thème")), (NOTHING, _("Ni l’un ni l’autre"))],
        initial=PURCHASE,
        required=False,
    )
    family = FamilyField()
    cpv = CpvField()
    amount = forms.ChoiceField(label=_("Tranche de montant"), choices=UNKNOWN + AmountBracket.choices, required=False)
    procedure = forms.ChoiceField(label=_("Procédure"), choices=UNKNOWN + Procedure.choices, required=False)
    needed_by = DayField(label=_("Réponse utile avant le"))
    stage = forms.ChoiceField(
        label=_("Étape de la procédure"), choices=Stage.choices, required=False, widget=forms.RadioSelect
    )
    theme = forms.ModelChoiceField(
        Theme.objects.all(), label=_("Thème"), required=False, empty_label=None, widget=forms.RadioSelect
    )
    territory = TerritoryField()
    tags = forms.CharField(
        label=_("Mots-clés"),
        required=False,
        max_length=(MAX_TAG + 2) * MAX_TAGS,
        help_text=_("Cinq au plus, séparés par des virgules."),
    )
    files = FilesField()

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member
        self.fields["family"].group()
        self.fields["territory"].group()

    def clean(self):
        cleaned = super().clean()
        proposed = self.data.get("famille_proposee", "")
        if not cleaned.get("family") and proposed.isascii() and proposed.isdigit() and len(proposed) < 10:
            cleaned["family"] = PurchaseFamily.objects.filter(pk=proposed).first()
        return cleaned

    def filing(self) -> Filing:
        """Of the two cards « achat » and « thème », only the chosen one counts."""
        data = self.cleaned_data
        common = {"territory": data.get("territory")}
        attach = data.get("attach") or PURCHASE
        if attach == THEME:
            return Filing(theme=data.get("theme"), **common)
        if attach == NOTHING:
            return Filing(**common)
        names = ("family", "cpv", "amount", "procedure", "stage", "needed_by")
        return Filing(**common, **{name: data.get(name) or Filing.__dataclass_fields__[name].default for name in names})

    def tag_names(self) -> tuple[str, ...]:
        return tuple(name.strip() for name in self.cleaned_data["tags"].split(",") if name.strip())


class QuestionForm(QuestionTextForm):
    kind = forms.ChoiceField(
        label=_("Que lancez-vous ?"), choices=ThreadKind.choices, initial=ThreadKind.QUESTION, widget=forms.RadioSelect
    )
    pinned_until = EndOfDayField(label=_("Épinglée jusqu’au"))
    space = SpaceField()
    when = forms.ChoiceField(
        label=_("Quand publier"),
        choices=[(NOW, _("Maintenant")), (AFTER_AWARD, _("Après l’attribution du marché"))],
        initial=NOW,
        required=False,
    )
    publish_after = DayField(label=_("Attribution prévue le"))
    naming = naming_field(widget=forms.RadioSelect)
    client_token = TokenField()
    # « kind:number » of the content that the thread is opened to speak of.
    about = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, member=member, **kwargs)
        self.fields["space"].queryset = Space.objects.askable_by(member)
        self.discussed = find_discussed(member, str(self["about"].value() or ""))
        if self.discussed is not None:
            self.hold_place(contents.kind_of(self.discussed).space_id(self.discussed))
        self.fields["naming"].choice_hints = naming_hints(member)
        kind = self.fields["kind"]
        kind.choices = [
            (ThreadKind.QUESTION, _("Une question")),
            (ThreadKind.DISCUSSION, _("Une discussion")),
            (ThreadKind.ANNOUNCEMENT, _("Une annonce épinglée")),
        ]
        kind.choice_hints = {
            ThreadKind.QUESTION: _("Vous attendez une réponse à retenir."),
            ThreadKind.DISCUSSION: _("Un échange ouvert, sans réponse unique."),
            ThreadKind.ANNOUNCEMENT: _("Avec une date de fin. Réservée à l’animation de l’espace."),
        }
        self.may_announce = member.is_staff or Membership.objects.moderating().filter(member=member).exists()
        if not self.may_announce:
            kind.disabled_choices = {ThreadKind.ANNOUNCEMENT}

    def hold_place(self, space_id: int | None) -> None:
        """What is discussed is discussed among those who read it."""
        place = self.fields["space"]
        place.queryset = place.queryset.filter(pk=space_id)
        if space_id is not None:
            place.empty_label = None

    def about_key(self) -> tuple[str, int] | None:
        return (contents.kind_of(self.discussed).name, self.discussed.pk) if self.discussed is not None else None

    def clean(self):
        cleaned = super().clean()
        if (
            cleaned.get("when") == AFTER_AWARD
            and not cleaned.get("publish_after")
            and "publish_after" not in self.errors
        ):
            self.add_error("publish_after", _("Donnez la date prévue de l’attribution."))
        return cleaned

    def embargo(self):
        return self.cleaned_data["publish_after"] if self.cleaned_data.get("when") == AFTER_AWARD else None


def find_discussed(member, key: str):
    """The content that « kind:number » names, if a thread may be opened about it and the member sees it."""
    name, _colon, number = key.partition(":")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    found = contents.find_visible(member, name, int(number))
    return found if found is not None and contents.get(name).is_discussed else None


class QuestionEditForm(QuestionTextForm):
    reason = forms.CharField(
        label=_("Motif de la modification"),
        required=False,
        max_length=MAX_REASON,
        help_text=_("Il paraît dans l’historique, lisible par les mêmes personnes que le texte."),
    )
    edits = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @staticmethod
    def values_of(question: Question) -> dict:
        names = ("title", "body", "tried", "family", "cpv", "amount", "procedure", "stage", "needed_by", "theme")
        return {name: getattr(question, name) for name in (*names, "territory")} | {
            "tags": ", ".join(tag.name for tag in question.tags.all()),
            "attach": THEME if question.theme_id else PURCHASE,
        }
