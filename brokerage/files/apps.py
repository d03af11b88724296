from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "brokerage.files"
    label = "files"
    verbose_name = "Files that people handed in"

    def ready(self):
        from brokerage.files import checks  # noqa: F401
