import { signOutPart } from "../owner.js"
import { settings } from "../settings.js"
import { html } from "../web/html.js"
import { chartPart } from "./chart.js"
import { dayText, layout, timesText } from "./layout.js"

export const homePage = (seen) =>
  layout({
    title: settings.title,
    script: "/copy.js",
    body: html`
<main>
  <section class="hero">
    <h1>${settings.tagline || settings.title}</h1>
    ${seen.mayMake ? formPart(seen) : closedPart(seen)}
    ${!seen.isOwner && specimenPart(seen.host)}
    ${!seen.isOwner && seen.mayMake && html`<p class="muted"><a href="/owner/sign-in">${seen.hasOwner ? "Owner" : "Become the owner"}</a></p>`}
  </section>
  ${seen.isOwner && ownersPart(seen)}
</main>`,
  })

const formPart = ({ host, values, errors }) => html`
<form class="maker" method="post" action="/links">
  <div class="bar">
    <label class="hidden" for="url">Long address</label>
    <input class="bar-input" id="url" name="url" type="text" inputmode="url" required maxlength="2000" autocomplete="off"
      spellcheck="false" placeholder="Paste a long address" value="${values.url ?? ""}" ${errors.url && html`aria-invalid="true" aria-describedby="url-error"`}>
    <button class="button bar-button">Shorten</button>
  </div>
  ${errors.url && html`<p class="error" id="url-error" role="alert">${errors.url}</p>`}
  <div class="wish">
    <label for="alias">Own name <span class="optional">optional</span></label>
    <div class="wish-field"><span class="wish-host">${host}/</span><input id="alias" name="alias" maxlength="40" autocomplete="off" autocapitalize="none"
      spellcheck="false" placeholder="spring-menu" value="${values.alias ?? ""}" ${errors.alias && html`aria-invalid="true" aria-describedby="alias-error"`}></div>
    ${errors.alias && html`<p class="error" id="alias-error" role="alert">${errors.alias}</p>`}
  </div>
</form>`

const closedPart = ({ hasOwner }) => html`
<p class="lead">${hasOwner ? "Only the owner makes short links here." : "Nobody makes short links here yet. The setup code is in the app’s log."}</p>
<p><a class="button" href="/owner/sign-in">${hasOwner ? "Sign in" : "Set up and begin"}</a></p>`

/** Where the app is only tried out, its host says nothing. */
const shownHost = (host) => (/^(localhost|[\d.]+|\[.*\])(:\d+)?$/.test(host) ? "your.site" : host)

/** How a long address becomes a short one, with the app's own host. */
const specimenPart = (host) => html`<div class="specimen" aria-hidden="true">
  <p class="specimen-long">https://www.example.org/2027/spring/menu-for-the-garden-party.html?table=12&amp;guests=40&amp;lang=en#desserts</p>
  <svg class="specimen-arrow" viewBox="0 0 40 40" width="40" height="40" fill="none" stroke-width="4" stroke-linecap="square"><path d="M20 4v30M8 23l12 12 12-12"/></svg>
  <p class="specimen-short"><span>${shownHost(host)}/</span>menu</p></div>`

const ownersPart = ({ list, totals, words, days, host }) => html`
<section class="mine" aria-labelledby="mine">
  <div class="row apart"><h2 id="mine">Your links</h2>${signOutPart}</div>
  ${
    totals.links === 0
      ? html`<p class="blank">None yet. Paste a long address above, and its short one is listed here with how often it is followed.</p>`
      : html`<div class="row apart"><p class="muted">${totals.links} ${totals.links === 1 ? "link" : "links"}, ${timesText(totals.hits)}. <a href="/links.csv">Export CSV</a></p>
          <form action="/" role="search"><label class="hidden" for="search">Search links</label>
            <input class="input" id="search" name="search" type="search" maxlength="100" placeholder="Search" value="${words}"></form></div>
        <ul class="links">${list.map((link) => linkPart(link, days(link.id), host))}</ul>
        ${list.length === 0 && html`<p class="muted">No link has “${words}”. <a href="/">Show all</a></p>`}`
  }
</section>`

const linkPart = ({ id, alias, url, hits, is_on, made_at }, days, host) => html`
<li class="link ${!is_on && "off"}">
  <div class="link-words">
    <p class="link-short"><a href="/links/${id}"><span class="link-host">${host}/</span>${alias}</a>${!is_on && html` <span class="tag">off</span>`}</p>
    <p class="link-long" title="${url}">${url.replace(/^https?:\/\/(www\.)?/, "")}</p>
    <p class="muted link-made">${dayText(made_at)}</p>
  </div>
  ${chartPart(days)}
  <p class="link-hits"><strong>${hits}</strong><span class="hidden"> times followed</span></p>
  <button class="button quiet small" type="button" data-copy="/${alias}" aria-label="Copy ${alias}" hidden>Copy</button>
</li>`
