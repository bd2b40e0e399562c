import { features, hasPlace, plans, questions, settings, words } from "../settings.js"
import { html } from "../web/html.js"

const sections = [
  features.length > 0 && ["/#features", words.features],
  plans.length > 0 && ["/#pricing", words.pricing],
  questions.length > 0 && ["/#questions", words.questions],
  (hasPlace || settings.contact_form) && ["/#contact", words.contact],
].filter(Boolean)

/** A whole page. */
export const layout = ({ title, body }) => html`<!doctype html>
<html lang="${settings.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}${title.includes(settings.product_name) ? "" : ` · ${settings.product_name}`}</title>
<meta name="description" content="${settings.description.slice(0, 200)}">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="preload" href="/fonts/bricolage-grotesque.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/base.css">
<link rel="stylesheet" href="/theme.css">
<link rel="stylesheet" href="/app.css">
<link rel="stylesheet" href="/sections.css">
</head>
<body>
<a class="skip" href="#main">${words.toContent}</a>
<header class="top">
  <a class="brand" href="/">${settings.product_name}</a>
  <nav class="nav" aria-label="${words.main}">${sections.map(([path, name]) => html`<a href="${path}">${name}</a>`)}</nav>
  <a class="button small" href="/sign-up">${settings.call_to_action}</a>
</header>
${body}
<footer class="foot"><span>${settings.product_name}</span><a href="/owner">${words.owner}</a></footer>
</body>
</html>`
