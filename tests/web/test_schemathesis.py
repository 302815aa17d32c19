"""Requests made up from the description of the API: none of them meets a fault of ours."""

from contextlib import suppress

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

_HERE = {"headers": {"host": "127.0.0.1"}}
_EXAMPLES = 12
_WITHOUT = "/api/v1/read$"  # reads in another process: one answer takes longer than all others
_SETTINGS = settings(
    max_examples=_EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


def test_no_request_meets_a_fault(changing):
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", changing.app, **_HERE)
    statuses: dict[str, set[int]] = {}
    for found in schema.exclude(path_regex=_WITHOUT).get_all_operations():
        operation = found.ok()
        answered = statuses.setdefault(f"{operation.method} {operation.path}", set())
        for mode in GenerationMode:
            _ask(operation, mode, answered)
    assert len(statuses) == len(changing.app.openapi()["paths"]) - 1
    assert {status for some in statuses.values() for status in some} >= {200, 404, 422}
    assert {path for path, some in statuses.items() if max(some) >= 500} == set()


def _ask(operation, mode, answered):
    @given(case=operation.as_strategy(generation_mode=mode))
    @_SETTINGS
    def ask(case):
        answered.add(case.call(**_HERE).status_code)

    with suppress(Unsatisfiable):  # where nothing may be sent, nothing can be wrong
        ask()
