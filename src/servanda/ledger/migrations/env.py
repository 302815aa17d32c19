"""Nothing to run here: `store` runs the migrations itself, inside a transaction of the ledger."""
