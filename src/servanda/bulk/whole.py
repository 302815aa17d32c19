"""A run, from the inputs to the manifest."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from servanda.bulk.folder import hold, remove_strangers
from servanda.bulk.job import Facts, Run, Shard
from servanda.bulk.manifest import Totals, write_manifest
from servanda.bulk.plan import check_inputs, find_shards
from servanda.bulk.supervisor import Status, Supervisor
from servanda.errors import InputError
from servanda.sources.rejected import Rejected


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run came to: the sums of its manifest, how far this time, rewrites, and what was planned, in order."""

    totals: Totals
    status: Status
    rewrites: Facts  # how many documents tell how many wires, where more than one does
    plan: list[str | Rejected] = field(repr=False)


def run_bulk(run: Run, tell: Callable[[Status], None] = lambda _: None) -> Ran:
    """Read all inputs into the folder; what is done is passed over. The manifest stands there only when all is done."""
    check_inputs(run.inputs, run.out)
    plan: list[str | Rejected] = []

    def shards() -> Iterator[Shard]:
        for one in find_shards(run):
            plan.append(one if isinstance(one, Rejected) else one.output)
            if isinstance(one, Shard):
                yield one

    with hold(run):
        supervisor = Supervisor(run, shards(), tell)
        supervisor.run()
        outputs = {one for one in plan if isinstance(one, str)}
        if not outputs:
            said = next((str(one) for one in plan if isinstance(one, Rejected)), "the inputs are empty")
            raise InputError("bulk", f"no input found ({said})", "give files or folders of reports")
        remove_strangers(run.out, outputs)
        rewrites = _find_rewrites(run.out, [one for one in plan if isinstance(one, str)])
        return Ran(write_manifest(run.out, plan), supervisor.status, rewrites, plan)


def _find_rewrites(out: Path, outputs: Sequence[str]) -> Facts:
    from servanda.bulk.wires import write_rewrites  # loads what compiles, which is late enough now

    return write_rewrites(out, outputs)
