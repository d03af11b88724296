from django.urls import Resolver404, resolve
from pghistory.middleware import HistoryMiddleware


class EvidenceMiddleware(HistoryMiddleware):
    """Who and where, on every row a request changes. A link's token is a secret, so it is left out of the address."""

    def get_context(self, request):
        return {**super().get_context(request), "url": without_token(request.path_info)}


def without_token(path: str) -> str:
    try:
        token = resolve(path).kwargs.get("token")
    except Resolver404:
        return "unknown address"
    return path.replace(str(token), "[link]") if token else path
