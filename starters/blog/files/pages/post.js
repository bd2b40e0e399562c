import { render } from "../markdown.js"
import { settings } from "../settings.js"
import { html } from "../web/html.js"
import { datePart, layout, readingText, tagsPart } from "./layout.js"

/** @param beside the posts before and after, for one that is published */
export const postPage = ({ post, beside, owner }) =>
  layout({
    title: post.title,
    owner,
    body: html`
<article class="post">
  <header class="post-head">
    <p class="meta">${post.published_at ? datePart(post.published_at) : html`<strong>Draft</strong>`}<span>${readingText(post.body)}</span>
      ${owner && html`<a href="/desk/${post.id}">Edit</a>`}</p>
    <h1>${post.title}</h1>
    ${settings.author && html`<p class="by">${settings.author}</p>`}
    ${tagsPart(post.tags)}
  </header>
  <div class="prose">${render(post.body)}</div>
</article>
${beside && (beside.older || beside.newer) && besidePart(beside)}`,
  })

const besidePart = ({ older, newer }) => html`<nav class="beside" aria-label="Other posts">
  ${older && html`<a href="/post/${encodeURIComponent(older.slug)}"><span>Before</span>${older.title}</a>`}
  ${newer && html`<a class="newer" href="/post/${encodeURIComponent(newer.slug)}"><span>After</span>${newer.title}</a>`}</nav>`
