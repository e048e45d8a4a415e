"""Property tests: the same examples in every run of `make test`, fresh and more of them in `make fuzz`.

A find of `make fuzz` prints a line `@reproduce_failure(...)`: put it above the test to repeat it, and keep the case as an
example once the fault is mended.
"""

import os

from hypothesis import settings

settings.register_profile("fixed", derandomize=True, database=None, deadline=None, max_examples=60)
settings.register_profile("fuzz", derandomize=False, database=None, deadline=None, max_examples=600, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


def pytest_collection_modifyitems(items):
    for item in items:
        function = getattr(item, "obj", None)
        if getattr(function, "is_hypothesis_test", False):
            item.add_marker("property")
