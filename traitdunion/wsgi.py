"""What gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traitdunion.settings.base")

application = get_wsgi_application()

# Before the first page rather than during it; and what is loaded by now stays: no page waits for the
# collector of cycles to read it all again.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
