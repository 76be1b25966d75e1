"""Pictures: missing, empty or something else, and pictures that only look missing."""

# ruff: noqa: E501 - rows of data, one a line

from tests.garden.ground import Answer, Plan, redirect
from tests.garden.sites import article, column, png, portal

_GIF = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="


def plant(plan: Plan) -> None:
    """Plant pictures, each on an article of its own; a missing one is told at its own address."""
    site = portal(plan)
    into = column(site, "/tp/", "图片报道", "其他", level=2)
    blank = '<img src="{}" alt="会议现场">'
    faults: tuple[tuple[str, str, Answer | None, str], ...] = (
        ("/tp/gone.png", "not found", None, blank),
        ("/tp/empty.jpg", "200 and not one byte", Answer(b"", kind="image/jpeg"), blank),
        ("/tp/login.png", "a page of HTML where a picture should be",
         Answer("<!DOCTYPE html><title>登录</title><p>请先登录</p>".encode()), blank),
        ("/tp/lazy.png", "not found when it is needed",
         None, f'<img src="{_GIF}" data-src="{{}}" alt="会议现场">'),
        ("/tp/half.png", "breaks off in the middle", Answer(png()[:40], kind="image/png"), blank),
    )  # fmt: skip
    for number, (path, why, made, written) in enumerate(faults):
        if made is not None:
            site.lay(path, made)
        on = site.at(article(site, into, f"f{number}", f"图片新闻第{number + 1}号",
                             f"<p>{written.format(path)}</p>"))  # fmt: skip
        plan.fault("image-dead", site.at(path), why, path, on=on, at=on)
    real = png()
    likes: tuple[tuple[str, str, Answer, str], ...] = (
        ("/tp/moved.png", "leads on to a picture", redirect("/img/leaf.png"), blank),
        ("/tp/UPPER.PNG", "upper case in its name", Answer(real, kind="image/png"), blank),
        ("/tp/show?id=7", "no ending in its name", Answer(real, kind="image/png"), blank),
        ("/tp/octets.png", "a picture served as octets",
         Answer(real, kind="application/octet-stream"), blank),
        ("/tp/later.png", "a placeholder first, the picture later", Answer(real, kind="image/png"),
         f'<img src="{_GIF}" data-src="{{}}" alt="会议现场">'),
        ("/tp/set.png", "named in a set of sources", Answer(real, kind="image/png"),
         '<img src="/img/leaf.png" srcset="{} 2x" alt="会议现场">'),
        ("/tp/中文 图.png", "Chinese and a blank in its name", Answer(real, kind="image/png"), blank),
    )  # fmt: skip
    for number, (path, why, made, written) in enumerate(likes):
        site.lay(path, made)
        on = site.at(article(site, into, f"l{number}", f"图片新闻第{number + 21}号",
                             f"<p>{written.format(path)}</p>"))  # fmt: skip
        plan.like("image-dead", site.at(path), why, on=on)
    for slug, why, body in (
        ("data", "a picture inside the page", f'<p><img src="{_GIF}" alt=""></p>'),
        ("svg", "a drawing inside the page", "<svg width='8' height='8' role='img' aria-label='圆点'>"
         "<circle cx='4' cy='4' r='4'/></svg>"),
        ("noimg", "a picture in a comment", '<!-- <img src="/tp/never.png"> --><p>文字报道。</p>'),
    ):  # fmt: skip
        path = article(site, into, slug, f"图片说明{slug}", body)
        plan.like("image-dead", site.at(path), why)
