"""The form of an experience report: what it tells, what others will see of its author."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clauses.library.content import REFERENCE
from clauses.library.forms.obligations import AmountField
from clauses.library.models import Clause
from clauses.reports.identity import telling_words, traces
from clauses.reports.models import ExperienceReport
from clauses.reports.story import Story, texts_of
from clauses.reports.vocabularies import (
    FIRST_YEAR,
    LAST_YEAR,
    MAX_BIDS,
    MAX_CLAUSES,
    MAX_FILES,
    MAX_SUMMARY,
    MAX_THEMES,
    MAX_TITLE,
    TEXTS,
    TOLD_OUTCOMES,
    Advice,
    Buyer,
    Naming,
    Outcome,
    Size,
    Subject,
    TextKept,
)
from community.core.form_fields import DayField, FilesField, TokenField
from community.core.guarded import GuardedForm, Passage
from community.core.models import Attachment
from community.members.display import displayed
from community.members.forms.fields import GroupedTerritoryField
from community.spaces.forms import SpaceField
from community.spaces.models import Space
from community.taxonomy.fields import FamilyField
from community.taxonomy.models import Theme
from community.taxonomy.procurement import Procedure
from community.taxonomy.tags import MAX_TAG, MAX_TAGS

from .fields import GapField, story_field

NOT_SAID = [("", _("Non précisé"))]
PLAIN = (
    *("subject", "title", "summary", "text_kept", "buyer", "size", "procedure", "launched_on", "year", "bids"),
    *("weight", "price_gap", "outcome", "advice", "naming", "hides_organisation", "rounds", "family", "territory"),
)


class ExperienceForm(GuardedForm):
    """`must_be_whole`: on publication only; a draft is kept as it is."""

    # The keywords too: free, shown to all, and indexed.
    guarded = ("title", "summary", *TEXTS, "tags")

    title = forms.CharField(label=_("Titre du récit"), required=False, max_length=MAX_TITLE)
    summary = forms.CharField(
        label=_("En une phrase"),
        help_text=_("Elle s’affiche dans la liste ; sans elle, nous prenons le début de votre texte."),
        required=False,
        max_length=MAX_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    subject = forms.ChoiceField(
        label=_("Votre récit porte sur"),
        choices=Subject.choices,
        initial=Subject.PURCHASE,
        required=False,
        widget=forms.RadioSelect,
    )
    family = FamilyField()
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.all(), label=_("Thèmes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    clauses = forms.CharField(
        label=_("Clauses appliquées"),
        help_text=_("Leurs références, comme CL-0318, séparées par des virgules."),
        required=False,
        max_length=200,
    )
    text_kept = forms.ChoiceField(label=_("Leur texte"), choices=[*NOT_SAID, *TextKept.choices], required=False)
    buyer = forms.ChoiceField(label=_("Type d’acheteur"), choices=[*NOT_SAID, *Buyer.choices], required=False)
    size = forms.ChoiceField(label=_("Taille"), choices=[*NOT_SAID, *Size.choices], required=False)
    territory = GroupedTerritoryField()
    procedure = forms.ChoiceField(label=_("Procédure"), choices=[*NOT_SAID, *Procedure.choices], required=False)
    amount = AmountField(
        label=_("Montant, en euros hors taxes"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 40}),
    )
    launched_on = DayField(label=_("Consultation lancée le"))
    year = forms.IntegerField(
        label=_("Année"),
        help_text=_("Si vous ne donnez pas de date."),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
    )
    bids = forms.IntegerField(label=_("Offres reçues"), required=False, min_value=0, max_value=MAX_BIDS)
    weight = forms.IntegerField(label=_("Poids du critère, en %"), required=False, min_value=0, max_value=100)
    price_gap = GapField(label=_("Écart de prix, en %"))
    outcome = forms.ChoiceField(
        label=_("Quel résultat ?"), choices=TOLD_OUTCOMES, required=False, widget=forms.RadioSelect
    )
    context, need = story_field("context"), story_field("need", rows=4)
    lever, wording = story_field("lever", rows=4), story_field("wording", rows=5)
    worked, difficulties = story_field("worked"), story_field("difficulties")
    execution, redo = story_field("execution"), story_field("redo")
    advice = forms.ChoiceField(
        label=_("Le recommanderiez-vous ?"), choices=Advice.choices, required=False, widget=forms.RadioSelect
    )
    tags = forms.CharField(
        label=_("Mots-clés"),
        required=False,
        max_length=(MAX_TAG + 2) * MAX_TAGS,
        help_text=_("Cinq au plus, séparés par des virgules."),
    )
    files = FilesField()
    space = SpaceField()
    naming = forms.ChoiceField(
        label=_("Qui signe"), choices=Naming.choices, initial=Naming.NAME, required=False, widget=forms.RadioSelect
    )
    hides_organisation = forms.BooleanField(label=_("Masquer mon organisation"), required=False)
    rounds = forms.BooleanField(label=_("Arrondir le montant et les dates"), required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    client_token = TokenField()

    def __init__(self, *args, member, report: ExperienceReport | None = None, must_be_whole: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.member, self.report, self.must_be_whole = member, report, must_be_whole
        self.fields["family"].group()
        self.fields["territory"].group()
        if report is not None and report.is_published:
            # Where it is read does not change under its readers.
            del self.fields["space"]
        else:
            self.fields["space"].queryset = Space.objects.askable_by(member)
        self.fields["outcome"].choice_hints = {
            Outcome.AWARDED: _("Le marché est signé avec cette clause."),
            Outcome.NO_AWARD: _("Aucune offre, ou aucune acceptable."),
            Outcome.ABANDONED: _("La clause ou la procédure a été retirée."),
            Outcome.DISPUTED: _("Un candidat l’a mise en cause, avec ou sans recours."),
        }
        self.fields["naming"].choice_hints = {
            naming: displayed(member, naming).name for naming in (Naming.NAME, Naming.KIND, Naming.ANONYMOUS)
        }

    def clean_launched_on(self):
        day = self.cleaned_data["launched_on"]
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(_("Vérifiez l’année de cette date."))
        return day

    def clean_themes(self):
        themes = self.cleaned_data["themes"]
        if len(themes) > MAX_THEMES:
            raise forms.ValidationError(_("Choisissez au plus %(count)d thèmes.") % {"count": MAX_THEMES})
        return themes

    def clean_clauses(self) -> list[Clause]:
        typed = self.cleaned_data["clauses"]
        wanted = {int(found[1]): found[0] for found in REFERENCE.finditer(typed.upper())}
        if typed and not wanted:
            raise forms.ValidationError(_("Écrivez la référence de la clause, comme CL-0318."))
        if len(wanted) > MAX_CLAUSES:
            raise forms.ValidationError(_("Citez au plus %(count)d clauses.") % {"count": MAX_CLAUSES})
        found = Clause.objects.visible_to(self.member).in_bulk(wanted)
        missing = [reference for pk, reference in wanted.items() if pk not in found]
        if missing:
            raise forms.ValidationError(_("Aucune clause ne porte la référence %(name)s.") % {"name": missing[0]})
        return [found[pk] for pk in wanted]

    def clean(self):
        cleaned = super().clean()
        if self.must_be_whole:
            self._require(cleaned)
        if len(self.kept_files()) > MAX_FILES:
            self.add_error("files", _("Un récit porte au plus %(count)d fichiers.") % {"count": MAX_FILES})
        return cleaned

    def _require(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("title") and "title" not in self.errors:
            self.add_error(
                "title", _("Indiquez un titre, par exemple « 60 % de mobilier réemployé dans une médiathèque ».")
            )
        is_purchase = (cleaned.get("subject") or Subject.PURCHASE) == Subject.PURCHASE
        if is_purchase and not cleaned.get("outcome") and "outcome" not in self.errors:
            self.add_error("outcome", _("Choisissez l’une des quatre réponses."))
        if not any(cleaned.get(name, "").strip() for name in TEXTS):
            self.add_error("need", _("Racontez au moins le besoin : quelques phrases suffisent."))

    def kept_files(self) -> list[Attachment]:
        """The uploads that the form carries along, those unticked left out; somebody else's are as if absent."""
        if not self.is_bound:
            tokens, dropped = self.initial.get("file", ()), set()
        else:
            tokens, dropped = self.data.getlist("file")[: 2 * MAX_FILES], set(self.data.getlist("drop"))
        found = {each.token: each for each in Attachment.objects.filter(token__in=tokens, owner=self.member)}
        return [found[token] for token in dict.fromkeys(tokens) if token in found and token not in dropped]

    def passages(self) -> list[Passage]:
        """What looks confidential, and, where something is hidden, what still tells it."""
        found, kept = super().passages(), set(self.kept)
        known = {passage.excerpt for passage in found} | kept
        words = telling_words(
            self.member,
            naming=str(self.data.get("naming", Naming.NAME)),
            hides_organisation=bool(self.data.get("hides_organisation")),
            organisation=self._hidden_organisation(),
            territory=getattr(self, "cleaned_data", {}).get("territory"),
        )
        for name in self.guarded:
            for word in traces(str(self.data.get(name, "")), words):
                if word not in known:
                    known.add(word)
                    found.append(Passage(word, str(_("peut vous faire reconnaître")), ""))
        return found

    def _hidden_organisation(self):
        """Where she worked when she told it, wherever she works now: that one stays on what is published."""
        if self.report is not None and self.report.is_published and self.report.organisation_id:
            return self.report.organisation
        return self.member.organisation if self.member.organisation_id else None

    def story(self) -> Story:
        """What was written; a field in error is as if it were empty."""
        value = self.cleaned_data.get
        amount = value("amount")
        plain = {name: value(name) for name in PLAIN if value(name) not in (None, "")}
        return Story(
            **plain,
            texts={name: value(name) or "" for name in TEXTS},
            themes=tuple(value("themes") or ()),
            clauses=tuple(value("clauses") or ()),
            tags=tuple(name.strip() for name in (value("tags") or "").split(",") if name.strip()),
            amount=None if amount is None else round(amount),
            files=tuple(each.token for each in self.kept_files()),
        )


def initial_of(report: ExperienceReport, files: list[Attachment]) -> dict[str, Any]:
    """What the form of a saved report begins with."""
    values = {name: getattr(report, name) for name in (*PLAIN, "space")}
    return values | {
        "amount": None if report.amount is None else Decimal(report.amount),
        **texts_of(report),
        "themes": [theme.pk for theme in report.themes.all()],
        "clauses": ", ".join(clause.reference for clause in report.clauses.visible_to(report.author)),
        "tags": ", ".join(item.tag.name for item in report.tagged_items.select_related("tag")),
        "seen": report.version,
        "file": [each.token for each in files],
    }
