"""What is sent is set as French is set, whoever wrote it."""

from django.http import HttpResponse, StreamingHttpResponse

from core.typography import keep_words_together

SAID = "<head></head><p>Il reste : deux places</p>"


def test_a_page_is_set_and_nothing_else_is():
    def sent(response):
        return keep_words_together(lambda request: response)(None)

    assert sent(HttpResponse(SAID)).text == SAID.replace(" :", "\N{NO-BREAK SPACE}:")
    assert sent(HttpResponse(SAID, content_type="text/plain")).text == SAID
    assert b"".join(sent(StreamingHttpResponse([SAID]))).decode() == SAID
