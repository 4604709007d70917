"""What no page ever needs is refused at the door."""

from django.core.exceptions import BadRequest


def refuse_null_bytes(get_response):
    """A NUL byte never comes from a person, and PostgreSQL refuses it: answer 400, not 500."""

    def middleware(request):
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("octet nul dans l’adresse")
        return get_response(request)

    return middleware
