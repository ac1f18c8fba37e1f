"""allauth's forms in the house's words: labels above the fields, no placeholder in their stead."""

from allauth.account import forms as account
from django.utils.translation import gettext_lazy as _

LABELS = {
    "email": _("Adresse électronique"),
    "login": _("Adresse électronique"),
    "password": _("Mot de passe"),
    "password1": _("Mot de passe"),
    "password2": _("Mot de passe, une seconde fois"),
    "oldpassword": _("Mot de passe actuel"),
    "remember": _("Rester connecté sur cet appareil"),
    "code": _("Code"),
}


class HouseWords:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)


class LoginForm(HouseWords, account.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class SignupForm(HouseWords, account.SignupForm):
    """In the order of the page, which is also that of the summary of errors."""

    field_order = (
        "first_name",
        "last_name",
        "account_kind",
        "email",
        "organisation_query",
        "organisation",
        "organisation_name",
        "organisation_kind",
        "siret",
        "territory",
        "job",
        "families_followed",
        "themes_followed",
        "password1",
        "password2",
        "charter",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].max_length = 200
        self.fields["email"].help_text = _(
            "De préférence celle de votre organisation : une adresse personnelle ne suffit pas à vérifier un compte. "
            "Vous recevrez un code pour la confirmer."
        )
        self.fields["password1"].help_text = _("Dix caractères au moins, une phrase convient.")


class ResetPasswordForm(HouseWords, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(HouseWords, account.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(HouseWords, account.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("Nouveau mot de passe")
        self.fields["password1"].help_text = _("Dix caractères au moins, une phrase convient.")


class AddEmailForm(HouseWords, account.AddEmailForm):
    pass


class RequestLoginCodeForm(HouseWords, account.RequestLoginCodeForm):
    pass


class ReauthenticateForm(HouseWords, account.ReauthenticateForm):
    pass
