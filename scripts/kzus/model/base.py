"""The types from which the record's models are made: text, ids, dates, addresses, statements.

Everything is frozen, refuses unknown keys, and says what would be right when it refuses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any, ClassVar, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from .. import dates
from . import vocabulary

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_ID = re.compile(ID_PATTERN)
# Control, format, private and surrogate characters (Unicode categories Cc, Cf, Co, Cs): they are
# not seen, and some of them reorder or hide the text around them.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\ud800-\uf8ff\ufeff\ufff0-\uffff\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
MAX_ID = 120
MAX_TEXT = 2_000
MAX_TITLE = 500

T = TypeVar("T")


class Model(BaseModel):
    """Base of all parts of the record."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=False, serialize_by_alias=True
    )
    kind: ClassVar[str]  # of those that are entries: the name of their collection


def required(meaning: str, **more: Any) -> Any:
    """A field that must be there, with its meaning for contributors."""
    return Field(description=meaning, **more)


def optional(meaning: str, default: Any = None, **more: Any) -> Any:
    """A field that may be left out, with its meaning for contributors."""
    return Field(default=default, description=meaning, **more)


def refuse(rule: str, message: str) -> PydanticCustomError:
    """An error whose rule name and message reach the contributor as they are."""
    return PydanticCustomError(rule, "{message}", {"message": message})


def _described(value: Any) -> str:
    if value is None:
        return "nothing"
    kinds = {bool: "true or false", list: "a list", dict: "a group of keys"}
    return kinds.get(type(value), f"{value!r}"[:60])


def _text(limit: int) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if not isinstance(value, str):
            raise refuse("wrong-type", f"must be text, found {_described(value)}")
        text = " ".join(value.split())
        if not text:
            raise refuse("empty-text", "must be text, found none")
        if len(text) > limit:
            raise refuse("text-too-long", f"has {len(text):,} characters, {limit:,} are allowed")
        plain = text.isascii() and text.isprintable()  # most text is, and needs no search
        if not plain and (unseen := _UNSEEN.search(text)):
            found = f"U+{ord(unseen[0]):04X}"
            raise refuse("unseen-character", f"has the invisible character {found}: remove it")
        return text

    return check


def is_id(text: str) -> bool:
    """Whether a text has the form of an id."""
    return bool(_ID.fullmatch(text)) and len(text) <= MAX_ID


def _id(value: Any) -> str:
    if not isinstance(value, str):
        raise refuse("wrong-type", f"must be an id, found {_described(value)}")
    if not is_id(value):
        rule = "lower-case letters, digits and single hyphens"
        raise refuse("bad-id", f"must be an id ({rule}), found {value[:60]!r}")
    return value


def _date(value: Any) -> dates.Date:
    if isinstance(value, dates.Date):
        return value
    if not isinstance(value, str):
        raise refuse("wrong-type", f"must be a date, found {_described(value)}")
    try:
        return dates.parse(value)
    except ValueError as error:
        raise refuse("bad-date", str(error)) from None


def _url(value: Any) -> str:
    text = _text(MAX_TEXT)(value)
    parts = None
    try:
        parts = urlsplit(text)
        right = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        right = False
    if not right or re.search(r"[\s<>\"\\^`{|}]", text):
        raise refuse("bad-url", f"must be an http or https address, found {text[:80]!r}")
    return text


def _list(value: Any) -> Any:
    if value is None:
        raise refuse(
            "wrong-type", "must be a list, found nothing: leave the key out if it is empty"
        )
    if not isinstance(value, list | tuple):
        raise refuse("wrong-type", f"must be a list, found {_described(value)}")
    return tuple(value)


class OneOf:
    """Marks a text field that holds one word of a closed list."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Check the word; the problem lists what is allowed."""
        return core_schema.no_info_plain_validator_function(self._check)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """A choice, for editors."""
        return {"enum": list(self.words)}

    def _check(self, value: Any) -> str:
        if isinstance(value, str) and value in self.words:
            return value
        context = {"found": _described(value), "word": str(value), "words": self.words}
        context["allowed"] = ", ".join(self.words)
        raise PydanticCustomError(
            "unknown-word", "must be one of {allowed}, found {found}", context
        )


class References:
    """Marks an id field with the kind of record that it names; editors complete from it."""

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Add the kinds to the field's schema; `exports.schemas` turns them into a choice."""
        return {**handler(schema), "x-references": list(self.kinds)}


def parts_of(*annotations: Any) -> Iterator[Any]:
    """What annotations are made of, however deep: types, and the marks on them."""
    for part in annotations:
        inner = (*getattr(part, "__args__", ()), *getattr(part, "__metadata__", ()))
        if getattr(part, "__origin__", None) is tuple:
            yield tuple
        yield from parts_of(*inner) if inner else (part,)


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation holds, however deep, or ``None``."""
    found = (part for part in parts_of(annotation) if isinstance(part, type))
    return next((part for part in found if issubclass(part, BaseModel)), None)


def _schema(kind: str, **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, **more})


Text = Annotated[
    str, PlainValidator(_text(MAX_TEXT)), _schema("string", minLength=1, maxLength=MAX_TEXT)
]
Title = Annotated[
    str, PlainValidator(_text(MAX_TITLE)), _schema("string", minLength=1, maxLength=MAX_TITLE)
]
Id = Annotated[str, PlainValidator(_id), _schema("string", pattern=ID_PATTERN, maxLength=MAX_ID)]
Url = Annotated[str, PlainValidator(_url), _schema("string", pattern="^https?://", format="uri")]
Date = Annotated[
    dates.Date,
    PlainValidator(_date),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": ["string", "integer"], "description": "EDTF date"}),
]
Flag = Annotated[bool, Field(strict=True)]
Many = Annotated[tuple[T, ...], BeforeValidator(_list)]

Pillar = Annotated[str, OneOf(vocabulary.PILLARS)]
Side = Annotated[str, OneOf(vocabulary.SIDES)]
DisputeTopic = Annotated[str, OneOf(vocabulary.DISPUTE_TOPICS)]

SourceId = Annotated[Id, References("sources")]
SourceIds = Many[SourceId]
PersonId = Annotated[Id, References("people")]
PlaceId = Annotated[Id, References("places")]
ThemeId = Annotated[Id, References("themes")]
OfficeId = Annotated[Id, References("offices")]
EventId = Annotated[Id, References("events")]
AgreementId = Annotated[Id, References("agreements")]
OrganizationId = Annotated[Id, References("organizations")]
DialogueId = Annotated[Id, References("dialogues")]
RecordId = Annotated[
    Id, References("events", "agreements", "commitments", "people", "organizations", "series")
]


def _from_text(key: str) -> Any:
    """A validator that reads plain text as a mapping with one key."""

    def expand(value: Any) -> Any:
        return {key: value} if isinstance(value, str) else value

    return model_validator(mode="before")(expand)


def or_name(key: str) -> Any:
    """A validator that wants either the id of something in the record or a name."""

    def check(part: T) -> T:
        if (getattr(part, key) is None) == (getattr(part, "name", None) is None):
            raise refuse(f"{key}-or-name", f"must have either {key} (an id) or name, not both")
        return part

    return model_validator(mode="after")(check)


class Statement(Model):
    """A statement with the sources that show it.

    Plain text stands for a statement that inherits the sources of its record.
    """

    text: Text = required("One sentence that stands on its own.")
    sources: SourceIds = optional("The sources that show just this.", ())

    _plain = _from_text("text")


class Claim(Model):
    """One answer to a disputed question, and who gives it."""

    says: Text = required("The answer, as short as it can be.")
    sources: SourceIds = optional("The sources that give this answer.", ())
    unattributed: Flag = optional("The claim is reported; who makes it is not settled.", False)


class Dispute(Model):
    """A question to which sources give different answers."""

    about: DisputeTopic = required("What kind of thing is disputed.")
    question: Text = required("The question, ending in a question mark.")
    claims: Many[Claim] = required("The answers, two at least, each with its sources.")
    note: Text | None = optional("What this record follows, and why.")
