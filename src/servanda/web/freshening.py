"""The index behind the lists, brought up to date beside the pages: what others add appears without being asked for."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Event, Thread

from fastapi import FastAPI

from servanda.errors import ServandaError
from servanda.ledger.ledger import Ledger

_PAUSE = 2.0  # seconds between looks
_PORTION = 25  # dossiers, reports or pairs at once: decisions wait no longer than for these
_LOG = logging.getLogger("servanda.web")


@asynccontextmanager
async def freshening(app: FastAPI) -> AsyncIterator[None]:
    """As long as the application runs."""
    ended = Event()
    ledger: Ledger = app.state.served.ledger
    thread = Thread(target=_freshen, args=(ledger, ended), name="freshening", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        app.state.served.readers.close()


def _freshen(ledger: Ledger, ended: Event) -> None:
    stamp = None
    while not ended.wait(_PAUSE if stamp == ledger.stamp() else 0.0):
        stamp = ledger.stamp()
        try:
            while not ended.is_set() and ledger.freshen(portion=_PORTION, seconds=0.1).left:
                ended.wait(0.01)  # let decisions in
        except ServandaError as error:  # another process holds the file: tried again
            _LOG.warning("%s", error)
            ended.wait(_PAUSE)
