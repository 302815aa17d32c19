"""Why two dossiers are perhaps one -> in the reader's language: the ground, and the words or days that it rests on."""

from servanda.render.words import labels, verbs


def say_reason(reason: str, ui: str) -> str:
    """A reason as the linking gives it, `ground` or `ground: what it rests on`; one that no table knows stays."""
    ground, colon, rest = reason.partition(": ")
    said = labels(ui).get(f"reason/{ground}", ground)
    if ground == "same act" and rest in verbs():
        rest = verbs()[rest].base if ui == "en" else verbs()[rest].ru_inf
    return f"{said}{colon}{rest}"
