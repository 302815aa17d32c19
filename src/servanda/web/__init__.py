"""A ledger -> pages in a browser and a JSON API; what people decide there -> entries of the ledger.

`make_app` puts it together. Pages and API call the same functions of the ledger; what a record, a day or a number is
called, `render` says. Nothing here reads a report or knows a language: the command hands in who can (`Served`).
"""
