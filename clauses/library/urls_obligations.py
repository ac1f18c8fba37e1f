"""What the law asks of a contract, and the note that says it to elected officials."""

from django.urls import path

from .views.note import obligations_note
from .views.obligations import obligations

acts = [
    path("obligations/", obligations, name="obligations"),
    path("obligations/note/", obligations_note, name="obligations_note"),
]
