"""What the commands share."""

from typing import NoReturn

from django.core.management.base import BaseCommand

from accounts.models import Team


class Shell(BaseCommand):
    def refuse(self, why: str) -> NoReturn:
        """Ends the command with the status 1."""
        self.stderr.write(why)
        raise SystemExit(1)

    def team_named(self, slug: str | None) -> Team | None:
        """None, the shared library, where no team is asked for."""
        team = Team.objects.filter(slug=slug).first() if slug else None
        if slug and not team:
            self.refuse(f"--team: there is no team {slug!r}.")
        return team
