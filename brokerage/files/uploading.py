"""While a file is still coming in: what is over the limit is counted and dropped, and takes up neither disk nor memory."""

import io

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

FAR_TOO_MUCH = 4  # times the limit: not even read to its end


class TooLarge(UploadedFile):
    """What is left of a file that was over the limit: its name, so that the form can say so."""

    def __init__(self, name, size):
        super().__init__(io.BytesIO(), name, "application/octet-stream", 0)
        self.came_to = size


class AtMost(FileUploadHandler):
    """Stands first among the upload handlers."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if content_length > FAR_TOO_MUCH * settings.LARGEST_FILE:
            raise RequestDataTooBig("Far more was sent than any form here asks for.")

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.came = 0

    def receive_data_chunk(self, raw_data, start):
        self.came += len(raw_data)
        return None if self.is_over else raw_data

    def file_complete(self, file_size):
        return TooLarge(self.file_name, self.came) if self.is_over else None

    @property
    def is_over(self) -> bool:
        return self.came > settings.LARGEST_FILE
