"""The house rules, read from the source: which way imports point, what is named how, how large things grow.

Each rule takes a module and says what is wrong with it; each is shown a bad sample that it must catch.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
OURS = ("accounts", "questions", "prep")
ROOMS = ("pure", "models", "jobs", "forms", "edges", "project")
# The second part of a module's name says its room; what is not named here is a job.
ROOM_OF = {
    "pure": {
        "readers",
        "rendering",
        "scheduling",
        "differences",
        "charts",
        "days",
        "forecasting",
        "planning",
        "examples",
        "example_runner",
        "bank_check",
        "bank_rules",
        "bank_wording",
    },
    "models": {"models", "prepared", "rows", "backends", "sessions"},
    "forms": {"forms"},
    "edges": {"views", "admin", "management", "templatetags", "urls", "adapter"},
}
TAKES_REQUESTS = {"views", "admin", "adapter"}
PURE_BUT = {"questions.rendering": {"django.utils.safestring"}}
NOT_PURE = {"django", "allauth", "taggit", "simple_history", "psycopg"}
VAGUE = {"utils", "util", "services", "service", "common", "helpers", "misc", "signals"}
# Django calls these, with its own order of arguments.
HOOKS = {"save", "save_formset", "save_model", "save_related"}
FILE_LINES, TEMPLATE_LINES, FUNCTION_LINES, VIEW_LINES = 300, 120, 45, 30


@dataclass(frozen=True)
class Module:
    name: str
    text: str
    is_package: bool = False

    @property
    def parts(self) -> list[str]:
        return self.name.split(".")

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)


def our_modules() -> dict[str, Module]:
    found = {}
    for path in (path for app in OURS for path in sorted((ROOT / app).rglob("*.py"))):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "tests" in parts or "migrations" in parts:
            continue
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        found[name] = Module(name, path.read_text(), is_package)
    return found


MODULES = our_modules()


def room(name: str) -> str:
    parts = name.split(".")
    if parts[0] == "prep":
        return "edges" if name == "prep.htmx" else "project"
    if len(parts) == 1:
        return "pure"
    return next((room for room, names in ROOM_OF.items() if parts[1] in names), "jobs")


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def for_types_only(tree: ast.AST) -> set[ast.AST]:
    blocks = (node for node in ast.walk(tree) if isinstance(node, ast.If))
    return {inner for block in blocks if ast.unparse(block.test) == "TYPE_CHECKING" for inner in ast.walk(block)}


def imports(module: Module, *, types: bool = True) -> Iterator[str]:
    """Full names of the modules imported; with what they are asked for where that is no module of ours."""
    tree = module.tree
    left_out = set() if types else for_types_only(tree)
    for node in ast.walk(tree):
        if node in left_out:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            here = module.parts if module.is_package else module.parts[:-1]
            above = here[: len(here) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield inner if inner in MODULES or base.split(".")[0] not in OURS else base


def points_up(module: Module) -> Iterator[str]:
    for name in imports(module):
        if name.split(".")[0] in OURS and ROOMS.index(room(name)) > ROOMS.index(room(module.name)):
            yield f"{room(module.name)} imports {name}"


def is_impure(module: Module) -> Iterator[str]:
    allowed = PURE_BUT.get(module.name, set())
    for name in imports(module) if room(module.name) == "pure" else ():
        if name.split(".")[0] in NOT_PURE and name.rpartition(".")[0] not in allowed:
            yield f"is pure and imports {name}"


def knows_questions(module: Module) -> Iterator[str]:
    if module.parts[0] == "accounts":
        yield from (f"imports {name}" for name in imports(module) if name.split(".")[0] == "questions")


def takes_a_request(module: Module) -> Iterator[str]:
    if module.parts[0] != "prep" and not TAKES_REQUESTS & set(module.parts[1:2]):
        yield from (name for name in imports(module) if name.rpartition(".")[2] in {"HttpRequest", "WSGIRequest"})


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
        places = [*function.args.posonlyargs, *function.args.args]
        defaults = [None] * (len(places) - len(function.args.defaults)) + function.args.defaults
        for argument, default in zip(places, defaults, strict=True):
            kinds = ast.unparse(argument.annotation).split(" | ") if argument.annotation else []
            is_flag = isinstance(default, ast.Constant) and isinstance(default.value, bool)
            if ("bool" in kinds or is_flag) and function.name not in HOOKS:
                yield f"{function.name}({argument.arg})"


def is_too_long(module: Module) -> Iterator[str]:
    lines = len(module.text.splitlines())
    if lines > FILE_LINES:
        yield f"{lines} lines"
    limit = VIEW_LINES if "views" in module.parts else FUNCTION_LINES
    for function in functions(module.tree):
        lines = (function.end_lineno or 0) - function.lineno + 1
        if lines > limit:
            yield f"{function.name}: {lines} lines"


BAD = [
    (points_up, "questions.models.sharing", "from questions.study import grade"),
    (points_up, "questions.study", "from .forms import Grade"),
    (points_up, "questions.forms", "from .views import browse"),
    (points_up, "questions.views.browse", "from prep.views import home"),
    (points_up, "questions.readers.csv", "from questions.models import Question"),
    (is_impure, "questions.scheduling", "from django.db import models"),
    (is_impure, "questions.readers.csv", "import django.utils.text"),
    (is_impure, "questions.rendering", "from django.utils.html import format_html"),
    (knows_questions, "accounts.views.profile", "from questions.models import Question"),
    (takes_a_request, "questions.study", "from django.http import HttpRequest"),
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
    (is_too_long, "questions.views.study", "def grade():\n" + "    pass\n" * 30),
]
RULES = list(dict.fromkeys(rule for rule, *_ in BAD))


@pytest.mark.parametrize("rule", RULES)
def test_no_module(rule):
    assert "\n".join(f"{module.name}: {what}" for module in MODULES.values() for what in rule(module)) == ""


@pytest.mark.parametrize(("rule", "name", "text"), BAD)
def test_catches(rule, name, text):
    assert len(list(rule(Module(name, text)))) == 1


def test_a_good_module_breaks_no_rule():
    text = "from django.utils import timezone\n\nfrom . import search\n\n\ndef grade(*, again: bool = False): ..."
    module = Module("questions.study", text)
    assert [rule.__name__ for rule in RULES if list(rule(module))] == []
    assert list(imports(module)) == ["django.utils.timezone", "questions.search"]


def circle(modules: dict[str, Module]) -> list[str]:
    """The first circle of imports, as names up to where it began again; what only types need does not count."""
    graph = {
        name: [each for each in imports(module, types=False) if each in modules] for name, module in modules.items()
    }
    done: set[str] = set()

    def walk(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        found = next((found for each in graph[name] if (found := walk(each, [*path, name]))), [])
        done.add(name)
        return found

    return next((found for name in graph if (found := walk(name, []))), [])


def test_imports_run_in_no_circle():
    assert circle(MODULES) == []


def test_catches_a_circle():
    texts = {"questions.search": "import questions.exports", "questions.exports": "from questions import records",
             "questions.records": "from . import search"}  # fmt: skip
    modules = {name: Module(name, text) for name, text in texts.items()}
    assert circle(modules) == ["questions.search", "questions.exports", "questions.records", "questions.search"]
    for_types = Module("questions.records", "if TYPE_CHECKING:\n    from . import search")
    assert circle(modules | {"questions.records": for_types}) == []


def test_templates_stay_short():
    lengths = {path: len(path.read_text().splitlines()) for path in (ROOT / "templates").rglob("*.html")}
    assert {path.name: length for path, length in lengths.items() if length > TEMPLATE_LINES} == {}
    assert len(lengths) > 5


def test_every_model_is_found_in_its_apps_models():
    models = [model for app in ("accounts", "questions") for model in apps.get_app_config(app).get_models()]
    assert len(models) > 10
    for model in models:
        # A history's model is reached through the model whose history it keeps.
        if not hasattr(model, "history_object"):
            assert getattr(import_module(f"{model._meta.app_label}.models"), model.__name__) is model
