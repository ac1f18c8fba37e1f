from django import forms


class SignupForm(forms.Form):
    """What allauth's form is extended with."""

    def signup(self, request, user):
        """allauth calls this once the account is made."""
