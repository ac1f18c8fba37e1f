from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.core.errors import TooOften
from community.core.mail.account import send_account_mail
from community.core.ratelimits import too_often_sentence

from .domains import is_demo_account
from .security import lacks_second_factor

LOGIN_FAILURES_WINDOW = 300


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by e-mail; what Entraide adds is said method by method."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez-les, ou demandez un code par courriel."
        ),
        "incorrect_code": _("Ce code n’est pas le bon. Vérifiez le dernier courriel reçu."),
        "incorrect_password": _("Ce mot de passe n’est pas le bon."),
        "enter_current_password": _("Saisissez votre mot de passe actuel."),
        "duplicate_email": _("Cette adresse est déjà celle de votre compte."),
        "same_as_current": _("Choisissez une valeur différente de l’actuelle."),
    }

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        send_account_mail(template_prefix, email, context)

    def pre_authenticate(self, request, **credentials):
        """Past the limit of failures, 429 with the time to wait: the same page as everywhere else."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            wait = LOGIN_FAILURES_WINDOW
            raise TooOften(str(too_often_sentence(wait)), retry_after=wait) from None

    def authenticate(self, request, **credentials):
        if refuses_demo_account(credentials.get("email", "")):
            return None
        return super().authenticate(request, **credentials)

    def pre_login(self, request, user, **kwargs):
        """The last door, whatever the way in (code, passkey, reset)."""
        if refuses_demo_account(user.email):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def get_login_redirect_url(self, request):
        if request.user.is_staff and lacks_second_factor(request.user):
            return reverse("account_security")
        return super().get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request):
        return reverse("account_security")


def refuses_demo_account(email: str) -> bool:
    """Everybody knows the password of the demonstration: it opens nothing outside a laptop."""
    return is_demo_account(email) and not settings.LOOPBACK
