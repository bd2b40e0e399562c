import { render } from "./markdown.js"
import { settings } from "./settings.js"
import { html } from "./web/html.js"

/** The newest posts as RSS 2.0. @param origin where the blog is reached */
export const feedOf = (posts, origin) =>
  String(html`<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>${settings.title}</title>
<link>${origin}/</link>
<atom:link href="${origin}/feed.xml" rel="self" type="application/rss+xml"/>
<description>${settings.tagline || settings.title}</description>
${posts.map((post) => itemPart(post, origin))}
</channel></rss>
`)

function itemPart({ slug, title, body, published_at, tags }, origin) {
  const address = `${origin}/post/${encodeURIComponent(slug)}`
  // Readers are elsewhere, so links within the blog need its address.
  const content = String(render(body)).replace(/(href|src)="\//g, `$1="${origin}/`)
  return html`<item>
<title>${title}</title>
<link>${address}</link>
<guid isPermaLink="true">${address}</guid>
<pubDate>${new Date(published_at).toUTCString()}</pubDate>
${tags.map((tag) => html`<category>${tag}</category>`)}
<description>${content}</description>
</item>`
}
