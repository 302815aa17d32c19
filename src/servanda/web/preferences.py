"""What a person prefers: language, theme, and the name under which decisions are entered; kept by the browser."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form
from starlette.responses import Response

from servanda.errors import InputError
from servanda.render.words import LANGUAGES
from servanda.web.desk import THEMES, At

router = APIRouter()
_YEAR = 365 * 24 * 3600
_LONGEST = 200  # characters of a name


@router.post("/preferences")
def set_preferences(
    desk: At,
    back: Annotated[str, Form()] = "/",
    ui: Annotated[str, Form()] = "",
    theme: Annotated[str, Form()] = "",
    who: Annotated[str, Form()] = "",
) -> Response:
    """Keep what was chosen, and lead back."""
    who = who.strip()
    if len(who) > _LONGEST or not who.isprintable():
        raise InputError("who", "is no name", f"give one of at most {_LONGEST} characters")
    answer = desk.go(back)
    chosen = {"ui": ui if ui in LANGUAGES else "", "theme": theme if theme in THEMES else "", "who": quote(who)}
    for name, value in chosen.items():
        if value:
            answer.set_cookie(name, value, max_age=_YEAR, httponly=True, samesite="strict")
    return answer
