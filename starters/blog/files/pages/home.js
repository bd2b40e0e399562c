import { excerptOf } from "../markdown.js"
import { settings } from "../settings.js"
import { html } from "../web/html.js"
import { datePart, layout, readingText, tagsPart } from "./layout.js"

/** Posts of a page. @param at number of the page @param tag, words what they were chosen by */
export function homePage({ posts, more, at, tag, words, tags, owner }) {
  const plain = !tag && !words
  const [first, ...others] = posts
  const featured = plain && at === 1 ? first : undefined
  return layout({
    title: tag ? `Posts on ${tag}` : settings.title,
    owner,
    body: html`
${plain && at === 1 ? mastPart : html`<header class="mast small"><h1>${headline({ tag, words, at })}</h1></header>`}
<div class="home">
  <div class="feed">
    ${posts.length === 0 && nonePart(words, owner)}
    ${featured && featuredPart(featured)}
    <ol class="entries">${(featured ? others : posts).map(entryPart)}</ol>
    ${pagerPart({ at, more, tag, words })}
  </div>
  <aside class="side" aria-label="About this blog">
    ${settings.about && html`<section><h2>About</h2><p class="about">${settings.about}</p></section>`}
    <form class="search" action="/" role="search">
      <label class="hidden" for="q">Search posts</label>
      <input class="input" id="q" name="q" type="search" maxlength="100" placeholder="Search posts" value="${words}">
    </form>
    ${tags.length > 0 && html`<section><h2>Tags</h2>${tagsPart(tags.map((entry) => entry.tag))}</section>`}
  </aside>
</div>`,
  })
}

const headline = ({ tag, words, at }) =>
  tag ? `Posts on ${tag}` : words ? `Posts with “${words}”` : `Page ${at}`

const mastPart = html`<header class="mast">
  <h1>${settings.title}</h1>
  ${settings.tagline && html`<p>${settings.tagline}</p>`}</header>`

const linkOf = ({ slug }) => `/post/${encodeURIComponent(slug)}`

const metaPart = (post) =>
  html`<p class="meta">${datePart(post.published_at)}<span>${readingText(post.body)}</span></p>`

const featuredPart = (post) => html`<article class="featured">
  ${metaPart(post)}
  <h2><a href="${linkOf(post)}">${post.title}</a></h2>
  <p class="excerpt">${excerptOf(post.body, 420)}</p>
  ${tagsPart(post.tags)}</article>`

const entryPart = (post) => html`<li><article class="entry">
  ${metaPart(post)}
  <h2><a href="${linkOf(post)}">${post.title}</a></h2>
  <p class="excerpt">${excerptOf(post.body)}</p>
  ${tagsPart(post.tags)}</article></li>`

const nonePart = (words, owner) =>
  words
    ? html`<p class="blank">No post has these words. <a href="/">All posts</a></p>`
    : html`<div class="blank"><h2>Nothing published yet</h2><p>${
        owner
          ? html`<a href="/desk/new">Write the first post</a>.`
          : html`The first post appears here. Is this your blog? <a href="/desk">Sign in and write</a>.`
      }</p></div>`

function pagerPart({ at, more, tag, words }) {
  const to = (number) => {
    const query = new URLSearchParams({
      ...(words && { q: words }),
      ...(number > 1 && { page: number }),
    })
    return `${tag ? `/tag/${encodeURIComponent(tag)}` : "/"}${query.size > 0 ? `?${query}` : ""}`
  }
  if (at === 1 && !more) return undefined
  return html`<nav class="pager" aria-label="Pages">
    ${at > 1 ? html`<a href="${to(at - 1)}">Newer posts</a>` : html`<span></span>`}
    ${more && html`<a href="${to(at + 1)}">Older posts</a>`}</nav>`
}
