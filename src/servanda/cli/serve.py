"""servanda serve: the ledger as pages in a browser, for this machine alone."""

import argparse
import logging
import signal
import socket
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from servanda.cli.ledgers import add_ledger, say, tongue_of, who_acts
from servanda.cli.options import add_tables, load_tables
from servanda.errors import InputError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from servanda.ledger.ledger import Ledger
    from servanda.web.served import Served

HELP = "show the ledger as pages in a browser"

_PORT = 8021
_ENDED = 143  # exit code of what was told to end
_LOCAL = ("127.0.0.1", "localhost", "::1")
_EXAMPLES = Path(__file__).parents[1] / "examples"  # of the project, by a link


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda serve`."""
    parser.add_argument("--port", type=int, default=_PORT, metavar="N", help=f"0 takes a free one (default: {_PORT})")
    parser.add_argument(
        "--host", default=_LOCAL[0], metavar="NAME", help=f"address to listen at (default: {_LOCAL[0]})"
    )
    help = "processes that answer; each holds a connection to the ledger of its own (default: 1)"
    parser.add_argument("--workers", type=int, default=1, metavar="N", help=help)
    parser.add_argument("--who", help="name under which decisions are entered until the page gives another")
    add_tables(parser)
    add_ledger(parser)


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted."""
    load_tables(args.tables)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(_ENDED))  # an end that tidies up
    with TemporaryDirectory(prefix="servanda-") as drafts:
        return _serve(args, _Maker(args.ledger, args.tables, args.host, who_acts(args), Path(drafts)))


def _serve(args: argparse.Namespace, make: "_Maker") -> int:
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    make.open_ledger().close()  # what cannot be opened is said before anything is served
    own = _bind(args.host, args.port)
    config = uvicorn.Config(make, factory=True, workers=args.workers, log_level="warning", server_header=False)
    name = f"[{args.host}]" if ":" in args.host else args.host
    say(f"the ledger {args.ledger} is shown at http://{name}:{own.getsockname()[1]}/ (Ctrl-C ends it)")
    server = uvicorn.Server(config)
    if args.workers > 1:
        Multiprocess(config, [own]).run()
    else:
        server.run(sockets=[own])
    return 0


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    own = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, or answers wait 40 ms for an echo
    own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        own.bind((host, port))
    except (OSError, OverflowError) as error:
        own.close()
        remedy = "end what listens there, or give another with --port"
        raise InputError(f"{host}:{port}", f"cannot be listened at ({error})", remedy) from error
    own.set_inheritable(True)
    return own


@dataclass(frozen=True)
class _Maker:
    """Makes the application in the process that serves it."""

    ledger: Path
    tables: Path | None
    host: str
    who: str
    drafts: Path

    def __call__(self) -> "FastAPI":
        from servanda.web.app import make_app

        logging.basicConfig(stream=sys.stderr, format="servanda: %(message)s")
        return make_app(self.served())

    def open_ledger(self) -> "Ledger":
        from servanda.ledger.ledger import Ledger

        return Ledger.open(self.ledger, tongue_of(argparse.Namespace(tables=self.tables)), create=True)

    def served(self) -> "Served":
        """All that the pages need."""
        from importlib.metadata import version

        from servanda.cli.desk import Desk
        from servanda.cli.parties import parties_by_words, party_code
        from servanda.lang.lemmas import find_lemmas
        from servanda.web.drafts import Drafts
        from servanda.web.served import Served

        tables = load_tables(self.tables)
        return Served(
            ledger=self.open_ledger(),
            tables=tables,
            readers=Desk(self.tables),
            drafts=Drafts(self.drafts),
            party_code=partial(party_code, tables=tables),
            party_lemmas=tables.derive(parties_by_words),
            find_lemmas=lambda text: list(find_lemmas(text)),
            who=self.who,
            hosts=frozenset({*_LOCAL, self.host.lower()}),
            examples=_EXAMPLES if _EXAMPLES.is_dir() else None,
            version=version("servanda"),
        )
