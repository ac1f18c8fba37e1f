from .pages import page, picture, resource
from .topics import family_detail, family_list, family_watch, tag_page, tag_watch

__all__ = ["family_detail", "family_list", "family_watch", "page", "picture", "resource", "tag_page", "tag_watch"]
