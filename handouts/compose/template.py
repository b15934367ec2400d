"""Runs a Jinja2 template in a sandbox: template text + context → HTML, with a template's mistakes located.

Templates can include each other by name; they reach no file, no network and no Python of ours beyond the context.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import lru_cache
from types import TracebackType
from typing import Any

from jinja2 import DictLoader, StrictUndefined, TemplateError, TemplateSyntaxError, pass_context
from jinja2.exceptions import SecurityError, TemplateNotFound, UndefinedError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from handouts.problems import Origin, ProblemsError, error

_WRITTEN: ContextVar[Callable[[object], object]] = ContextVar("written")
"""How the edition that is being rendered writes values."""

USAGE = "see docs/templates.md for the names that a template can use"


def render_html(
    name: str, templates: Mapping[str, str], context: Mapping[str, Any], written: Callable[[object], object]
) -> str:
    """The HTML of template `name`. `written` turns a value that a template prints into text or markup.

    Raises ProblemsError for a mistake of the template, with the line where it stands.
    """
    before = _WRITTEN.set(written)
    try:
        return _environment(tuple(sorted(templates.items()))).get_template(name).render(dict(context))
    except TemplateSyntaxError as bad:
        origin = Origin(bad.filename or bad.name or name, bad.lineno, 1)
        raise ProblemsError([error(origin, "TEMPLATE01", f"is not a template: {bad.message}", USAGE)]) from None
    except TemplateNotFound as bad:
        origin = _where(bad.__traceback__, name, templates)
        raise ProblemsError(
            [error(origin, "TEMPLATE01", f"includes '{bad.name}', which is not there", USAGE)]
        ) from None
    except ProblemsError:
        raise
    except (UndefinedError, SecurityError, TemplateError, TypeError, KeyError, ValueError, ArithmeticError,
            AttributeError, RecursionError, MemoryError) as bad:  # fmt: skip
        origin = _where(bad.__traceback__, name, templates)
        message = re.sub(r"'?handouts\.[\w.]+( object)?'?", "it", str(bad)) or type(bad).__name__
        raise ProblemsError([error(origin, "TEMPLATE01", message, USAGE)]) from bad
    finally:
        _WRITTEN.reset(before)


@lru_cache(maxsize=8)
def _environment(templates: tuple[tuple[str, str], ...]) -> ImmutableSandboxedEnvironment:
    """The templates, each compiled once a process."""
    environment = ImmutableSandboxedEnvironment(
        loader=DictLoader(dict(templates)),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    environment.globals = {"range": environment.globals["range"], "namespace": environment.globals["namespace"]}
    return environment


# Asking for the context keeps Jinja2 from writing constants once and for all, in the first edition's number format.
@pass_context
def _finalize(_context: Context, value: object) -> object:
    return _WRITTEN.get()(value)


def _where(traceback: TracebackType | None, name: str, templates: Mapping[str, str]) -> Origin:
    """The innermost template line of a traceback; Jinja2 rewrites its frames to template names and lines."""
    origin = Origin(name, 1, 1)
    while traceback:
        file = traceback.tb_frame.f_code.co_filename
        if file == "<template>" or file in templates:
            known = file if file in templates else name
            origin = Origin(known, traceback.tb_lineno, 1)
        traceback = traceback.tb_next
    return origin
