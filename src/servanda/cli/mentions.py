"""servanda mentions: reports -> every time, amount, party, person, place and instrument that they name, used or not."""

import argparse
import json
from functools import partial
from typing import TYPE_CHECKING

from servanda.cli.options import add_paths, plain_paper
from servanda.cli.work import Printed, print_all
from servanda.model.reading import Mention, Reading, plain
from servanda.render.marks import printable
from servanda.render.values import render_value

if TYPE_CHECKING:
    from servanda.render.text import Paper

HELP = "print what a report names: times, amounts, parties, people, places, instruments"

_INDENT = 15  # columns of a place


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda mentions`."""
    add_paths(parser)
    parser.add_argument(
        "--format", choices=("text", "jsonl"), default="text", help="for people, or one object a line (default: text)"
    )


def run(args: argparse.Namespace) -> int:
    """Print the mentions of every input."""
    return print_all(args, print_lines if args.format == "jsonl" else partial(print_list, plain_paper()))


def print_lines(reading: Reading) -> Printed:
    """One JSON object a mention."""
    lines = (
        {
            "id": reading.id,
            "type": m.type,
            "span": list(m.span),
            "text": m.text,
            "value": plain(m.value),
            "rule": m.rule,
            "used": m.used,
        }
        for m in reading.mentions
    )
    return Printed("".join(json.dumps(m, ensure_ascii=False, separators=(",", ":")) + "\n" for m in lines))


def print_list(paper: "Paper", reading: Reading) -> Printed:
    """A list in the order of the text."""
    from servanda.render.text import fill

    rows = [printable(reading.id), *map(_row, reading.mentions)]
    lines = (line for row in rows for line in fill([(row, "")], paper, " " * _INDENT))
    return Printed("".join(f"{line}\n" for line in lines) + "\n")


def _row(mention: Mention) -> str:
    """Place, type, words, value, and a mark where no record uses it."""
    place = f"{mention.span.start}-{mention.span.end}"
    words = " ".join(printable(mention.text).split())
    used = "" if mention.used else " (in no record)"
    return f"{place:>13}  {mention.type:<10}  «{words}»: {printable(render_value(mention.value, 'en'))}{used}"
