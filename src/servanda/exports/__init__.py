"""Dossiers -> files that others read, one format a module. Never changes the ledger."""
