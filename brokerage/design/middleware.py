"""What holds for every request, and for every answer to somebody signed in."""

from django.core.exceptions import BadRequest


def no_nul(get_response):
    """No name, number or word holds the character NUL, and PostgreSQL cannot even be asked about it."""

    def middleware(request):
        words = [request.path_info, *request.COOKIES.values(), *_flat(request.GET)]
        if any("\0" in word for word in words):
            raise BadRequest("NUL in the address or a cookie")
        return get_response(request)

    return middleware


def kept_nowhere(get_response):
    """What somebody reads here signed in stays in no browser's store: the next person at the desk finds nothing."""

    def middleware(request):
        answer = get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in answer:
            answer["Cache-Control"] = "no-store"
        return answer

    return middleware


def _flat(query):
    for name, values in query.lists():
        yield name
        yield from values
