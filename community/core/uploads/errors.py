from community.core.errors import Invalid


class UploadError(Invalid):
    """A file that cannot be taken; the sentence says how to mend it."""
