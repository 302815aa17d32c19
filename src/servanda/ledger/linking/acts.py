"""Acts by which reports tell one deed: giving, supplying and carrying goods, and the like."""

_GROUPS = {
    **dict.fromkeys(("give", "supply", "buy", "transport", "lend", "finance", "pay"), "transfer"),
    **dict.fromkeys(("ease", "restrict", "refrain"), "bounds"),
    **dict.fromkeys(("raise", "cut"), "level"),
    **dict.fromkeys(("deploy", "host"), "presence"),
}


def act_group(act: str) -> str:
    """The group of an act; most stand alone."""
    return _GROUPS.get(act, act)
