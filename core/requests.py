"""What no page ever needs is refused at the door."""

from django.core.exceptions import BadRequest


def refuse_null_bytes(get_response):
    """A NUL byte never comes from a person, and PostgreSQL refuses it: answer 400, not 500."""

    def middleware(request):
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("octet nul dans l’adresse")
        if any("\x00" in value for value in request.COOKIES.values()):  # Quoted, it may be written \000.
            raise BadRequest("octet nul dans un cookie")
        return get_response(request)

    return middleware
