from .pages import get_rendition_or_404, get_resource_or_404

__all__ = ["get_rendition_or_404", "get_resource_or_404"]
