"""Pages of the web in the shapes that news sites give them, around articles of our own, with noise to leave out."""

from dataclasses import dataclass

TITLE = "Казахстан поставит Киргизии 20 тысяч тонн зерна"
PARAGRAPHS = (
    "АСТАНА, 8 декабря. /ВЕСТЬ/. Казахстан поставит Киргизии 20 тысяч тонн зерна до 1 марта 2022 года. Об этом сообщил "
    "министр сельского хозяйства Ербол Сагатов после встречи с киргизским коллегой.",
    "По его словам, соглашение подписано накануне в Бишкеке. Стоимость поставок стороны оценивают в 6 млн долларов.",
    "«Первый состав с зерном отправится через границу уже на следующей неделе», — сказал министр журналистам.",
    "Киргизия обязалась не вывозить полученное зерно в третьи страны. Контроль возложен на таможенные службы.",
)
ITEM = "построить склад в Бишкеке"
ENGLISH_TITLE = "Kazakhstan to ship 20,000 tonnes of grain to Kyrgyzstan"
ENGLISH = (
    "Kazakhstan will ship 20,000 tonnes of grain to Kyrgyzstan by the first of March, the agriculture minister said on "
    "Wednesday after talks with his Kyrgyz counterpart in Bishkek.",
    "The two ministers signed the agreement a day earlier. The deliveries are worth about six million dollars.",
    "Kyrgyzstan undertook not to send the grain on to third countries, and customs officers will see to it.",
)
_MENU = "".join(
    f'<li><a href="/{n}">{word}</a></li>'
    for n, word in enumerate(("Главная", "Политика", "Экономика", "Общество", "Спорт", "Погода", "Реклама на сайте"))
)
NOISE = ("Реклама на сайте", "Комментарии читателей", "Подпишитесь на наш канал", "Другой заголовок из ленты")
_ASIDE = (
    '<div class="sidebar"><h3>Лента</h3><ul><li><a href="/x">Другой заголовок из ленты новостей дня</a></li>'
    '<li><a href="/y">Еще один заголовок из ленты новостей</a></li></ul></div>'
)
_FOOT = (
    '<div class="social">Подпишитесь на наш канал</div><div class="comments"><h4>Комментарии читателей</h4>'
    '<div class="comment">Давно пора было!</div></div><div class="footer">© Весть, 2021. Все права защищены.</div>'
)


@dataclass(frozen=True)
class Shape:
    """A page, and what is to be read from it."""

    html: str
    published: str | None = "2021-12-08"
    title: str = TITLE
    paragraphs: tuple[str, ...] = PARAGRAPHS
    agency: str | None = None
    url: str | None = None
    charset: str = "utf-8"


def _p(paragraphs: tuple[str, ...] = PARAGRAPHS, tag: str = "p") -> str:
    return "".join(f"<{tag}>{p}</{tag}>\n" for p in paragraphs)


def page(body: str, head: str = "", title: str = TITLE + " — Весть") -> str:
    """A page with menu, sidebar, comments and foot around a body."""
    return (
        f'<!DOCTYPE html>\n<html lang="ru"><head><title>{title}</title>{head}<script>var a = "<p>нет</p>";</script>'
        f"<style>p {{ color: red }}</style></head><body><nav><ul>{_MENU}</ul></nav>{body}{_ASIDE}{_FOOT}</body></html>"
    )


_LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite",
"name": "Весть"}, {"@type": "NewsArticle", "headline": "%s", "datePublished": "2021-12-08T06:27:00+06:00",
"dateModified": "2021-12-10T10:00:00+06:00", "publisher": {"@type": "Organization", "name": "Агентство «Весть»"},
"mainEntityOfPage": {"@id": "https://vest.example/news/17"}}]}</script>"""

SHAPES = {
    "semantic": Shape(
        page(
            f'<main><article><h1>{TITLE}</h1><time datetime="2021-12-08T06:27+06:00">8 декабря 2021, 06:27</time>'
            f"{_p()}</article></main>",
            '<meta property="og:site_name" content="Весть"><link rel="canonical" href="https://vest.example/n/17">',
        ),
        agency="Весть",
        url="https://vest.example/n/17",
    ),
    "divs": Shape(
        page(
            f'<div id="wrap"><div class="news-title">{TITLE}</div><div class="news-date">8 декабря 2021, 06:27</div>'
            f'<div class="news-text">{_p(tag="div")}</div></div>'
        )
    ),
    "table": Shape(
        page(
            f"<table width=100%><tr><td><b><font size=4>{TITLE}</font></b><br><i>08.12.2021 06:27</i><br><br>"
            f"{'<br><br>'.join(PARAGRAPHS)}</td></tr></table>"
        )
    ),
    "json-ld": Shape(
        page(f'<h1>{TITLE}</h1><div class="content">{_p()}</div>', _LD % TITLE),
        agency="Агентство «Весть»",
        url="https://vest.example/news/17",
    ),
    "government": Shape(
        page(
            f'<div class="layout"><h2 class="page__title">{TITLE}</h2><div class="date">08 Декабрь 2021</div>'
            f'<div class="field-item">{_p()}</div><div class="print"><a href="#">Версия для печати</a></div></div>',
            title="Официальный сайт министерства",
        )
    ),
    "false meta date": Shape(
        page(
            f'<div class="article"><h1>{TITLE}</h1><span class="date">8 декабря 2021, 06:27</span>{_p()}</div>',
            '<meta name="date" content="2015-03-01">',
        )
    ),
    "meta": Shape(
        page(
            f'<div class="article"><h1>{TITLE}</h1>{_p()}</div>',
            '<meta property="article:published_time" content="2021-12-08T06:27:00+06:00">'
            '<meta property="og:title" content="'
            + TITLE
            + '"><meta property="og:url" content="https://vest.example/1">',
        ),
        url="https://vest.example/1",
    ),
    "microdata": Shape(
        page(
            '<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">' + TITLE + "</h1>"
            f'<meta itemprop="datePublished" content="2021-12-08">{_p()}</div>'
        )
    ),
    "short": Shape(
        page(f'<article><h1>{TITLE}</h1><p class="date">8 декабря 2021</p><p>{PARAGRAPHS[1]}</p></article>'),
        paragraphs=PARAGRAPHS[1:2],
    ),
    "cp1251": Shape(
        page(f"<h1>{TITLE}</h1><div>8 декабря 2021, 06:27</div>{_p()}", '<meta charset="windows-1251">'),
        charset="cp1251",
    ),
    "broken tags": Shape(
        page(
            f"<div class=article><h1>{TITLE}<span class=date>8 декабря 2021, 06:27</h1><p>"
            + "<p>".join(PARAGRAPHS)
            + "<div><b></p></i></div>"
        )
    ),
    "list": Shape(
        page(
            '<div class="today">10 декабря 2021, пятница</div><div class="feed"><a href="/z">Другой заголовок из ленты'
            ' <time datetime="2021-12-10T09:00">09:00</time></a></div>'
            f'<div class="news"><h1>{TITLE.replace(" ", "<br>", 1)}</h1><span class="date">8 декабря 2021</span>'
            f'<p>{PARAGRAPHS[0]}</p><ul class="points"><li>{PARAGRAPHS[1]}</li><li><a href="/kg">{ITEM}</a> {ITEM}</ul>'
            f"<p>{PARAGRAPHS[3]}</p></div>",
        ),
        paragraphs=(*PARAGRAPHS[:2], f"{ITEM} {ITEM}", PARAGRAPHS[3]),
    ),
    "english": Shape(
        page(
            f'<article><h1>{ENGLISH_TITLE}</h1><p class="date">December 8, 2021, 06:27</p>{_p(ENGLISH)}</article>',
            title=ENGLISH_TITLE + " | Vest",
        ).replace('lang="ru"', 'lang="en"'),
        title=ENGLISH_TITLE,
        paragraphs=ENGLISH,
    ),
    "english meta": Shape(
        page(
            f'<div class="story">{_p(ENGLISH)}</div>',
            f'<meta property="og:title" content="{ENGLISH_TITLE}"><meta name="pubdate" content="2021-12-08">',
            title=ENGLISH_TITLE + " - Vest News",
        ),
        title=ENGLISH_TITLE,
        paragraphs=ENGLISH,
    ),
}
LINKS = page(
    "<div class='list'>"
    + "".join(f'<div><a href="/{n}">Заголовок новости под номером {n} из раздела</a></div>' for n in range(40))
    + "</div>",
    title="Новости раздела",
)
