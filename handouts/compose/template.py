"""Runs a Jinja2 template: its text + names → HTML, with a template's mistakes located.

Templates include each other by name. They see plain values and the functions that they are given, and have limits;
they reach no file, no network and nothing of Python. `sandbox` says what they may be made of and do, `plain` what they
may name, `bounds` how much of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any

from jinja2 import TemplateNotFound

from handouts.compose import bounds
from handouts.compose.blanks import LookedAtError
from handouts.compose.bounds import LimitError, MistakeError, Rendering
from handouts.compose.sandbox.environment import ADVICE, FaultError, environment_of, seen
from handouts.compose.sandbox.rewriting import USAGE
from handouts.problems import Origin, Problem, ProblemsError, error

_LONGEST = 300
"""Characters of a message about what a template does."""


def render_html(
    name: str, templates: Mapping[str, str], context: Mapping[str, Any], written: Callable[[object], object]
) -> str:
    """The HTML of template `name`. `context` holds plain values and functions; `written` writes what is no text.

    Raises ProblemsError for a mistake of the template, with the line where it stands.
    """
    names = {key: seen(key, value) for key, value in context.items()}
    token = bounds.start(Rendering(written))
    try:
        return environment_of(tuple(sorted(templates.items()))).get_template(name).render(names)
    except (ProblemsError, LookedAtError):
        raise
    except FaultError as bad:
        # Unlike a mistake of the template it may be ours, and keeps its cause.
        raise ProblemsError([_problem(bad, name, templates)]) from bad.__cause__
    except Exception as bad:
        raise ProblemsError([_problem(bad, name, templates)]) from None
    finally:
        bounds.end(token)


def _problem(bad: Exception, name: str, templates: Mapping[str, str]) -> Problem:
    origin = _where(bad.__traceback__, name, templates)
    match bad:
        case LimitError():
            return error(origin, "TEMPLATE06", _brief(bad.message), bad.instead)
        case MistakeError():
            return error(origin, "TEMPLATE01", _brief(bad.message), bad.instead or USAGE)
        case FaultError():
            instead = (
                "give it what docs/templates.md says; if that is what it has, it is a fault of ours: please report it"
            )
            return error(origin, "TEMPLATE07", _brief(str(bad)), instead)
        case RecursionError():
            return error(origin, "TEMPLATE06", "goes too deep", "write a macro that ends, or a loop")
        case TemplateNotFound():
            return error(origin, "TEMPLATE01", f"includes '{bad.name}', which is not there", USAGE)
        case _:
            message, _, instead = str(bad).partition(ADVICE)
            # Python names functions by where they stand in our code.
            message = re.sub(r"(?:[\w.<>]+\.)?_?(\w+?)\(\)", r"'\1'", message) or type(bad).__name__
            return error(origin, "TEMPLATE01", _brief(message), instead or USAGE)


def _brief(message: str) -> str:
    return message if len(message) <= _LONGEST else f"{message[: _LONGEST - 1]}…"


def _where(traceback: TracebackType | None, name: str, templates: Mapping[str, str]) -> Origin:
    """The innermost template line of a traceback; Jinja2 rewrites its frames to template names and lines."""
    origin = Origin(name, 1, 1)
    while traceback:
        file = traceback.tb_frame.f_code.co_filename
        if file in templates:
            origin = Origin(file, traceback.tb_lineno, 1)
        traceback = traceback.tb_next
    return origin
