"""servanda schema: the JSON Schema of a reading -> standard output."""

import argparse
import json

from servanda.cli.options import write

HELP = "print the JSON Schema of a reading"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`servanda schema` has no options."""


def run(args: argparse.Namespace) -> int:
    """Print the schema."""
    from servanda.model.schema import reading_schema

    write(json.dumps(reading_schema(), ensure_ascii=False, indent=2) + "\n")
    return 0
