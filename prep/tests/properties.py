"""Property tests: the same examples in every run of `make test`, fresh and more of them in `make fuzz`.

A find of `make fuzz` prints a line `@reproduce_failure(...)`: put it above the test to repeat it, and keep the case as an
example once the fault is mended.
"""

import os

from hypothesis import settings

settings.register_profile("fixed", derandomize=True, database=None, deadline=None, max_examples=60)
settings.register_profile("fuzz", derandomize=False, database=None, deadline=None, max_examples=600, print_blob=True)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "fixed")
IS_FUZZING = PROFILE == "fuzz"
settings.load_profile(PROFILE)
# For laws whose every example fills a database.
few = settings(max_examples=settings().max_examples // 4)


def pytest_collection_modifyitems(items):
    for item in items:
        function = getattr(item, "obj", None)
        if getattr(function, "is_hypothesis_test", False):
            item.add_marker("property")
