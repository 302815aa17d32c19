"""The same reading over millions of reports, on one machine: inputs -> a folder of readings, each document once.

plan          inputs -> shards, each with the name of its output
supervisor    shards -> processes that read them; what crashes, hangs or eats memory costs itself alone
worker        a shard -> its journal -> its output
output        rows and facts -> one file, whole or not there; and back
wires         outputs -> which documents are rewrites of one wire, so that origins can be counted
manifest      outputs -> what is in them, and what could not be read and why
rewrites      rows -> which of them are rewrites of one wire, by their sketches

Never reads a clock into what it writes, and never prints.
"""
