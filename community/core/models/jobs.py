"""What background work keeps: start-up steps done, recurring jobs, workers that live, and the mails that wait."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ScheduledJob(models.Model):
    """When a recurring job is due next; whoever moves `next_run` forward is the one that runs it."""

    name = models.CharField(max_length=100, unique=True)
    next_run = models.DateTimeField()
    last_run = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("tâche récurrente")

    def __str__(self):
        return self.name


class StartupStamp(models.Model):
    """What `serve` did to this database, and the state of the sources it did it from: the next start skips it."""

    step = models.CharField(max_length=40, primary_key=True)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("étape de démarrage")

    def __str__(self):
        return self.step


class WorkerBeat(models.Model):
    """Sign of life of a process that runs tasks; its running tasks are taken back when it stops giving any."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    beaten_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("signe de vie")

    def __str__(self):
        return self.worker_id


class OutgoingMail(models.Model):
    """A mail that waits for its task, or a trace without content of one that left.

    `context` holds ids and short strings, emptied once the mail left: it may carry a sign-in code.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=80)
    to = models.EmailField(max_length=254)
    context = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("courriel")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_at=None) | models.Q(dropped_at=None), name="mail_sent_or_dropped"
            )
        ]
        indexes = [models.Index(fields=["created_at"])]

    def __str__(self):
        return f"{self.kind} {self.pk}"
