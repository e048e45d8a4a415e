"""A real Chromium against the live server: a pytest plugin that every test module may use.

`page` runs JavaScript and `plain_page` does not; both know the address: `page.goto("/questions/")`.
Whatever the console complains of, violations of the Content-Security-Policy included, fails the test at its end; a test
that provokes an error on purpose takes it out of `console`. `sign_in(page, "member")` signs in one of the cast.
"""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Playwright, sync_playwright

PLAYWRIGHT = pytest.StashKey[Playwright]()
REPORT_VIOLATIONS = """addEventListener("securitypolicyviolation",
  event => console.error("CSP", event.violatedDirective, event.blockedURI, event.sourceFile, event.lineNumber))"""
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session):
    """Playwright's event loop has to run before the test database is made and until it is gone: Django keeps one set of
    connections for a thread with a running loop and another for a thread without."""
    if not any(item.get_closest_marker("browser") for item in session.items):
        return (yield)
    with sync_playwright() as playwright:
        session.config.stash[PLAYWRIGHT] = playwright
        return (yield)


@pytest.fixture(scope="session")
def browser(request):
    chromium = request.config.stash[PLAYWRIGHT].chromium.launch(
        executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
        args=["--no-sandbox"] if os.geteuid() == 0 else [],
    )
    yield chromium
    chromium.close()


@pytest.fixture
def console():
    """What the consoles of this test's pages complained of so far."""
    return []


@pytest.fixture
def new_page(browser, django_db_serialized_rollback, live_server, console):
    """new_page(javascript=False, viewport=..., color_scheme=...) opens a page with cookies of its own."""
    # The cache's table is not a model's: neither rolled back nor flushed between tests.
    cache.clear()
    contexts = []

    def note(message):
        address = message.location["url"]
        # Chromium asks for this of its own accord where a page names no icon.
        if message.type == "error" and not address.endswith("/favicon.ico"):
            console.append(f"{message.text} ({address})")

    def open_page(*, javascript=True, **options):
        context = browser.new_context(base_url=live_server.url, java_script_enabled=javascript, **options)
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", note)
        context.on("weberror", lambda error: console.append(str(error.error)))
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert console == []


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def plain_page(new_page):
    return new_page(javascript=False)


@pytest.fixture
def sign_in(cast, live_server):
    def sign_in_as(page, name):
        client = Client()
        client.force_login(cast[name])
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])

    return sign_in_as


@pytest.fixture(scope="session")
def axe():
    """axe(page) finds nothing against WCAG 2.2 AA, in light and in dark."""

    def check(page):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            results = Axe().run(page, options=AXE)
            assert not results.violations_count, f"{page.url} in {scheme}: {results.generate_report()}"
        page.emulate_media(color_scheme=None)

    return check
