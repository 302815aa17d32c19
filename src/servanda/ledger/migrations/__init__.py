"""The steps by which the tables came to be: one module a version, run in order when a ledger is opened."""
