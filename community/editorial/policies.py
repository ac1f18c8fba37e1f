"""What Wagtail's editing side lists: the pages of a space are for those who read it, whatever a group may edit.

Superusers included: platform staff reads private content by exceptional access only.
"""

from wagtail.permission_policies.pages import PagePermissionPolicy

from .models import BasePage, ResourcePage
from .querysets import closed_space_paths, is_under, outside


class SpacePagePolicy(PagePermissionPolicy):
    """Wagtail's own, less the pages of the spaces that the user does not read: explorer, searches, menus, reports."""

    def instances_user_has_any_permission_for(self, user, actions):
        return outside(super().instances_user_has_any_permission_for(user, actions), closed_space_paths(user))

    def explorable_instances(self, user):
        return outside(super().explorable_instances(user), closed_space_paths(user))

    def user_has_any_permission_for_instance(self, user, actions, instance):
        if is_under(instance.path, closed_space_paths(user)):
            return False
        return super().user_has_any_permission_for_instance(user, actions, instance)


def mendable_pages(member):
    """Those whose words the member may change and let out in /cms/, as long as nobody locked them."""
    if not member.is_authenticated:
        return ResourcePage.objects.none()
    publishable = SpacePagePolicy(BasePage).instances_user_has_permission_for(member, "publish")
    allowed = publishable.order_by().values("pk")
    return ResourcePage.objects.visible_to(member).filter(pk__in=allowed, locked=False)
