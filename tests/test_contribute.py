"""The contributor's guide, the issue forms and the editor's settings agree with the record."""

from __future__ import annotations

import html
import importlib.util
import json
import re
import shutil
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import yaml
from click.testing import CliRunner

from kzus.cli import main
from kzus.edition import Edition
from kzus.explain import keys_at
from kzus.model import vocabulary
from kzus.model.base import Model
from kzus.model.records import RECORDS, TABLES, Disagreement, Event, Publisher, Source
from kzus.rules import RULES
from kzus.site.pages import Site
from kzus.views.reference import shapes
from records import MINI, checked, write
from test_layers import LAYERS

ROOT = MINI.parent.parent
GUIDE = ROOT / "docs/contribute"
PAGES = ("event", "agreement", "person", "source", "evidence", "disagreement")
# An example as it is shown, the file that it names, and what stands below that line.
EXAMPLE = re.compile(r"```yaml\n(# (data/\S+)\n(.*?))```", re.DOTALL)
EXAMPLES = {
    f"{page}-{number}": match.groups()
    for page in PAGES
    for number, match in enumerate(EXAMPLE.finditer((GUIDE / f"{page}.md").read_text("utf-8")))
}
FORMS = ROOT / ".github/ISSUE_TEMPLATE"
# Whose fields a form asks for: what a source's file holds is its publisher's too.
MODELS: dict[str, tuple[type[Model], ...]] = {
    "event": (Event,),
    "source": (Publisher, Source),
    "disagreement": (Disagreement,),
}


@pytest.mark.parametrize("page", PAGES)
def test_each_page_has_its_examples_and_none_without_a_file(page: str) -> None:
    shown = (GUIDE / f"{page}.md").read_text("utf-8").count("```yaml")
    assert shown == sum(name.startswith(f"{page}-") for name in EXAMPLES) > 0


def told(*arguments: str) -> str:
    """What a command says of the record in the current folder."""
    return CliRunner().invoke(main, arguments).output


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A copy of the record itself, and what the check says of it."""
    root = tmp_path_factory.mktemp("record")
    shutil.copytree(ROOT / "data", root / "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        return root, told("check", "--strict")


@pytest.mark.record
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_can_be_pasted_into_the_record(
    name: str, real: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (root, before), (shown, path, text) = real, EXAMPLES[name]
    file = root / path
    if file.exists():  # shown as the record has it
        stale = f"{path} no longer has these lines: bring docs/contribute up to date"
        assert text in file.read_text("utf-8"), stale
        return
    monkeypatch.chdir(root)
    try:
        for pasted in (text, shown):  # without the line that names the file, and with it
            write(root, path, pasted)
            assert told("fmt", "--check", path) == "no problems\n"
        assert told("check", "--strict") == before
    finally:
        file.unlink()


@pytest.fixture(scope="module")
def site() -> Site:
    return Site(checked(MINI)[0], ROOT / "docs", Edition(repository="https://example.org/x"))


def test_every_rule_and_field_is_described(site: Site) -> None:
    rules, fields = (site.page(f"contribute/{name}.md").text for name in ("rules", "fields"))
    assert all(f"## {rule.name} " in rules for rule in RULES)
    assert all(f"`{field.key}`" in fields for shape in shapes() for field in shape.fields)
    assert [field.key for shape in shapes() for field in shape.fields if not field.meaning] == []
    assert len(shapes()) > len(RECORDS) + len(TABLES)


def test_vocabulary_has_every_word(site: Site) -> None:
    text = site.page("contribute/vocabulary.md").text
    closed = [value for name, value in vars(vocabulary).items() if name.isupper()]
    words = [word for value in closed if isinstance(value, dict) for word in value]
    assert all(f"`{word}`" in text for word in words)
    assert all(f"`{key}`" in text for key in site.dataset.offices)


def test_every_command_is_described() -> None:
    text = (GUIDE / "index.md").read_text(encoding="utf-8")
    assert all(f"`kzus {name}" in text for name in ("new", "cite", "check", "fmt", "diff"))


def test_architecture_names_every_module_in_its_layer() -> None:
    text = (ROOT / "docs/about/architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d) \| (.+?) \|", text, re.MULTILINE)
    told = {name: int(layer) for layer, names in rows for name in re.findall(r"`(\w+)`", names)}
    assert told == {name: layer for name, layer in LAYERS.items() if name}


def form(name: str) -> dict[str, dict[str, Any]]:
    loaded = yaml.safe_load((FORMS / f"{name}.yml").read_text(encoding="utf-8"))
    return {item["id"]: item for item in loaded["body"] if item["type"] != "markdown"}


@pytest.mark.parametrize("name", MODELS)
def test_forms_ask_for_the_fields_of_the_data(name: str) -> None:
    known = {key for model in MODELS[name] for key in keys_at(model, ("",))}
    forms_own = {"related"} if name == "source" else set()  # the records that would name it
    asked = form(name)
    assert asked.keys() == known | forms_own
    fields = [item for model in MODELS[name] for item in model.model_fields.items()]
    needed = {info.alias or field for field, info in fields if info.is_required()}
    by_maintainer = {"id", "pillars"}
    must = {key for key, item in asked.items() if item.get("validations", {}).get("required")}
    assert needed - by_maintainer <= must


@pytest.mark.parametrize("path", sorted(FORMS.glob("*.yml")), ids=lambda path: path.stem)
def test_forms_ask_for_each_thing_once(path: Path) -> None:
    """GitHub shows no form in which an id, a label or an option stands twice."""
    body = yaml.safe_load(path.read_text(encoding="utf-8")).get("body", [])
    asked = [item for item in body if item["type"] != "markdown"]
    for values in (
        [item["id"] for item in asked],
        [item["attributes"]["label"] for item in asked],
        *(item["attributes"].get("options", []) for item in asked if item["type"] == "dropdown"),
    ):
        assert len(values) == len(set(values))
        assert all(isinstance(value, str) for value in values)


@pytest.mark.parametrize(
    ("name", "field", "words"),
    [
        ("event", "type", vocabulary.EVENT_TYPES),
        ("event", "pillars", vocabulary.PILLARS),
        ("source", "side", vocabulary.SIDES),
        ("source", "kind", vocabulary.SOURCE_KINDS),
        ("disagreement", "about", vocabulary.DISPUTE_TOPICS),
    ],
)
def test_forms_offer_the_words_of_the_vocabulary(name: str, field: str, words: Any) -> None:
    assert form(name)[field]["attributes"]["options"] == list(words)


def test_the_link_of_a_page_fills_in_the_form(site: Site) -> None:
    pages = [plan.make().text for plan in site.planned()]
    links = re.findall(r'href="([^"]+/issues/new[?][^"]+)"', "".join(pages))
    records = set()
    for link in links:
        given = dict(parse_qsl(urlsplit(html.unescape(link)).query))
        asked = form(given.pop("template").removesuffix(".yml"))
        assert given.pop("title")
        assert {asked[key]["type"] for key in given} == {"input"}
        records.add(tuple(given["record"].split("/")))
    assert records <= site.dataset.files.keys()
    assert ("events", "2015-11-02-kerry-astana") in records


def test_editor_knows_every_kind() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
    names = {Path(schema).name.split(".")[0] for schema in settings["yaml.schemas"]}
    assert names == {model.kind for model in (*RECORDS, *TABLES, Source)}


def test_hooks_are_local() -> None:
    loaded = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repo["repo"] for repo in loaded["repos"]] == ["local"]


def test_link_check() -> None:
    spec = importlib.util.spec_from_file_location("check_links", ROOT / "scripts/check_links.py")
    assert spec
    assert spec.loader
    links = importlib.util.module_from_spec(spec)
    sys.modules["check_links"] = links
    spec.loader.exec_module(links)
    dataset = checked(MINI)[0]
    copy = b'{"archived_snapshots": {"closest": {"url": "http://web.archive.org/web/1/x"}}}'

    def opener(request: urllib.request.Request) -> tuple[int, bytes]:
        if request.full_url.startswith(links.ARCHIVE):
            return 200, copy
        if "statement" in request.full_url:
            raise urllib.error.HTTPError(request.full_url, 404, "", None, None)  # type: ignore[arg-type]
        return 200, b""

    answers = links.of_host(dataset.sources.values(), opener, pause=0)
    text = links.report(dataset, answers)
    assert "1 gone, " in text
    assert "## U.S. Department of State" in text
    assert "- `state-2015-statement` answers 404: <https://example.org/statement>" in text
    assert "    - add `archived_url: https://web.archive.org/web/1/x`" in text
