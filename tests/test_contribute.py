"""The contributor's guide, the issue forms and the editor's settings agree with the record."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import yaml

from kzus.canonical import canonical
from kzus.edition import Edition
from kzus.explain import keys_at
from kzus.model import vocabulary
from kzus.model.records import RECORDS, TABLES, Disagreement, Event, Source
from kzus.rules import RULES
from kzus.site.pages import Site
from kzus.views.reference import shapes
from records import MINI, checked, mini, write
from test_layers import LAYERS

ROOT = MINI.parent.parent
GUIDE = ROOT / "docs/contribute"
EXAMPLE = re.compile(r"```yaml\n# (data/\S+)\n(.*?)```", re.DOTALL)
EXAMPLES = {
    f"{page.stem}-{number}": match.groups()
    for page in sorted(GUIDE.glob("*.md"))
    for number, match in enumerate(EXAMPLE.finditer(page.read_text(encoding="utf-8")))
}
FORMS = ROOT / ".github/ISSUE_TEMPLATE"
# A form's fields are the data's; these are the forms' own.
MODELS = {"event": Event, "source": Source, "disagreement": Disagreement}


def test_each_page_has_its_example() -> None:
    pages = ("event", "agreement", "person", "source", "evidence", "disagreement")
    assert {f"{page}-0" for page in pages} == EXAMPLES.keys()


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_are_right_and_in_canonical_form(tmp_path: Path, name: str) -> None:
    path, text = EXAMPLES[name]
    root = mini(tmp_path)
    write(root, path, text)
    found = [problem for problem in checked(root)[1] if problem.path == path]
    assert [problem for problem in found if problem.level == "error"] == []
    assert canonical(text.encode(), path) == text


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
    model = MODELS[name]
    known = [*keys_at(model, ("",)), *(["related"] if name == "source" else [])]
    asked = form(name)
    assert set(asked) <= set(known)
    required = {i.alias or n for n, i in model.model_fields.items() if i.is_required()}
    by_maintainer = {"id", "pillars"}
    assert required - by_maintainer <= set(asked)


@pytest.mark.parametrize(
    ("name", "field", "words"),
    [
        ("event", "type", vocabulary.EVENT_TYPES),
        ("source", "kind", vocabulary.SOURCE_KINDS),
        ("disagreement", "about", vocabulary.DISPUTE_TOPICS),
    ],
)
def test_forms_offer_the_words_of_the_vocabulary(name: str, field: str, words: Any) -> None:
    assert form(name)[field]["attributes"]["options"] == list(words)


def test_a_page_can_fill_in_the_record() -> None:
    assert form("correct")["record"]["type"] == "input"


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
