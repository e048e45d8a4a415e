"""Prints a one-time link on which somebody sets a new password."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.links import one_time_link
from accounts.models import User


class Command(BaseCommand):
    help = "Print a link on which USERNAME sets a new password. It works once, for three days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--url", default="", help="address of this site, if not SITE_URL")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username__iexact=options["username"], is_active=True).first()
        if user is None:
            raise CommandError(f"No active account is called {options['username']!r}.")
        self.stdout.write(one_time_link(user, options["url"]))
