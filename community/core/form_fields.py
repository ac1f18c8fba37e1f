"""Fields that forms of every room share."""

import uuid
from datetime import datetime, time

from django import forms
from django.utils import timezone


class TokenField(forms.UUIDField):
    """Names the form that was sent, so that a second click makes nothing more; a foreign value is ignored."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs):
        super().__init__(required=False, initial=uuid.uuid4, **kwargs)

    def clean(self, value):
        try:
            return super().clean(value)
        except forms.ValidationError:
            return None


class DayField(forms.DateField):
    def __init__(self, **kwargs):
        super().__init__(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class EndOfDayField(DayField):
    """A day in the current zone, as the moment when it ends."""

    def to_python(self, value):
        day = super().to_python(value)
        return timezone.make_aware(datetime.combine(day, time(23, 59))) if day else None

    def prepare_value(self, value):
        return timezone.localtime(value).date() if isinstance(value, datetime) else value
