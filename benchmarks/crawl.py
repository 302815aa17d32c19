"""A seed -> any number of pages of news sites, in one web archive as crawlers write them (WARC.gz).

    python benchmarks/crawl.py 10000 news.warc.gz [--seed 1] [--topic 0.05]

The same seed gives the same bytes, and fewer pages are the first of more. A page has 20 to 60 kB: menus, styles,
scripts, links to other news, comments, and an article of 600 to 4,000 letters; sites mark headline and day in five
different ways. One article in twenty tells of agreements and promises of states, in the sentences of invented readings;
the others are of the town, sport, weather, courts and culture, a quarter of them with states in passing.
"""

import argparse
import gzip
import json
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random

from invented import invent
from phrases import say_day

_BEGIN = date(2023, 1, 9)
_A_DAY = 400  # pages
_SITES = ("vest", "kurier", "meridian", "polden", "stepnoi-vestnik", "severny-kray", "delovoy-den")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_TOWNS = _words("Омск Казань Тверь Пермь Самара Вологда Ижевск Тюмень Саратов Псков Чита Калуга Караганда Ош Гомель")
_IN_TOWNS = _words("Омске Казани Твери Перми Самаре Вологде Ижевске Тюмени Саратове Пскове Чите Калуге Оше Гомеле")
_NAMES = _words("Лапшин Еремин Сухов Ткаченко Жуков Синицын Касымов Гаврилов Романов Ли Шевцов Попов Орлов Белов")
_FIRST = _words("Игорь Антон Сергей Марат Олег Павел Данияр Виктор Святослав Руслан Егор Тимур Илья Артем")
_MONTHS = _words("января февраля марта апреля мая июня июля августа сентября октября ноября декабря")
_SUBJECTS = (
    *("мэрия", "областная больница", "дирекция парка", "городской театр", "школа № 17", "служба спасения"),
    *("краеведческий музей", "клуб «Заря»", "районный суд", "управление дорог", "зоопарк", "библиотека"),
    *("метеостанция", "университет", "хоккейная команда", "молодежный хор", "водоканал", "пожарная часть"),
)
_SENTENCES = (
    "В {town} {subject} подвела итоги недели: за семь дней поступило {n} обращений, почти все уже рассмотрены.",
    "Об этом рассказал журналистам {first} {name}, который занимается этим вопросом с {year} года.",
    "По словам очевидцев, к вечеру на площади собралось около {n} человек, движение перекрыли на {k} часа.",
    "Синоптики ждут до {k} градусов мороза, местами снег и ветер до {m} метров в секунду.",
    "Матч закончился со счетом {k}:{m}, победную шайбу на {m}-й минуте забросил {name}.",
    "Следствие считает, что {first} {name} присвоил {n} тысяч рублей, сам он вину не признает.",
    "Ремонт обойдется бюджету в {n} млн рублей, подрядчик закончит его к осени.",
    "Выставка открыта ежедневно, кроме понедельника, билет стоит {n} рублей, детям вход свободный.",
    "«Мы давно этого ждали, и вот наконец дождались», — сказал корреспонденту {first} {name}.",
    "В прошлом году таких случаев было {n}, в позапрошлом — на {k} больше.",
    "На репетиции {subject} показала новую программу, премьера назначена на следующую субботу.",
    "Жителям советуют не выходить на лед и не оставлять без присмотра детей.",
    "Суд приговорил {name} к {k} годам условно, приговор еще не вступил в законную силу.",
    "Автобусы маршрута № {n} временно пойдут в объезд, расписание не изменится.",
    "Губернатор поручил проверить котельные до начала отопительного сезона, проверено {n} из них.",
    "Режиссер {first} {name} снимает кино о жизни маленького города у большой реки.",
    "Цены на овощи за месяц выросли на {k}%, на молоко не изменились, сообщила {subject}.",
    "Волонтеры собрали {n} килограммов мусора и посадили {m} молодых лип вдоль набережной.",
    "Врачи напоминают, что прививка действует не сразу, а спустя {k} недели.",
)
_ABROAD = (  # off topic, though two states meet in a sentence
    "Сборная Казахстана уступила сборной Турции в {k} встречах из {m}, отборочный турнир продолжается.",
    "Певец из Италии даст {k} концертов в Китае и Японии, билеты уже распроданы.",
    "Биржи США и Германии закрылись ростом на {k}%, индексы прибавили по {n} пунктов.",
    "На перевале между Грузией и Арменией сошла лавина, {k} альпинистов спаслись, сообщил {first} {name}.",
)
_TRAVELS = 0.25  # of the articles off topic say one of these
_HEADLINES = (
    "В {town} {subject} рассказала о планах на год",
    "{name}: к зиме все будет готово",
    "В {town} потратят {n} млн рублей на ремонт",
    "Хоккеисты победили со счетом {k}:{m}",
    "Как {subject} пережила морозы",
    "В {town} откроют новую выставку",
)
_STYLE = ".{0}-item{{margin:{1}px auto;padding:0 {2}px;color:#{3:06x};float:left}}.{0}-item a:hover{{opacity:.{2}}}\n"
_SCRIPT = (
    'window.{0}=window.{0}||[];{0}.push({{"id":{1},"slot":"{2:x}","sizes":[[{3},90],[300,250]],"t":Date.now()}});\n'
)


def main() -> None:
    """Write an archive."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, help="how many pages")
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--topic", type=float, default=0.05, help="share of articles on agreements of states")
    args = parser.parse_args()
    write_archive(args.file, args.count, args.seed, args.topic)


def write_archive(file: Path, count: int, seed: int = 1, topic: float = 0.05) -> None:
    """An archive of so many pages, after a record that tells of the archive itself."""
    with file.open("wb") as stream:
        stream.write(gzip.compress(_record("warcinfo", "", b"software: crawl.py\r\n", _BEGIN, 0), mtime=0))
        for record in islice(records(seed, topic), count):
            stream.write(gzip.compress(record, 6, mtime=0))


def records(seed: int = 1, topic: float = 0.05) -> Iterator[bytes]:
    """Records of pages without end."""
    chance = Random(f"crawl {seed}")
    stories = invent(seed)
    number = 0
    while True:
        number += 1
        day = _BEGIN + timedelta(number // _A_DAY)
        site = chance.choice(_SITES)
        if chance.random() < topic:
            headline, paragraphs = _on_topic(chance, next(stories)["records"], day)
        else:
            headline, paragraphs = _off_topic(chance)
        url = f"https://{site}.example/{day:%Y/%m/%d}/{number}.html"
        html = _page(chance, site, headline, paragraphs, day, url).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(html)}\r\n\r\n"
        yield _record("response", url, head.encode() + html, day + timedelta(1), number)


def _record(kind: str, url: str, block: bytes, day: date, number: int) -> bytes:
    target = f"WARC-Target-URI: {url}\r\n" if url else ""
    content = "application/http; msgtype=response" if url else "application/warc-fields"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n{target}WARC-Date: {day}T03:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
        f"Content-Type: {content}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def _on_topic(chance: Random, told: list[dict[str, str]], day: date) -> tuple[str, list[str]]:
    """An article of what an invented reading tells, with sentences of the town between."""
    quotes = [f"{record['quote'][:1].upper()}{record['quote'][1:]}." for record in told]
    lead = f"АСТАНА, {say_day(day)}. {quotes[0]}"
    rest = [f"{quote} {_sentence(chance, _SENTENCES)}" for quote in quotes[1:]]
    return quotes[0].rstrip("."), [lead, *rest, _sentence(chance, _SENTENCES)]


def _off_topic(chance: Random) -> tuple[str, list[str]]:
    count = chance.choice((3, 4, 5, 6, 8, 10, 14))
    paragraphs = [" ".join(_sentence(chance, _SENTENCES) for _ in range(chance.randint(1, 4))) for _ in range(count)]
    if chance.random() < _TRAVELS:
        paragraphs.insert(1, _sentence(chance, _ABROAD))
    return _sentence(chance, _HEADLINES), paragraphs


def _sentence(chance: Random, shapes: tuple[str, ...]) -> str:
    said = chance.choice(shapes).format(
        town=chance.choice(_IN_TOWNS),
        subject=chance.choice(_SUBJECTS),
        name=chance.choice(_NAMES),
        first=chance.choice(_FIRST),
        n=chance.randint(20, 990),
        k=chance.randint(2, 9),
        m=chance.randint(10, 20),
        year=chance.randint(1999, 2020),
    )
    return said[0].upper() + said[1:]


def _page(chance: Random, site: str, headline: str, paragraphs: list[str], day: date, url: str) -> str:
    """The page of an article, with everything that a site puts around it."""
    shape = chance.randrange(5)
    printed = f"{day.day} {_MONTHS[day.month - 1]} {day.year}, {chance.randint(6, 23)}:{chance.randint(10, 59)}"
    tag = ("p", "p", "div", "p", "p")[shape]
    body = "".join(f"<{tag}>{p}</{tag}>\n" for p in paragraphs)
    article = (
        f'<main><article class="{site}-news"><h1>{headline}</h1><time datetime="{day}T09:00:00+03:00">{printed}</time>'
        f"{body}</article></main>",
        f'<div class="article"><h1>{headline}</h1><span class="date">{printed}</span><div>{body}</div></div>',
        f'<div class="news-title">{headline}</div><div class="news-date">{printed}</div><div class="news">{body}</div>',
        f'<section><h1 class="title">{headline}</h1><div class="content">{body}</div></section>',
        f'<div id="content"><h2>{headline}</h2><em>{printed}</em>{body}</div>',
    )[shape]
    linked = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline,
        "datePublished": f"{day}T09:00:00+03:00",
        "publisher": {"@type": "Organization", "name": site},
    }
    head = (
        f'<script type="application/ld+json">{json.dumps(linked, ensure_ascii=False)}</script>' if shape == 3 else "",
        f'<meta property="article:published_time" content="{day}T09:00:00+03:00">' if shape in (0, 1) else "",
        f'<meta property="og:site_name" content="{site}"><meta property="og:title" content="{headline}">',
        f'<link rel="canonical" href="{url}"><title>{headline} — {site}</title>',
        f"<style>{_styles(chance)}</style>",
        *(f"<script>{_scripts(chance)}</script>" for _ in range(2)),
    )
    menu = "".join(f'<li class="menu__item"><a href="/{w.lower()}/">{w}</a></li>' for w in (*_TOWNS, "Спорт", "Погода"))
    return (
        f'<!DOCTYPE html>\n<html lang="ru"><head><meta charset="utf-8">{"".join(head)}</head><body class="page">'
        f'<header><nav><ul class="menu">{menu}</ul></nav></header><div class="wrap">{article}{_sidebar(chance)}</div>'
        f"{_comments(chance)}<footer><p>© {site}, {day.year}. Все права защищены.</p><ul>{menu}</ul></footer>"
        f"<script>{_scripts(chance)}</script></body></html>"
    )


def _styles(chance: Random) -> str:
    return "".join(
        _STYLE.format(chance.choice(_SITES), chance.randint(0, 40), chance.randint(2, 30), chance.randrange(1 << 24))
        for _ in range(chance.randint(20, 60))
    )


def _scripts(chance: Random) -> str:
    return "".join(
        _SCRIPT.format(chance.choice(("dataLayer", "adQueue", "_tmr")), number, chance.getrandbits(64), 10 * number)
        for number in range(chance.randint(30, 90))
    )


def _sidebar(chance: Random) -> str:
    links = "".join(
        f'<li class="sidebar__item"><a class="sidebar__link" href="/{chance.getrandbits(40):x}.html">'
        f'<img src="/i/{chance.getrandbits(60):x}.jpg" alt="" width="90" height="60"><span class="sidebar__title">'
        f"{_sentence(chance, _HEADLINES)}</span></a></li>\n"
        for _ in range(chance.randint(15, 50))
    )
    return f'<aside class="sidebar"><h3>Последние новости</h3><ul>{links}</ul></aside>'


def _comments(chance: Random) -> str:
    said = "".join(
        f'<div class="comment" id="c{chance.getrandbits(30)}"><b class="comment__name">{chance.choice(_FIRST)}</b>'
        f'<div class="comment__text">{_sentence(chance, _SENTENCES)}</div><a href="#reply">Ответить</a></div>\n'
        for _ in range(chance.randint(0, 30))
    )
    return f'<div class="comments" id="comments"><h4>Комментарии</h4>{said}</div>'


if __name__ == "__main__":
    main()
