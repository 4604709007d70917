"""Who may reach the suggestions: everybody."""

from tests.access.answers import public

ROUTES = {
    "territories:places": public(query="?q=metz"),
    "territories:occupations": public(query="?q=macon"),
}
