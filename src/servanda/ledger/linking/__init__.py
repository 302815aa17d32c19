"""Records of many reports -> groups that speak of one thing, each join with its score and its reasons in plain words.

`make_features` once a record; `compare` any two of them; `partition` a set of them. All pure: what two records are to
each other depends on these two alone, and a partition on nothing but the set, the must-links and the cannot-links.

To find whom to compare: file a record under `block_keys`, look it up by `probe_keys`. Two records that `compare` calls
the same or possibly the same find each other so, from either side. (Two lists, because what says "2024" must find
what says "14 February 2024", while records of two days need not find each other.)

To add records: take the new ones, what they find, and all that hangs together with these through verdicts `same`, and
make the partition of it; the rest of the ledger stands as it was. What may be one with something outside is seen by
the verdicts `possible` alone.
"""

from servanda.ledger.linking.compare import compare
from servanda.ledger.linking.features import Features, make_features, pack, unpack
from servanda.ledger.linking.keys import block_keys, probe_keys
from servanda.ledger.linking.knowledge import Knowledge, Pair
from servanda.ledger.linking.partition import Open, Partition, partition
from servanda.ledger.linking.verdict import Verdict

__all__ = [
    "Features",
    "Knowledge",
    "Open",
    "Pair",
    "Partition",
    "Verdict",
    "block_keys",
    "compare",
    "make_features",
    "pack",
    "partition",
    "probe_keys",
    "unpack",
]
