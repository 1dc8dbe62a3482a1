"""Measure the build against others over the same pages; see docs/about/performance.md.

    python scripts/bench.py make N FOLDER     write a record of N records of realistic shape
    python scripts/bench.py run [N ...]       measure at these sizes, side by side
    python scripts/bench.py parts [N]         measure what a first build spends its time on
    python scripts/bench.py preview [N]       measure from an edit to the page in a browser
    python scripts/bench.py filter SITE       measure the timeline's filter in a built site

Others are measured where they are installed: stock MkDocs with Material (always), Zensical and
Hugo with a bare template, each over the very Markdown that `kzus pages` writes.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import gzip
import importlib
import os
import re
import shlex
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kzus import yamlfile

_Plain = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
ROOT = Path(__file__).resolve().parent.parent
_HEAD = "| what | seconds | on all processors | memory MB |\n|---|---|---|---|"
# What copies may not share: a round's number in its dialogue, a post that one person holds.
_SHARED = ("number", "number_us", "number_kz", "office")
# What is no reference, even where an id is spelled the same.
_PLAIN = ("language", "type", "kind")
RECORDS = ("events", "agreements", "commitments", "people", "organizations", "series", "disputes")


def make(count: int, folder: Path) -> None:
    """Write a repository whose record has about `count` records, made from the real one.

    The real record is copied as often as needed under new ids, each copy linked within itself,
    so that shape, size, dates and links are those of real records; titles and names are numbered,
    so that no rule finds a double. What is cut off in the last copy is cut out of the references.
    """
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("seed.md"))
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    files = {path: yamlfile.read(path.read_bytes()).value for path in _files()}
    ids = {path.stem for path in files if _kind(path) in RECORDS}
    sources = {key for value in files.values() for key in value.get("sources", {}) or ()}
    size = sum(_kind(path) in RECORDS for path in files)
    for copy in range(-(-count // size)):
        kept = _share(files, min(count - copy * size, size), tables=not copy)
        gone = ids - {path.stem for path in kept if _kind(path) in RECORDS}
        mark = f"-copy{copy}" if copy else ""
        names = {key: key + mark for key in ids - gone} | {key: key + mark for key in sources}
        names |= {path.stem: path.stem + mark for path in files}
        for path, value in kept.items():
            _write(folder, path, _renamed(value, names, gone, copy), names)
    for table in (ROOT / "data").glob("*.yaml"):
        if table.stem not in ("expectations", "redirects"):  # of ids that may be left out
            shutil.copy(table, folder / "data" / table.name)


def _files() -> list[Path]:
    return sorted(p for p in (ROOT / "data").rglob("*.yaml") if p.parent.name != "data")


def _kind(path: Path) -> str:
    return path.relative_to(ROOT / "data").parts[0]


def _share(files: dict[Path, Any], count: int, *, tables: bool) -> dict[Path, Any]:
    """An even choice of `count` records, and the sources that they or the tables name."""
    records = [path for path in files if _kind(path) in RECORDS]
    step = len(records) / count
    chosen = {records[int(place * step)] for place in range(count)}
    others = (ROOT / "data").glob("*.yaml") if tables else ()
    text = "\n".join(path.read_text(encoding="utf-8") for path in (*chosen, *others))
    named = set(re.findall(r"- ([a-z0-9-]+)$", text, re.MULTILINE))
    kept = {path: files[path] for path in files if path in chosen}
    for path in (path for path in files if _kind(path) == "sources"):
        used = {key: item for key, item in files[path]["sources"].items() if key in named}
        if used:
            kept[path] = {**files[path], "sources": used}
    return kept


def _renamed(value: Any, names: dict[str, str], gone: set[str], copy: int, key: str = "") -> Any:
    if isinstance(value, dict):
        kept = (
            (k, item)
            for k, item in value.items()
            if k in _PLAIN or not (_is_gone(item, gone) or (copy and k in _SHARED))
        )
        found = {names.get(k, k): _renamed(v, names, gone, copy, k) for k, v in kept}
        return dict(sorted(found.items())) if key == "sources" else found
    if isinstance(value, list):
        return [_renamed(item, names, gone, copy, key) for item in _living(value, gone)]
    if not isinstance(value, str) or key in _PLAIN:
        return value
    if copy and value.startswith("http"):
        return f"{value}{'&' if '?' in value else '?'}copy={copy}"
    if copy and key in ("title", "name"):
        return f"{value} {copy + 1}"
    return names.get(value, value)


def _is_gone(item: Any, gone: set[str]) -> bool:
    return isinstance(item, str) and item in gone


def _living(items: list[Any], gone: set[str]) -> Iterator[Any]:
    for item in items:
        if (
            isinstance(item, dict)
            and (key := item.get("person") or item.get("organization")) in gone
        ):
            rest = {k: v for k, v in item.items() if k not in ("person", "organization")}
            yield {"name": key.replace("-", " ").title(), **rest}
        elif not _is_gone(item, gone):
            yield item


def _write(folder: Path, path: Path, value: Any, names: dict[str, str]) -> None:
    target = folder / path.relative_to(ROOT).with_name(f"{names[path.stem]}.yaml")
    target.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100)
    target.write_text(text, encoding="utf-8", newline="\n")


@dataclass(frozen=True)
class Measure:
    """Medians of the runs: seconds, seconds on all processors together, and most memory (MB)."""

    seconds: float
    processor: float
    memory: int


class Failed(Exception):
    """A command that did not come to its end."""


def measure(
    command: Sequence[str], folder: Path, prepare: Callable[[], None], runs: int
) -> Measure:
    """Run a command in a folder several times, each after `prepare`."""
    times, processor, memory = [], [], 0
    for _ in range(runs):
        prepare()
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=_environment(folder), stdout=-3, stderr=-3
        )
        _, status, usage = os.wait4(process.pid, 0)
        times.append(time.perf_counter() - start)
        processor.append(usage.ru_utime + usage.ru_stime)
        memory = max(memory, usage.ru_maxrss // 1024)
        if status:
            raise Failed(f"failed: {shlex.join(command)} in {folder}")
    return Measure(statistics.median(times), statistics.median(processor), memory)


def _environment(folder: Path) -> dict[str, str]:
    own = {"SOURCE_DATE_EPOCH": "1764000000", "NO_MKDOCS_2_WARNING": "1"}
    return os.environ | own | {"KZUS_CACHE": str(folder / "cache.sqlite")}


def run(sizes: Sequence[int], runs: int) -> None:
    """Measure at each size and print the figures as Markdown."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            print(f"\n## {size} records\n\n{_HEAD}")
            for what, measured in _side_by_side(size, Path(name), runs):
                figures = f"{measured.seconds:.2f} | {measured.processor:.2f} | {measured.memory}"
                print(f"| {what} | {figures} |", flush=True)


def _side_by_side(size: int, folder: Path, runs: int) -> Iterator[tuple[str, Measure]]:
    ours, pages = folder / "ours", folder / "pages"
    ours.mkdir()
    make(size, ours)
    build = [_tool("mkdocs"), "build", "-q"]
    record = next((ours / "data/events").rglob("*.yaml"))

    def cold() -> None:
        (ours / "cache.sqlite").unlink(missing_ok=True)
        shutil.rmtree(ours / "site", ignore_errors=True)

    def edit(name: str) -> None:
        value = yamlfile.read(record.read_bytes()).value
        words = f"Measured {time.time_ns()}"
        value[name] = words if name == "title" else [words, *value[name][1:]]
        record.write_text(yaml.dump(value, Dumper=_Plain, sort_keys=False), "utf-8")

    yield "ours, cold", measure(build, ours, cold, runs)
    yield "ours, nothing changed", measure(build, ours, lambda: None, runs)
    yield "ours, one title changed", measure(build, ours, lambda: edit("title"), runs)
    yield (
        "ours, one fact changed",
        measure(build, ours, lambda: edit("facts"), runs),
    )
    yield "kzus check, all", measure([_tool("kzus"), "check"], ours, lambda: None, runs)
    one = [_tool("kzus"), "check", str(record.relative_to(ours))]
    yield "kzus check, one file", measure(one, ours, lambda: None, runs)
    subprocess.run([_tool("kzus"), "pages", str(pages / "docs")], cwd=ours, check=True, stdout=-3)
    yield from _others(pages, runs)
    yield "size of the site (MB)", Measure(_size(ours / "site") / 1e6, 0, 0)
    index = gzip.compress((ours / "site/search/search_index.json").read_bytes(), 9)
    yield "search index, compressed (KB a record)", Measure(len(index) / 1024 / size, 0, 0)


def _others(pages: Path, runs: int) -> Iterator[tuple[str, Measure]]:
    """Other generators over the same Markdown."""
    shutil.copytree(ROOT / "docs/assets", pages / "docs/assets")
    (pages / "mkdocs.yml").write_text(
        "site_name: stock\ntheme: {name: material, font: false, features: [navigation.tabs]}\n"
        "plugins: [search]\nmarkdown_extensions: [attr_list, md_in_html, tables, toc]\n"
        "not_in_nav: '*'\nnav: [index.md, timeline.md]\n",
        encoding="utf-8",
    )
    clear = lambda: shutil.rmtree(pages / "site", ignore_errors=True)  # noqa: E731
    yield "stock MkDocs + Material", measure([_tool("mkdocs"), "build", "-q"], pages, clear, runs)
    if shutil.which(_tool("zensical")):
        with contextlib.suppress(Failed):  # then it has no line
            yield "Zensical", measure([_tool("zensical"), "build"], pages, clear, runs)
    if hugo := shutil.which("hugo"):
        (pages / "layouts/_default").mkdir(parents=True, exist_ok=True)
        for name in ("single", "list"):
            template = "<!doctype html><title>{{ .Title }}</title>{{ .Content }}"
            (pages / f"layouts/_default/{name}.html").write_text(template, encoding="utf-8")
        command = [hugo, "--contentDir", "docs", "--destination", "site", "--quiet"]
        (pages / "config.toml").write_text(
            "baseURL = '/'\n[markup.goldmark.renderer]\nunsafe = true\n"
        )
        yield "Hugo, bare template", measure(command, pages, clear, runs)


def _tool(name: str) -> str:
    """A program of this Python's environment."""
    return str(Path(sys.executable).with_name(name))


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


# What is done inside a build, by the functions that do it; each is asked for the time that it takes
# itself, without that of others in this list.
_PARTS = {
    "reading and validating": ["plugin:load"],
    "the rules": ["rules:check"],
    "what each page can show": ["views.sight:_plain", "views.sight:_seen"],
    "templates": ["site.templates:Templates.render"],
    "charts": ["site.charts:Charts.draw"],
    "Markdown to HTML": ["site.render:Converter.convert"],
    "Markdown twins": ["site.twin:Twins.of"],
    "the theme around record pages": ["plugin.shells:Shells.around", "site.press:Press._filled"],
    "files for machines": ["site.jobs:_all", "site.jobs:_one"],
    "search": ["site.press:SearchIndex.write", "site.press:SearchIndex.by_page"],
    "writing": ["site.output:Output.write", "site.output:Output.remove_stale"],
}


def parts(count: int) -> None:
    """Print what a first build of `count` records, in one process, spends its time on."""
    from mkdocs.commands.build import build  # noqa: PLC0415 - only here
    from mkdocs.config import load_config  # noqa: PLC0415

    took = dict.fromkeys(_PARTS, 0.0)
    for part, places in _PARTS.items():
        for place in places:
            _timed(place, part, took)
    importlib.import_module("kzus.site.work")._can_fork = lambda: False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(count, folder)
        os.environ.update(_environment(folder))
        start = time.perf_counter()
        config = load_config(str(folder / "mkdocs.yml"), quiet=True)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        whole = time.perf_counter() - start
    rest = {"MkDocs, its theme and search, and all else": whole - sum(took.values())}
    print("| part | seconds | share |\n|---|---|---|")
    for part, seconds in sorted((took | rest).items(), key=lambda item: -item[1]):
        print(f"| {part} | {seconds:.2f} | {seconds / whole:.0%} |")


_within: list[float] = []


def _timed(place: str, part: str, took: dict[str, float]) -> None:
    """Have a function, `module:name` below the package, add its own time to a part."""
    module, _, name = place.partition(":")
    owner: Any = importlib.import_module(f"kzus.{module}")
    *outer, last = name.split(".")
    for step in outer:
        owner = getattr(owner, step)
    function = getattr(owner, last)

    def timed(*args: Any, **more: Any) -> Any:
        _within.append(0.0)
        start = time.perf_counter()
        made = function(*args, **more)
        if module == "site.jobs":  # files that are made only as they are asked for
            made = dataclasses.replace(made, files=tuple(made.files))
        whole = time.perf_counter() - start
        took[part] += whole - _within.pop()
        if _within:
            _within[-1] += whole
        return made

    setattr(owner, last, timed)


def preview(count: int, edits: int = 5) -> None:
    """Print seconds from an edit until the page is made, a browser has it, and the site is whole.

    Needs Playwright and, at /usr/bin/chromium or $KZUS_CHROMIUM, a browser.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only here

    with tempfile.TemporaryDirectory() as name, sync_playwright() as play:
        folder, port = Path(name), _free_port()
        make(count, folder)
        file = max((folder / "data/events").rglob("*.yaml"))
        text = file.read_text(encoding="utf-8")
        address = f"http://127.0.0.1:{port}/"
        command = [_tool("mkdocs"), "serve", "--dirty", "-q", "-a", f"127.0.0.1:{port}"]
        serving = subprocess.Popen(
            command, cwd=folder, env=_environment(folder), stdout=-3, stderr=-3
        )
        try:
            while not _answers(address):
                time.sleep(0.2)
            page = _browser(play).new_page()
            page.goto(f"{address}events/{file.stem}/")
            asked: list[float] = []  # when the browser is told to load the page again
            page.on(
                "request",
                lambda found: found.is_navigation_request() and asked.append(time.perf_counter()),
            )
            print("| page made | page in the browser | whole site |\n|---|---|---|")
            for number in range(edits):
                page.wait_for_timeout(3000 + 70 * number)  # not always at the same beat
                asked.clear()
                start = time.perf_counter()
                file.write_text(text.replace("title: ", f"title: Edit {number} ", 1), "utf-8")
                title = page.get_by_role("heading", level=1)
                title.filter(has_text=f"Edit {number} ").wait_for(timeout=120_000)
                page.wait_for_load_state("load")
                seen = time.perf_counter() - start
                page.request.get(f"{address}search/search_index.json", timeout=120_000)
                whole = time.perf_counter() - start
                print(f"| {asked[0] - start:.2f} | {seen:.2f} | {whole:.2f} |", flush=True)
        finally:
            serving.terminate()
            serving.wait()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own server
            return True
    except OSError:
        return False


def _browser(play: Any) -> Any:
    program = os.environ.get("KZUS_CHROMIUM", "/usr/bin/chromium")
    options = ["--no-sandbox", "--allow-file-access-from-files"]
    return play.chromium.launch(executable_path=program, args=options)


# Types as a reader does and counts, for each letter, the script and the layout that it causes.
_TYPE = """async (words) => {
  const field = document.querySelector("[name=words]"), took = []
  field.focus()
  for (let end = 1; end <= words.length; end++) {
    const begin = performance.now()
    field.value = words.slice(0, end)
    field.dispatchEvent(new Event("input", { bubbles: true }))
    document.body.offsetHeight
    took.push(performance.now() - begin)
    await new Promise((done) => setTimeout(() => requestAnimationFrame(done), 30))
  }
  return took
}"""


def filter(site: Path, events: int = 2000) -> None:  # noqa: A001 - named as the command
    """Print milliseconds a letter on the timeline of a built site, its lines repeated to `events`.

    Needs Playwright and, at /usr/bin/chromium or $KZUS_CHROMIUM, a browser.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only here

    html = (site / "timeline/index.html").read_text(encoding="utf-8")
    times = -(-events // html.count('<li class="tl-row"'))
    html = re.sub('<li class="tl-row".*?</li>', lambda line: line[0] * times, html, flags=re.DOTALL)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as play:
        shutil.copytree(site / "assets", Path(name, "assets"))
        Path(name, "timeline").mkdir()
        Path(name, "timeline/index.html").write_text(html, encoding="utf-8")
        page = _browser(play).new_page()
        for width in (390, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            for words in ("treaty", "nuclear astana", "zzz"):
                page.goto(Path(name, "timeline/index.html").as_uri())
                took = page.evaluate(_TYPE, words)
                middle, most = statistics.median(took), max(took)
                print(f"{width} px, {words!r}: median {middle:.0f} ms, most {most:.0f} ms a letter")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    commands = parser.add_subparsers(required=True, dest="command")
    maker = commands.add_parser("make", help="write a record of N records")
    maker.add_argument("count", type=int)
    maker.add_argument("folder", type=Path)
    runner = commands.add_parser("run", help="measure at these sizes")
    runner.add_argument("sizes", type=int, nargs="*", default=[500, 1000, 2000, 10000])
    runner.add_argument("--runs", type=int, default=3)
    for what in ("parts", "preview"):
        commands.add_parser(what).add_argument("count", type=int, nargs="?", default=1000)
    filtering = commands.add_parser("filter", help="measure the timeline's filter")
    filtering.add_argument("site", type=Path)
    arguments = parser.parse_args()
    if arguments.command == "make":
        make(arguments.count, arguments.folder)
    elif arguments.command == "filter":
        filter(arguments.site)
    elif arguments.command in ("parts", "preview"):
        (parts if arguments.command == "parts" else preview)(arguments.count)
    else:
        run(arguments.sizes, arguments.runs)


if __name__ == "__main__":
    main()
