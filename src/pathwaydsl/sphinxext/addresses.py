"""Addresses that lead on: `latest`, and the pages of pathways that were renamed.

They are small pages of their own: a copy would be found twice by every search.
"""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from pathwaydsl.sphinxext.site_sources import Place, page_name, write_if_new

FEED = "feed.atom"
"""Where the feed lies in a site."""

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="canonical" href="{canonical}">
<script>location.replace("{address}" + location.hash)</script>
<noscript><meta http-equiv="refresh" content="0; url={address}"></noscript>
</head>
<body>
<main><h1>{title}</h1><p>This page is at <a href="{address}">{address}</a>.</p></main>
</body>
</html>
"""


def redirects(places: Sequence[Place], base_url: str) -> Mapping[str, str]:
    """The files that lead on, by their names in the site."""
    made: dict[str, str] = {}
    names = {place.name for place in places}
    for place in places:
        name = place.name
        newest = f"{place.releases[-1].version}.html" if place.releases else f"../{name}.html"
        title = place.working.label
        whole = f"{name}/{newest}" if place.releases else f"{name}.html"
        made[f"{name}/latest.html"] = _page(title, newest, whole, base_url)
        was = place.working.was
        if was is not None and page_name(was) not in names:
            old = page_name(was)
            made[f"{old}.html"] = _page(title, f"{name}.html", f"{name}.html", base_url)
            latest = f"{name}/latest.html"
            made[f"{old}/latest.html"] = _page(title, f"../{latest}", latest, base_url)
    return made


def _page(title: str, address: str, whole: str, base_url: str) -> str:
    """A page that leads to `address`, which is `whole` from the top of the site."""
    canonical = f"{base_url.rstrip('/')}/{quote(whole)}" if base_url else quote(address)
    return _PAGE.format(
        title=escape(title), canonical=escape(canonical), address=escape(quote(address))
    )


def write_files(out: Path, files: Mapping[str, str]) -> None:
    """Write files that are new or changed."""
    for name, text in files.items():
        write_if_new(out / name, text)
