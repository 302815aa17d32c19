"""The description of the API -> a page that people read, with an example of each request by curl."""

import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from servanda.web.desk import At

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Operation:
    """One request that the API answers. `fields`: what may be sent, and whether it has to be."""

    method: str
    path: str
    summary: str
    fields: tuple["Field", ...]
    faults: tuple[tuple[str, str], ...]
    example: str


@dataclass(frozen=True, slots=True)
class Field:
    """A value that is sent: its name, kind, and what it means."""

    name: str
    kind: str
    needed: bool
    said: str


@router.get("/api")
def describe(desk: At) -> Response:
    """The page."""
    described = desk.request.app.openapi()
    base = str(desk.request.base_url).rstrip("/")
    return desk.page("api.html", groups=_groups(described, base), address=desk.request.app.openapi_url)


def _groups(described: Mapping[str, Any], base: str) -> dict[str, list[Operation]]:
    groups: dict[str, list[Operation]] = {}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            groups.setdefault(operation["tags"][0], []).append(_operation(described, path, method, operation, base))
    return groups


def _operation(described: Any, path: str, method: str, operation: Any, base: str) -> Operation:
    faults = [(code, one["description"]) for code, one in operation["responses"].items() if code >= "400"]
    return Operation(
        method.upper(),
        path,
        operation["description"],
        tuple(_fields(described, operation)),
        tuple(sorted(faults)),
        _curl(base + path, operation),
    )


def _fields(described: Any, operation: Any) -> Iterator[Field]:
    for one in operation.get("parameters", ()):
        yield _field(described, one["name"], one["schema"], one.get("required", False), one.get("description", ""))
    body = operation.get("requestBody")
    if body:
        schema = _followed(described, body["content"]["application/json"]["schema"])
        for name, own in schema["properties"].items():
            yield _field(described, name, own, name in schema.get("required", ()), own.get("description", ""))


def _field(described: Any, name: str, schema: Any, needed: bool, said: str) -> Field:
    return Field(name, _kind(described, schema), needed, said or schema.get("description", ""))


def _kind(described: Any, schema: Any) -> str:
    """What sort of value a schema takes, in a few words."""
    schema = _followed(described, schema)
    if "enum" in schema or "const" in schema:
        return " | ".join(map(str, schema.get("enum", [schema.get("const")])))
    if "anyOf" in schema:
        return " | ".join(_kind(described, one) for one in schema["anyOf"] if one.get("type") != "null")
    if schema.get("type") == "array" and "items" in schema:
        return f"{_kind(described, schema['items'])} …"
    return str(schema.get("type", "any"))


def _followed(described: Any, schema: Any) -> Any:
    name = schema.get("$ref", "").rpartition("/")[2]
    return described["components"]["schemas"][name] if name else schema


_IDS = {"{id}": "U4", "{number}": "1"}


def _curl(address: str, operation: Any) -> str:
    for name, value in _IDS.items():
        address = address.replace(name, value)
    if "x-body" in operation:
        body = shlex.quote(json.dumps(operation["x-body"], ensure_ascii=False))
        return f"curl {shlex.quote(address)} -H 'content-type: application/json' -d {body}"
    return f"curl {shlex.quote(address + operation.get('x-example', ''))}"
