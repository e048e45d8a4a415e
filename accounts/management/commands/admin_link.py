"""The way in for the first administrator."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.links import NameTakenError, one_time_link, waiting_administrator


class Command(BaseCommand):
    help = "Make sure that there is an administrator, and print a one-time link until one has set a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--url", default="", help="address of this site, if not SITE_URL")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            administrator = waiting_administrator()
        except NameTakenError as error:
            raise CommandError(f"{error} is no administrator; make one with createsuperuser.") from error
        if administrator is None:
            self.stdout.write("An administrator has a password: sign in with it.")
            return
        self.stdout.write(f"{administrator.username} sets a password here, once:")
        self.stdout.write(one_time_link(administrator, options["url"]))
