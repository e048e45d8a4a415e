"""The rules of the house, read from the source: where imports may point, what is named how, how large things grow.

Each rule takes a module and says what is wrong with it; each is shown bad samples that it must catch.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
OURS = ("accounts", "questions", "prep")
# The floors of questions/, from the ground up: a room imports from the floors below it and from itself.
FLOORS = (
    ("readers", "scheduling", "rendering"),
    ("models",),
    ("bank", "learner"),
    ("catalogue",),
    ("loading", "interview", "assignments"),
    ("study", "curation", "exports"),
    ("progress",),
    ("teams",),
    ("admin", "management", "templatetags", "urls"),
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
# Rooms that compute from what they are given. The one place that marks text as safe needs Django's word for it.
PURE = {"readers", "scheduling", "rendering"}
PURE_MODULES = {"check", "rules", "wording", "examples", "example_runner"}
PURE_BUT = {"questions.rendering.markdown": {"django.utils.safestring"}}
NOT_PURE = {"django", "allauth", "taggit", "simple_history", "psycopg", "accounts"}
# Rooms of questions/ on which accounts may not stand, and the part of accounts on which models may.
TAKES_REQUESTS = {"views", "admin", "adapter", "requests"}
VAGUE = {"utils", "util", "services", "service", "common", "helpers", "misc", "signals"}
# Django calls these, with its own order of arguments.
HOOKS = {"save", "save_formset", "save_model", "save_related"}
FILE_LINES, FUNCTION_LINES, VIEW_LINES = 300, 45, 30
# Statements of SQL are written here, and everywhere else the ORM writes them.
RAW_SQL = {"questions.catalogue.search", "questions.loading.bulk", "prep.views", "accounts.prepared"}


@dataclass(frozen=True)
class Module:
    name: str
    text: str
    is_package: bool = False

    @property
    def parts(self) -> list[str]:
        return self.name.split(".")

    @property
    def room(self) -> str:
        """The folder of questions/ that it is in; empty for what is not in questions/."""
        return self.parts[1] if self.parts[0] == "questions" and len(self.parts) > 1 else ""

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)


def our_modules() -> dict[str, Module]:
    found = {}
    for app in OURS:
        for path in sorted((ROOT / app).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "tests" in parts or "migrations" in parts:
                continue
            is_package = parts[-1] == "__init__"
            name = ".".join(parts[:-1] if is_package else parts)
            found[name] = Module(name, path.read_text(), is_package)
    return found


MODULES = our_modules()


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def imports(module: Module) -> Iterator[str]:
    """Full names of all that is imported, for types too: of modules, and of names in modules."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name
        elif isinstance(node, ast.ImportFrom):
            base = imported_from(module, node)
            for alias in node.names:
                yield f"{base}.{alias.name}"


def imported_from(module: Module, node: ast.ImportFrom) -> str:
    here = module.parts if module.is_package else module.parts[:-1]
    above = here[: len(here) - node.level + 1] if node.level else []
    return ".".join([*above, *([node.module] if node.module else [])])


def module_of(name: str, modules: dict[str, Module]) -> str:
    """The module that an imported name is, or is in; empty where it is not ours."""
    if name in modules:
        return name
    above = name.rpartition(".")[0]
    return above if above in modules else ""


def points_up(module: Module) -> Iterator[str]:
    for name in imports(module):
        parts = name.split(".")
        if parts[0] == "prep" and parts[:2] != ["prep", "htmx"] and module.parts[0] != "prep":
            yield f"imports {name}, which wires the project"
        elif module.room and parts[0] == "questions" and len(parts) > 1 and parts[1] != module.room:
            yield from climbs(module.room, parts[1])


def climbs(room: str, other: str) -> Iterator[str]:
    if room not in FLOOR_OF:
        yield f"{room} stands on no floor"
    elif other not in FLOOR_OF:
        yield f"{other} stands on no floor"
    elif FLOOR_OF[other] >= FLOOR_OF[room]:
        yield f"{room} imports from {other}"


def knows_questions(module: Module) -> Iterator[str]:
    """accounts and prep know nothing of questions but the names of its routes."""
    if module.parts[0] == "questions":
        return
    for name in imports(module):
        if name.split(".")[0] == "questions":
            yield f"imports {name}"


def knows_more_of_accounts(module: Module) -> Iterator[str]:
    """The models of questions stand on those of accounts, and on nothing else there."""
    if module.room != "models":
        return
    for name in imports(module):
        if name.startswith("accounts.") and not name.startswith("accounts.models."):
            yield f"imports {name}"


def is_impure(module: Module) -> Iterator[str]:
    if module.room not in PURE and not (module.room == "bank" and module.parts[-1] in PURE_MODULES):
        return
    allowed = PURE_BUT.get(module.name, set())
    for name in imports(module):
        if name.split(".")[0] in NOT_PURE and name.rpartition(".")[0] not in allowed:
            yield f"is pure and imports {name}"


def takes_a_request(module: Module) -> Iterator[str]:
    if module.parts[0] == "prep" or TAKES_REQUESTS & set(module.parts[1:]):
        return
    for name in imports(module):
        if name.rpartition(".")[2] in {"HttpRequest", "WSGIRequest"}:
            yield name


def imports_late(module: Module) -> Iterator[str]:
    for function in functions(module.tree):
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function)):
            yield f"{function.name} imports inside"


def uses_signals(module: Module) -> Iterator[str]:
    for name in imports(module):
        if "signals" in name.split(".") or name.startswith("django.dispatch"):
            yield f"imports {name}"


def is_vague(module: Module) -> Iterator[str]:
    yield from VAGUE & set(module.parts)


def takes_booleans_by_place(module: Module) -> Iterator[str]:
    for function in functions(module.tree):
        if function.name in HOOKS:
            continue
        places = [*function.args.posonlyargs, *function.args.args]
        defaults = [None] * (len(places) - len(function.args.defaults)) + function.args.defaults
        for argument, default in zip(places, defaults, strict=True):
            if is_boolean(argument, default):
                yield f"{function.name}({argument.arg})"


def is_boolean(argument: ast.arg, default: ast.expr | None) -> bool:
    if isinstance(default, ast.Constant) and isinstance(default.value, bool):
        return True
    kinds = ast.unparse(argument.annotation) if argument.annotation else ""
    return "bool" in kinds.split(" | ")


def is_too_long(module: Module) -> Iterator[str]:
    lines = len(module.text.splitlines())
    if lines > FILE_LINES:
        yield f"{lines} lines"
    limit = VIEW_LINES if "views" in module.parts else FUNCTION_LINES
    for function in functions(module.tree):
        lines = (function.end_lineno or 0) - function.lineno + 1
        if lines > limit:
            yield f"{function.name}: {lines} lines"


def writes_sql(module: Module) -> Iterator[str]:
    if module.name in RAW_SQL:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in {"cursor", "raw", "RawSQL", "extra"}:
            yield f"line {node.lineno}: {node.attr}"


BAD = [
    (points_up, "questions.models.sharing", "from questions.study.grading import grade"),
    (points_up, "questions.models.sharing", "from ..study.grading import grade"),
    (points_up, "questions.catalogue.search", "if TYPE_CHECKING:\n    from questions.study.queue import Queue"),
    (points_up, "questions.interview.plan", "from questions.loading.run import load"),
    (points_up, "questions.study.views.session", "from prep.views import health"),
    (points_up, "questions.readers.csv_table.reader", "from questions.models import Question"),
    (points_up, "questions.study.queue", "import questions.progress.coverage"),
    (points_up, "questions.study.queue", "from questions.parlor import Sofa"),
    (points_up, "questions.parlor.sofa", "from questions.models import Question"),
    (is_impure, "questions.scheduling.fsrs", "from django.db import models"),
    (is_impure, "questions.readers.csv_table.reader", "import django.utils.text"),
    (is_impure, "questions.rendering.markdown", "from django.utils.html import format_html"),
    (is_impure, "questions.bank.rules", "from django.db import models"),
    (knows_questions, "accounts.views.profile", "from questions.models import Question"),
    (knows_questions, "prep.urls", "from questions.study.views import home"),
    (knows_more_of_accounts, "questions.models.sharing", "from accounts.forms import LoginForm"),
    (takes_a_request, "questions.study.grading", "from django.http import HttpRequest"),
    (takes_a_request, "questions.templatetags.counts", "from django.http import HttpRequest"),
    (imports_late, "questions.study", "def grade():\n    from questions import search\n    return search"),
    (uses_signals, "questions.models.sharing", "from django.db.models.signals import post_save"),
    (uses_signals, "accounts.models", "from django.dispatch import receiver"),
    (uses_signals, "accounts.models", "from allauth.account import signals"),
    (is_vague, "questions.utils", ""),
    (is_vague, "accounts.services.mail", ""),
    (takes_booleans_by_place, "questions.study", "def grade(progress, again: bool): ..."),
    (takes_booleans_by_place, "questions.study", "def grade(progress, again=False): ..."),
    (takes_booleans_by_place, "questions.study", "def grade(progress, again: bool | None = None): ..."),
    (is_too_long, "questions.study", "\n" * 301),
    (is_too_long, "questions.study", "def grade():\n" + "    pass\n" * 45),
    (is_too_long, "questions.study.views.acts", "def grade():\n" + "    pass\n" * 30),
    (writes_sql, "questions.study.queue", "with connection.cursor:\n    ..."),
    (writes_sql, "questions.study.queue", "Progress.objects.raw"),
]
RULES = list(dict.fromkeys(rule for rule, *_ in BAD))


@pytest.mark.parametrize("rule", RULES)
def test_no_module(rule):
    found = [f"{module.name}: {what}" for module in MODULES.values() for what in rule(module)]
    assert "\n".join(found) == ""


@pytest.mark.parametrize(("rule", "name", "text"), BAD)
def test_catches(rule, name, text):
    assert len(list(rule(Module(name, text)))) == 1


def test_a_good_module_breaks_no_rule():
    text = (
        "from django.utils import timezone\n"
        "from questions.catalogue import search\n"
        "from .queue import Queue\n"
        "def grade(*, again: bool = False): ..."
    )
    module = Module("questions.study.grading", text)
    assert [rule.__name__ for rule in RULES if list(rule(module))] == []
    assert list(imports(module)) == [
        "django.utils.timezone",
        "questions.catalogue.search",
        "questions.study.queue.Queue",
    ]


def test_every_room_stands_on_a_floor():
    rooms = {module.room for module in MODULES.values() if module.room}
    assert rooms <= set(FLOOR_OF)
    loose = [name for name in MODULES if name.startswith("questions.") and name.count(".") == 1]
    assert [name for name in loose if not MODULES[name].is_package] == ["questions.urls"]


def imports_between(modules: dict[str, Module]) -> dict[str, list[str]]:
    graph = {}
    for name, module in modules.items():
        targets = (module_of(each, modules) for each in imports(module))
        graph[name] = [each for each in targets if each and each != name]
    return graph


def circle(modules: dict[str, Module]) -> list[str]:
    """The first circle of imports, for types too, as names up to where it began again."""
    graph = imports_between(modules)
    done: set[str] = set()

    def walk(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        for each in graph[name]:
            if found := walk(each, [*path, name]):
                return found
        done.add(name)
        return []

    for name in graph:
        if found := walk(name, []):
            return found
    return []


def test_imports_run_in_no_circle():
    assert circle(MODULES) == []


def test_catches_a_circle():
    texts = {
        "questions.exports.items": "import questions.exports.files",
        "questions.exports.files": "from questions.exports import rows",
        "questions.exports.rows": "from .items import Item",
    }
    modules = {name: Module(name, text) for name, text in texts.items()}
    assert circle(modules) == [
        "questions.exports.items",
        "questions.exports.files",
        "questions.exports.rows",
        "questions.exports.items",
    ]
    for_types = Module("questions.exports.rows", "if TYPE_CHECKING:\n    from .items import Item")
    assert len(circle(modules | {"questions.exports.rows": for_types})) == 4
    assert circle(modules | {"questions.exports.rows": Module("questions.exports.rows", "")}) == []


def public_names(module: Module) -> set[str]:
    """The classes and functions that a module makes for others; a model's form or admin is named by its base."""
    return {
        node.name
        for node in module.tree.body
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_")
    }


# Names that stand in several modules because each is the same idea there: a contract that several fulfill.
SHARED_NAMES = {"Command"}


def shared_names(modules: dict[str, Module]) -> dict[str, list[str]]:
    """Classes that bear one name in several modules.

    Families of readers know nothing of each other: a heading is a heading in each.
    """
    found = defaultdict(list)
    for module in modules.values():
        for name in public_names(module):
            if name[0].isupper() and name not in SHARED_NAMES:
                found[name].append(module.name)
    return {name: places for name, places in found.items() if not is_one_idea(places)}


def is_one_idea(places: list[str]) -> bool:
    families = {tuple(place.split(".")[2:3]) for place in places}
    in_readers = all(place.startswith("questions.readers.") for place in places)
    return len(places) == 1 or (in_readers and len(families) == len(places))


def test_a_class_has_a_name_of_its_own():
    assert shared_names(MODULES) == {}


def test_catches_a_name_that_is_taken():
    modules = {
        name: Module(name, "class Options: ...") for name in ("questions.study.options", "questions.loading.run")
    }
    assert shared_names(modules) == {"Options": ["questions.study.options", "questions.loading.run"]}


def test_every_model_is_found_in_its_apps_models():
    models = [model for app in ("accounts", "questions") for model in apps.get_app_config(app).get_models()]
    assert len(models) > 10
    for model in models:
        # A history's model is reached through the model whose history it keeps.
        if not hasattr(model, "history_object"):
            assert getattr(import_module(f"{model._meta.app_label}.models"), model.__name__) is model


def test_routes_are_known_by_name():
    """prep names the routes of questions as text, and an address is nowhere put together by hand."""
    by_hand = re.compile(r"""["'f](/(?:questions|study|progress|sets|accounts|admin)/)""")
    found = [name for name, module in MODULES.items() if by_hand.search(module.text)]
    assert found == []
