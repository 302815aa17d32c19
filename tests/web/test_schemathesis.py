"""Requests made up from the description of the API: none of them meets a fault of ours."""

import shutil
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error

from servanda.cli.serve import _Maker

_HERE = {"headers": {"host": "127.0.0.1"}}
_WITHOUT = "/api/v1/read$"  # reads in another process: one answer takes longer than all others


@pytest.fixture
def described(recorded: Path, tmp_path: Path):
    shutil.copy(recorded, tmp_path / "ledger.db")
    app = _Maker(tmp_path / "ledger.db", None, "127.0.0.1", "anna", tmp_path)()
    app.state.served.ledger.freshen()
    yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, **_HERE)
    app.state.served.ledger.close()


schema = schemathesis.pytest.from_fixture("described").exclude(path_regex=_WITHOUT)


@schema.parametrize()
@settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_no_request_meets_a_fault(case):
    answer = case.call(**_HERE)
    case.validate_response(answer, checks=[not_a_server_error])
