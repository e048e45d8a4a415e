"""How gunicorn serves: two workers of four threads, which share the memory of what was imported before them."""

import gc

from django.urls import get_resolver

wsgi_app = "prep.wsgi"
workers = 2
worker_class = "gthread"
threads = 4
preload_app = True
control_socket_disable = True
loglevel = "warning"
# A curator may load a large document or change thousands of questions at once.
timeout = 180


def when_ready(server: object) -> None:
    """Imports what the first request would, and keeps the collector from writing to shared memory."""
    list(get_resolver().url_patterns)
    gc.collect()
    gc.freeze()
