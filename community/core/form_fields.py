"""Fields that forms of every room share."""

import uuid
from datetime import datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MAX_FILES = 5


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


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Several files, for forms without JavaScript: each is stored and its link put at the end of the text."""

    widget = FilesInput

    def __init__(self, **kwargs):
        super().__init__(required=False, label=_("Joindre des fichiers"), **kwargs)

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data]
        files = [super(FilesField, self).clean(each, initial) for each in files if each]
        if len(files) > MAX_FILES:
            raise forms.ValidationError(_("Joignez au plus %(count)d fichiers à la fois.") % {"count": MAX_FILES})
        return files
