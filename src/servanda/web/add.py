"""A pasted text or files -> what they are read as, before it is recorded; then what became of each record."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from json import dumps
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from servanda.ledger.given import Given
from servanda.sources.rejected import Rejected
from servanda.web.desk import At
from servanda.web.drafts import Draft
from servanda.web.preview import make_preview
from servanda.web.recorded import find_became
from servanda.web.security import MOST
from servanda.web.served import Read

router = APIRouter()
_REPORTS = 300  # on one page; more are a task for the command
_TOLD = 30  # of which it is told at once what became of them
_PASTED = "pasted.jsonl"


@router.get("/add")
def ask(desk: At) -> Response:
    """Where a text is pasted, or files are dropped."""
    return desk.page("add.html")


async def _posted(request: Request) -> AsyncIterator[FormData]:
    """A form with texts as long as a request may be."""
    async with request.form(max_part_size=MOST) as form:
        yield form


Posted = Annotated[FormData, Depends(_posted)]


@router.post("/add/text")
def read_text(desk: At, form: Posted) -> Response:
    """Read a pasted text, and lead to its reading."""
    said = {key: str(form.get(key, "")).strip() or None for key in ("id", "published", "agency", "url")}
    text = str(form.get("text", "")).replace("\r\n", "\n")  # forms send line ends so
    name = said["id"] or f"pasted-{sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}"
    line = dumps({**said, "id": name, "text": text}, ensure_ascii=False).encode("utf-8", "replace")
    return _keep(desk, [_called(one, name) for one in desk.served.readers.read(_PASTED, line, None)])


@router.post("/add/files")
def read_files(desk: At, form: Posted) -> Response:
    """Read files, and lead to their readings."""
    published = str(form.get("published", "")).strip() or None
    files = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    found: list[Read | Rejected] = []
    for file in files:
        found += desk.served.readers.read(file.filename or "", file.file.read(), published)
    return _keep(desk, found) if files else desk.go("/add")


@router.post("/add/examples")
def add_examples(desk: At) -> Response:
    """Read and record the examples, and lead to what is new."""
    folder = desk.served.examples
    if folder is None:
        raise HTTPException(404)
    given = [
        one.given
        for path in sorted(folder.iterdir())
        for one in desk.served.readers.read(path.name, path.read_bytes(), None)
        if isinstance(one, Read)
    ]
    desk.ledger.add(given, desk.who)
    desk.ledger.freshen(seconds=1.0)  # the lists show it at once
    return desk.go("/")


@router.get("/add/{token}")
def show(desk: At, token: str) -> Response:
    """What was read; after it was recorded, what became of it."""
    draft = _find(desk, token)
    if draft.recorded:
        became = [find_became(desk, one) for one in draft.recorded[:_TOLD]]
        return desk.page("add_done.html", draft=draft, became=became, others=draft.recorded[_TOLD:])
    outcomes = [desk.ledger.foresee(given) for given in draft.given]
    return desk.page("add_read.html", draft=draft, token=token, outcomes=outcomes, previews=_previews(desk, draft))


@router.post("/add/{token}")
def record(desk: At, token: str, chosen: Annotated[list[int], Form()] = []) -> Response:  # noqa: B006
    """Record the chosen readings, by their place from 0."""
    draft = _find(desk, token)
    given = [one for n, one in enumerate(draft.given) if n in chosen]
    if given:
        desk.served.drafts.replace(token, replace(draft, recorded=desk.ledger.add(given, desk.who)))
        desk.ledger.freshen(seconds=1.0)  # the lists show it at once
    return desk.go(f"/add/{token}")


def _previews(desk: At, draft: Draft) -> list[Any]:
    return [make_preview(given, desk.ui, desk.name) for given in draft.given]


def _find(desk: At, token: str) -> Draft:
    found = desk.served.drafts.find(token)
    if found is None:
        raise HTTPException(404, desk.word("add/gone"))
    return found


def _called(one: Read | Rejected, name: str) -> Read | Rejected:
    """A fault of the pasted text by the name of the report."""
    return replace(one, place=name) if isinstance(one, Rejected) else one


def _keep(desk: At, found: Sequence[Read | Rejected]) -> Response:
    given = list(_each_once([one.given for one in found if isinstance(one, Read)]))
    rejected = [one for one in found if isinstance(one, Rejected)]
    rejected += [one for one in given if isinstance(one, Rejected)]
    readings = [one for one in given if isinstance(one, Given)]
    if len(readings) > _REPORTS:
        what = desk.word("add/many", left=len(readings) - _REPORTS, most=_REPORTS)
        rejected.append(Rejected(desk.word("add/files"), what, desk.word("add/many/remedy")))
    return desk.go(f"/add/{desk.served.drafts.keep(Draft(readings[:_REPORTS], rejected))}")


def _each_once(given: Iterable[Given]) -> Iterable[Given | Rejected]:
    """Two files may call different reports alike: the second would be recorded as a new version of the first."""
    texts: dict[str, str | None] = {}
    for one in given:
        id = one.reading["id"]
        if id not in texts:
            texts[id] = one.text
            yield one
        elif texts[id] != one.text:
            yield Rejected(id, "is the id of two reports with different texts", "give each report an id of its own")
