"""The entry point of the server."""

import os
from pathlib import Path

from django.core.wsgi import get_wsgi_application
from environ import Env

# The private file that `make run` writes; the environment itself comes first.
Env.read_env(Path(__file__).resolve().parent.parent / ".env")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prep.settings")
application = get_wsgi_application()
