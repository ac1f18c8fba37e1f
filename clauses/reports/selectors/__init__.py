from .experience import get_experience_or_404
from .usage import get_report_or_404

__all__ = ["get_experience_or_404", "get_report_or_404"]
