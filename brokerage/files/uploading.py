"""While a file is still coming in: what is over the limit is counted and dropped, and takes up neither disk nor memory."""

import io

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

FAR_TOO_MUCH = 4  # times the limit: not even read to its end


class TooLarge(UploadedFile):
    """What is left of a file that was over the limit: its name, so that the form can say so."""

    def __init__(self, name):
        super().__init__(io.BytesIO(), name, "application/octet-stream", 0)


class ToDisk(TemporaryFileUploadHandler):
    """Into a temporary file, up to the limit."""

    came = 0

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if content_length > FAR_TOO_MUCH * settings.LARGEST_FILE:
            raise RequestDataTooBig("Far more was sent than any form here asks for.")

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.came = 0

    def receive_data_chunk(self, raw_data, start):
        self.came += len(raw_data)
        if not self.is_over:
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size):
        if not self.is_over:
            return super().file_complete(file_size)
        self.file.close()  # and with it the file is gone
        return TooLarge(self.file_name)

    @property
    def is_over(self) -> bool:
        return self.came > settings.LARGEST_FILE
