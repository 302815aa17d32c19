"""What exists, and since when: tables of states, places, bodies, organs -> rows, and the names found in a text.

`tables.py` loads and checks the tables, `schema.py` is their registry, `declension.py` makes the forms of a name,
`names.py` finds them. Knows no grammar of sentences and nothing of records.
"""
