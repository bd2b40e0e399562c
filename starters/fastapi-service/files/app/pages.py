"""The pages: plain HTML, with everything escaped that came from people or settings."""

from html import escape
from typing import Any

from .models import Summary
from .settings import Settings


def start_page(settings: Settings, summary: Summary) -> str:
    places = "".join(f"<option>{escape(place)}</option>" for place in settings.places)
    low_at = f"{settings.low_at} or fewer left" if settings.low_at else "none left"
    return _page(
        settings,
        settings.title,
        f"""
<dl class="figures" aria-label="In all">
  <div><dt>Items</dt><dd id="items">{summary.items}</dd></div>
  <div><dt>Pieces</dt><dd id="pieces">{summary.pieces}</dd></div>
  <div><dt>Running low <span class="quiet">({low_at})</span></dt><dd id="low">{summary.low}</dd></div>
</dl>
<section class="card" aria-labelledby="add-title">
  <h2 id="add-title">Add an item</h2>
  <form id="add">
    <label>Name <input name="name" required maxlength="80" autocomplete="off"></label>
    <label>Place <select name="place">{places}</select></label>
    <label>Count <input name="count" type="number" min="0" max="1000000" value="1" required></label>
    <button class="primary">Add item</button>
  </form>
</section>
<p id="trouble" class="trouble" role="alert" hidden></p>
<section class="card" aria-labelledby="list-title">
  <div class="bar">
    <h2 id="list-title">Stock</h2>
    <label class="check"><input id="only-low" type="checkbox"> Only what runs low</label>
    <label class="search"><span class="unseen">Search</span><input id="search" type="search" placeholder="Search name or place"></label>
  </div>
  <ul id="list" class="list" aria-live="polite"></ul>
  <p id="none" class="none">Nothing is in stock yet. Add the first item above.</p>
</section>
<script type="module" src="/static/stock.js"></script>""",
    )


def docs_page(settings: Settings, api: dict[str, Any]) -> str:
    operations = [
        _operation(method, path, told)
        for path, methods in api["paths"].items()
        for method, told in methods.items()
    ]
    return _page(
        settings,
        "API",
        f"""
<p>Everything that the page does can be done by programs, too. The same in full for tools:
<a href="/openapi.json">/openapi.json</a>.</p>
{"".join(operations)}""",
    )


def _operation(method: str, path: str, told: dict[str, Any]) -> str:
    parameters = "".join(
        f"<li><code>{escape(each['name'])}</code> {escape(each.get('description', 'in the path'))}</li>"
        for each in told.get("parameters", [])
    )
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    taken = body.get("$ref", "").rpartition("/")[2]
    return f"""
<section class="card operation">
  <h2><code><b>{method.upper()}</b> {escape(path)}</code></h2>
  <p>{escape(told.get("summary", ""))}{f", as JSON of the form <code>{escape(taken)}</code>" if taken else ""}.</p>
  {f"<ul>{parameters}</ul>" if parameters else ""}
</section>"""


def _page(settings: Settings, title: str, body: str) -> str:
    name = escape(settings.title)
    whole = name if title == settings.title else f"{escape(title)} · {name}"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{whole}</title>
<link rel="icon" href="/static/icon.svg">
<link rel="stylesheet" href="/theme.css">
<link rel="stylesheet" href="/static/styles.css">
</head>
<body>
<header>
  <a class="home" href="/"><img src="/static/icon.svg" alt="" width="28" height="28">{name}</a>
  <nav aria-label="Pages"><a href="/">Stock</a> <a href="/docs">API</a></nav>
</header>
<main>
<h1>{escape(title)}</h1>
{body}
</main>
</body>
</html>
"""
