"""How gunicorn serves: two workers of four threads.

They share the memory of what was imported before they were made.
"""

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
    """Imports what the first request would.

    Freezing keeps the garbage collector from writing to the memory that workers share.
    """
    list(get_resolver().url_patterns)
    gc.collect()
    gc.freeze()
