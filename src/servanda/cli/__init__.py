"""The command: one module a verb, the only place that prints. Arguments in, streams and an exit code out."""
