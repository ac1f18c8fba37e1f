"""What follows from allauth's signals: an address confirmed or changed says who vouches for the member."""

from allauth.account.signals import email_changed, email_confirmed
from allauth.usersessions.models import UserSession
from django.db.models.signals import pre_save
from django.dispatch import receiver

from .actions import recheck_verification, verify_by_domain
from .models import Member
from .security import network_of


@receiver(email_confirmed, dispatch_uid="members.verify_by_domain")
def verify_by_confirmed_domain(*, email_address, **kwargs) -> None:
    verify_by_domain(member=Member.objects.get(pk=email_address.user_id))


@receiver(email_changed, dispatch_uid="members.recheck_after_email_change")
def recheck_after_email_change(*, user, **kwargs) -> None:
    recheck_verification(member=Member.objects.get(pk=user.pk))


@receiver(pre_save, sender=UserSession, dispatch_uid="members.keep_no_whole_address")
def keep_no_whole_address(*, instance, **kwargs) -> None:
    """allauth notes where a session comes from; we keep the network only, enough to recognise a device."""
    instance.ip = network_of(instance.ip)
