from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class CappedUploadHandler(FileUploadHandler):
    """Stops reading a request whose files together exceed `UPLOAD_MAX_REQUEST_BYTES`, before any view sees it.

    Sizes of single files are the business of `store_upload`, which can say so in a sentence.
    """

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None) -> None:
        self.received = 0
        self._check(content_length or 0)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        self._check(self.received)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

    def _check(self, size: int) -> None:
        if size > settings.UPLOAD_MAX_REQUEST_BYTES:
            raise RequestDataTooBig("The files of this request are too large.")
