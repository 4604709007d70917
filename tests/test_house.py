"""What the house promises everywhere, checked everywhere."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.urls import get_resolver

from core.models import Event, Stateful
from tests.access.routes import ROOMS

BASE = Path(settings.BASE_DIR)
MODELS = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
STATEFUL = Stateful.__subclasses__()
OURS = [path for room in (*ROOMS, "devstack", "tests") for path in (BASE / room).rglob("*.py")]
CODE = [path for path in OURS if "migrations" not in path.parts]
EMAILS = BASE / "templates/emails"


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_constraint_speaks_french(model):
    silent = [
        constraint.name
        for constraint in model._meta.constraints
        if constraint.violation_error_message == constraint.default_violation_error_message
    ]
    assert silent == []


@pytest.mark.parametrize("model", STATEFUL, ids=lambda model: model._meta.label)
def test_a_model_with_a_status_has_a_history(model):
    assert issubclass(model.events.field.model, Event)


@pytest.mark.parametrize("model", STATEFUL, ids=lambda model: model._meta.label)
def test_the_database_knows_the_statuses(model):
    assert any(c.name.endswith("_status_is_known") for c in model._meta.constraints)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_what_a_person_can_see_has_a_french_name(model):
    assert "verbose_name" in model._meta.original_attrs


@pytest.mark.parametrize(
    "subject", sorted(EMAILS.rglob("*.subject.txt")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_a_message_has_a_text_and_a_html(subject: Path):
    stem = str(subject).removesuffix(".subject.txt")
    text, html = Path(stem + ".txt").read_text(), Path(stem + ".html").read_text()
    assert "extends" in text
    assert "extends" in html
    assert "<img" not in html
    assert "'" not in re.sub(r"{[{%].*?[}%]}|<[^>]*>", "", subject.read_text() + text + html)


def test_only_the_workflow_writes_a_status():
    """`status=` in an update(), or `.status =`, outside core: someone moves a row by hand."""
    moves = re.compile(r"\.update\([^)]*\bstatus=|\b(?:offer|application)\.status\s*=(?!=)")
    by_hand = [
        f"{path.relative_to(BASE)}"
        for path in CODE
        if "tests" not in path.parts and path.parts[-2] != "core" and moves.search(path.read_text())
    ]
    assert by_hand == []


def test_no_half_sentence_is_lost():
    """A string alone on its line is the rest of the sentence above, without its parentheses."""
    assert [f"{path}:{line}" for path in CODE for line in lonely_strings(path)] == []


def lonely_strings(path: Path) -> Iterator[int]:
    for block in ast.walk(ast.parse(path.read_text())):
        body = getattr(block, "body", None)
        before = None
        for statement in body if isinstance(body, list) else []:
            match statement:
                case ast.Expr(ast.Constant(str())) | ast.Expr(ast.JoinedStr()):
                    # A docstring comes first, or right under the field that it explains.
                    if before is not None and not isinstance(before, ast.AnnAssign | ast.Assign):
                        yield statement.lineno
            before = statement


def test_files_stay_small():
    long = {
        str(path.relative_to(BASE)): lines for path in CODE if (lines := path.read_text().count("\n")) > 400
    }
    assert long == {}


def test_functions_stay_small():
    long = {
        f"{path.relative_to(BASE)}:{node.name}": size
        for path in CODE
        if "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and (size := (node.end_lineno or 0) - node.lineno + 1) > 40
    }
    assert long == {}


def test_templates_bring_no_inline_script_or_style():
    inline = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*ld\+json)|<style|\son[a-z]+=|\sstyle=")
    pages = [path for path in (BASE / "templates").rglob("*.html") if EMAILS not in path.parents]
    assert [str(path.relative_to(BASE)) for path in pages if inline.search(path.read_text())] == []


def test_no_address_has_two_meanings():
    names = [p.name for p in get_resolver().url_patterns if getattr(p, "name", None)]
    assert len(names) == len(set(names))
