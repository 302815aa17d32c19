"""What is served -> the application: pages, API, files of ours, and what is answered where something fails."""

import logging
import traceback

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from servanda.errors import Conflict, InputError, ServandaError
from servanda.web import (
    add,
    api,
    api_changes,
    api_page,
    decisions,
    dossier,
    dossiers,
    doubles,
    files,
    findings,
    parties,
    preferences,
    report,
    reports,
    review,
    today,
)
from servanda.web.answers import Answers
from servanda.web.desk import desk_of
from servanda.web.freshening import freshening
from servanda.web.security import Guard
from servanda.web.served import Served
from servanda.web.templating import STATIC, make_templates

API = "/api/v1"
PAGES = (
    add,
    api_page,
    decisions,
    dossier,
    dossiers,
    doubles,
    files,
    findings,
    parties,
    preferences,
    report,
    reports,
    review,
    today,
)
_LOG = logging.getLogger("servanda.web")


def make_app(served: Served) -> FastAPI:
    """The application over one ledger."""
    app = FastAPI(
        title="Servanda",
        version=served.version or "0",
        description="Who promised what to whom: the ledger behind the pages.",
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=freshening,
    )
    app.state.served = served
    app.state.templates = make_templates()
    for page in PAGES:
        app.include_router(page.router, include_in_schema=False)
    for part in (api, api_changes):
        app.include_router(part.router, prefix=API)
    app.mount("/static", _Files(directory=STATIC), name="static")
    app.add_exception_handler(ServandaError, _on_error)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(Exception, _on_fault)
    app.add_middleware(Answers, stamp=served.ledger.stamp)
    app.add_middleware(Guard, hosts=served.hosts)
    return app


class _Files(StaticFiles):
    """Files of ours, which the browser may keep: their addresses change with what they hold."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file."""
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


def _on_error(request: Request, error: Exception) -> Response:
    """What cannot be done, with place and remedy."""
    assert isinstance(error, ServandaError)
    status = {InputError: 422, Conflict: 409}.get(type(error), 503)
    return _answer(request, status, error.place, error.message, error.remedy)


def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _answer(request, error.status_code, request.url.path, str(error.detail), "")


def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = "/".join(str(part) for part in first.get("loc", ())[1:])
    return _answer(request, 422, place, str(first.get("msg", "")), "see /api for what may be sent")


def _on_fault(request: Request, error: Exception) -> Response:
    _LOG.error("%s %s\n%s", request.method, request.url.path, "".join(traceback.format_exception(error)))
    return _answer(request, 500, request.url.path, f"a fault of Servanda ({type(error).__name__})", "please report it")


def _answer(request: Request, status: int, place: str, message: str, remedy: str) -> Response:
    """An error as JSON for programs, as a page for people; what htmx asked for is put where messages stand."""
    if request.url.path.startswith(API):
        return JSONResponse({"place": place, "message": message, "remedy": remedy}, status)
    desk = desk_of(request).without_view()
    said = {"status": status, "place": place, "message": message, "remedy": remedy}
    if request.headers.get("hx-request") == "true":
        answer = desk.page("said_error.html", status, **said)
        answer.headers["hx-retarget"] = "#said"
        answer.headers["hx-reswap"] = "innerHTML"
        answer.headers["hx-reselect"] = "unset"
        return answer
    return desk.page("error.html", status, **said)
