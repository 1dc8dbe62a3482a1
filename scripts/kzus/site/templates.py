"""Page templates: Markdown with Jinja under docs/, filled with views of the record.

Templates are part of the code. Data is not: it enters as values, leaves escaped
(`site.text`), and is never itself read as a template.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup

from ..model.records import Entry
from ..problems import Problem
from ..views import refs
from ..views.refs import Ref
from .text import escape, finalize, link_target


class TemplateFault(Exception):
    """A template that cannot be filled; `problem` names its file and line."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.problem.path}:{self.problem.line}: {self.problem.message}"


class _Compiled(jinja2.BytecodeCache):
    """Keeps compiled templates from one build of a preview to the next."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


COMPILED = _Compiled()


class Templates:
    """The templates below a folder, with the functions that they may call."""

    def __init__(self, docs: Path, **names: Any) -> None:
        self._env = jinja2.Environment(
            loader=jinja2.FileSystemLoader(docs),
            undefined=jinja2.StrictUndefined,
            autoescape=True,
            finalize=finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.do"],
            bytecode_cache=COMPILED,
            auto_reload=False,  # a site has its own templates, which it reads once
        )
        self._env.globals.update(link=link, url=url, target=link_target, **names)
        self._env.filters.update(join=_join, escape=escape, e=escape)
        self._folder = docs.name

    def render(self, template: str, path: str, values: Mapping[str, Any]) -> str:
        """Fill a template for the page at `path`, both below docs/.

        Raises:
            TemplateFault: the template is broken or names what is not there.
        """
        try:
            text = self._env.get_template(template).render(values, path=path)
        except jinja2.TemplateSyntaxError as error:
            name, line = error.name or template, error.lineno
            raise TemplateFault(self._problem(name, line, str(error.message))) from error
        except Exception as error:
            name, line = self._line(error, template)
            message = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            if isinstance(error, jinja2.TemplateNotFound):
                message = f"there is no template {error.name}"
            raise TemplateFault(self._problem(name, line, message)) from error
        return tidy(text)

    def _problem(self, name: str, line: int, message: str) -> Problem:
        return Problem(f"{self._folder}/{name}", line, 0, "template", message)

    def _line(self, error: BaseException, template: str) -> tuple[str, int]:
        """Where in which template an error arose: the innermost frame that is a template."""
        found, trace = (template, 0), error.__traceback__
        root = Path(self._env.loader.searchpath[0])  # type: ignore[union-attr]
        while trace:
            file = Path(trace.tb_frame.f_code.co_filename)
            if file.suffix == ".md" and file.is_relative_to(root):
                found = (file.relative_to(root).as_posix(), trace.tb_lineno)
            trace = trace.tb_next
        return found


def tidy(text: str) -> str:
    """Drop trailing spaces and runs of blank lines, which loops and conditions leave behind."""
    lines: list[str] = []
    for line in text.splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines).strip("\n") + "\n"


def _ref(target: Ref | Entry) -> Ref:
    return target if isinstance(target, Ref) else refs.ref(target)


@jinja2.pass_context
def link(context: Context, target: Ref | Entry, text: str | None = None) -> Markup:
    """A Markdown link from the present page; its text is the target's title, or `text`."""
    found = _ref(target)
    here = posixpath.dirname(context["path"])
    words = escape(text if text is not None else found.title)
    return Markup(f"[{words}]({relative(found.path, here)})")  # noqa: S704 - both are safe


@jinja2.pass_context
def url(context: Context, target: Ref | Entry | str) -> Markup:
    """The address of a page, from the present page, for places that are no Markdown."""
    path = target if isinstance(target, str) else _ref(target).path
    page = re.split("[?#]", path)[0]
    here = address(context["path"])
    return Markup(relative(address(page), here.rstrip("/")) + path[len(page) :])  # noqa: S704


def address(path: str) -> str:
    """The address below the site's root of a page: `events/x.md` is at `events/x/`."""
    if not path.endswith(".md"):
        return path
    stem = path.removesuffix(".md")
    if posixpath.basename(stem) == "index":
        return stem.removesuffix("index")
    return stem + "/"


def relative(path: str, folder: str) -> str:
    """A path or address below the root, as seen from a folder below the root.

    It is `posixpath.relpath` for paths without dots, in a tenth of the time.
    """
    there, here = path.split("/"), folder.split("/") if folder else []
    shared = 0
    for one, other in zip(there, here, strict=False):
        if one != other:
            break
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:]) or "./"


def _join(items: Iterable[Any], separator: str = ", ") -> Markup:
    """Jinja's `join`, with the record's escape."""
    return Markup(separator).join(Markup(finalize(item)) for item in items)  # noqa: S704
