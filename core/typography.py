"""Pages set as French is set: done once, on what is sent, whoever wrote the words."""

from core.french import kept_together


def keep_words_together(get_response):
    """No line begins with « : »: on a phone, every second one would."""

    def middleware(request):
        response = get_response(request)
        if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            response.content = kept_together(response.text)
        return response

    return middleware
