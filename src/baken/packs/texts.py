"""Walk and replace the texts for people inside schema models, addressed by paths of hand-written ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel

from baken.packs.schema.base import Translatable

if TYPE_CHECKING:
    from baken.packs.pack import Pack

M = TypeVar("M", bound=BaseModel)
Lookup = Callable[[str, str], str]
"""(path, source text) -> text in the reader's language."""


def same_text(_path: str, text: str) -> str:
    """The lookup of a source language."""
    return text


def _is_text(annotation: Any, metadata: tuple[Any, ...] = ()) -> bool:
    if any(isinstance(item, Translatable) for item in metadata):
        return True
    return any(
        isinstance(item, Translatable) or _is_text(item, getattr(item, "__metadata__", ()))
        for item in (
            *getattr(annotation, "__metadata__", ()),
            *(get_args(annotation) if get_origin(annotation) is not dict else get_args(annotation)[1:]),
        )
    )


@cache
def _text_fields(model: type[BaseModel]) -> frozenset[str]:
    """Names of the fields of ``model`` that hold text for people, directly or as values of a mapping."""
    return frozenset(
        name for name, info in model.model_fields.items() if _is_text(info.annotation, tuple(info.metadata))
    )


def _key(item: Any, index: int) -> str:
    return str(getattr(item, "id", None) or getattr(item, "sign", None) or index)


def texts_of_model(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text for people inside a schema model: (path, text), in the order of the file."""
    if isinstance(value, BaseModel):
        texts = _text_fields(type(value))
        for name in type(value).model_fields:
            item = getattr(value, name)
            here = f"{path}.{name}" if path else name
            if name in texts:
                yield from _strings(item, here)
            elif isinstance(item, BaseModel | Mapping | list):
                yield from texts_of_model(item, here)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts_of_model(item, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts_of_model(item, f"{path}.{_key(item, index)}")


def _strings(item: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(item, str):
        yield path, item
    elif isinstance(item, Mapping):
        for key, text in item.items():
            yield f"{path}.{key}", text


def texts_of(pack: Pack) -> Iterator[tuple[str, str]]:
    """Every text in a pack's own files: (path, text). Signs and instruments are shared: see ``shared_texts``."""
    for model in pack.files().values():
        yield from texts_of_model(model)


def shared_texts(pack: Pack) -> Iterator[tuple[str, str]]:
    """Every text of the signs and instruments that all packs share: (path, text)."""
    yield from texts_of_model(pack.signs_file)
    for code, instrument in pack.instruments.items():
        yield from texts_of_model(instrument, f"instruments.{code}")


def in_language(value: M, lookup: Lookup, path: str = "") -> M:
    """A copy of a schema model with every text replaced by ``lookup(path, text)``; the model itself for ``same_text``."""
    if lookup is same_text:
        return value
    replaced: M = _replaced(value, lookup, path)
    return replaced


def _replaced(value: Any, lookup: Lookup, path: str) -> Any:
    if isinstance(value, BaseModel):
        texts = _text_fields(type(value))
        update: dict[str, Any] = {}
        for name in type(value).model_fields:
            item = getattr(value, name)
            here = f"{path}.{name}" if path else name
            if name in texts:
                update[name] = _looked_up(item, lookup, here)
            elif isinstance(item, BaseModel | Mapping | list):
                update[name] = _replaced(item, lookup, here)
        return value.model_copy(update=update)
    if isinstance(value, Mapping):
        return {key: _replaced(item, lookup, f"{path}.{key}") for key, item in value.items()}
    if isinstance(value, list):
        return [_replaced(item, lookup, f"{path}.{_key(item, index)}") for index, item in enumerate(value)]
    return value


def _looked_up(item: Any, lookup: Lookup, path: str) -> Any:
    if isinstance(item, str):
        return lookup(path, item)
    if isinstance(item, Mapping):
        return {key: lookup(f"{path}.{key}", text) for key, text in item.items()}
    return item
