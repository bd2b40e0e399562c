// Markdown into markup, safely: what is no Markdown is escaped text, and links lead only to the web,
// to mail and within the blog. HTML that somebody writes is shown as they wrote it.
import { html } from "./web/html.js"

/** how deep quotes and lists may nest */
const depthMax = 5

/** The whole text as markup. */
export const render = (text) => blocks(text.replaceAll("\t", "    ").split("\n"), 0)

/** The first paragraph without its signs, for lists and feeds. @param max in characters */
export function excerptOf(text, max = 260) {
  const paragraph = text
    .split(/\n\s*\n/)
    .find((part) => part.trim() && !/^\s*(#|```|>|[-*+] |\d+\. |---|!\[)/.test(part))
  const plain = (paragraph ?? "")
    .replace(/!?\[([^\]]{0,300})\]\([^)]{0,600}\)/g, "$1")
    .replace(/[*_`~]+/g, "")
    .replace(/\\(.)/g, "$1")
    .replace(/\s+/g, " ")
    .trim()
  return plain.length > max ? `${plain.slice(0, max).replace(/\s\S*$/, "")} …` : plain
}

const kinds = [
  { begins: /^```/, read: fence },
  { begins: /^#{1,6} /, read: heading },
  { begins: /^ {0,3}([-*_])( *\1){2,} *$/, read: (lines) => [html`<hr>`, lines.slice(1)] },
  { begins: /^> ?/, read: quote },
  { begins: /^[-*+] /, read: list("ul", /^[-*+] +/) },
  { begins: /^\d{1,9}[.)] /, read: list("ol", /^\d{1,9}[.)] +/) },
]
const kindOf = (line) => kinds.find(({ begins }) => begins.test(line))

function blocks(lines, depth) {
  const done = []
  let rest = lines
  while (rest.length > 0) {
    if (rest[0].trim() === "") {
      rest = rest.slice(1)
      continue
    }
    const kind = depth < depthMax && kindOf(rest[0])
    const [markup, after] = kind ? kind.read(rest, depth) : paragraph(rest)
    done.push(markup)
    rest = after
  }
  return html`${done}`
}

/** The lines up to the first that the test names, and those from there on. */
function until(lines, test) {
  const at = lines.findIndex((line, index) => index > 0 && test(line))
  return at < 0 ? [lines, []] : [lines.slice(0, at), lines.slice(at)]
}

function paragraph(lines) {
  const [own, rest] = until(lines, (line) => line.trim() === "" || kindOf(line))
  const shown = own.map((line) => line.trimStart())
  const picture = shown.length === 1 && /^!\[([^\]]*)\]\(([^)\s]+)\)$/.exec(shown[0].trim())
  if (picture && safeAddress(picture[2]))
    return [
      html`<figure><img src="${picture[2]}" alt="${picture[1]}" loading="lazy">${
        picture[1] && html`<figcaption>${picture[1]}</figcaption>`
      }</figure>`,
      rest,
    ]
  return [html`<p>${inline(shown.join("\n"))}</p>`, rest]
}

/** A post has its title as the first heading, so headings in its text begin one level below. */
function heading([line, ...rest]) {
  const [, signs, text] = /^(#{1,6}) +(.*?)(?: +#+)?$/.exec(line) ?? ["", "#", line]
  const words = inline(text)
  if (signs.length === 1) return [html`<h2>${words}</h2>`, rest]
  return [signs.length === 2 ? html`<h3>${words}</h3>` : html`<h4>${words}</h4>`, rest]
}

function fence([first, ...lines]) {
  const language = first.slice(3).trim().slice(0, 30)
  const end = lines.findIndex((line) => /^``` *$/.test(line))
  const code = end < 0 ? lines : lines.slice(0, end)
  const name = language && html`data-language="${language}"`
  const markup = html`<pre tabindex="0" ${name}><code>${code.join("\n")}</code></pre>`
  return [markup, end < 0 ? [] : lines.slice(end + 1)]
}

function quote(lines, depth) {
  const [own, rest] = until(lines, (line) => !line.startsWith(">"))
  const inner = own.map((line) => line.replace(/^> ?/, ""))
  return [html`<blockquote>${blocks(inner, depth + 1)}</blockquote>`, rest]
}

function list(tag, sign) {
  return (lines, depth) => {
    const ends = (line, index, all) =>
      index > 0 &&
      line.trim() !== "" &&
      !sign.test(line) &&
      !/^ {2,}/.test(line) &&
      all[index - 1].trim() === ""
    const at = lines.findIndex(
      (line, index, all) =>
        ends(line, index, all) || (index > 0 && !sign.test(line) && kindOf(line)),
    )
    const [own, rest] = at < 0 ? [lines, []] : [lines.slice(0, at), lines.slice(at)]
    const items = itemsOf(own, sign).map((item) => {
      // One that is a single paragraph stays in its line.
      const plain = item.every((line) => line.trim() !== "" && !kindOf(line))
      return html`<li>${plain ? inline(item.join("\n")) : blocks(item, depth + 1)}</li>`
    })
    return [tag === "ul" ? html`<ul>${items}</ul>` : html`<ol>${items}</ol>`, rest]
  }
}

/** The lines of each item, without its sign and without the space in front that belongs to it. */
function itemsOf(lines, sign) {
  const items = []
  for (const line of lines) {
    if (sign.test(line)) items.push([line.replace(sign, "")])
    else items.at(-1).push(line.replace(/^ {1,4}/, ""))
  }
  return items.map((item) => {
    const last = item.findLastIndex((line) => line.trim() !== "")
    return item.slice(0, last + 1)
  })
}

const signs = new RegExp(
  [
    /\\(?<escaped>[\\`*_{}[\]()#+\-.!~>|])/,
    /(?<!`)(?<ticks>`{1,3})(?!`)(?<code>[\s\S]{1,1000}?)(?<!`)\k<ticks>(?!`)/,
    /!\[(?<alt>[^\]\n]{0,300})\]\((?<image>[^()\s]{1,600})\)/,
    /\[(?<words>[^[\]]{1,300})\]\((?<to>[^()\s]{1,600})\)/,
    /\*\*(?=\S)(?<strong>[\s\S]{1,1000}?)(?<=\S)\*\*/,
    /\*(?=\S)(?<em>[^*]{1,1000}?)(?<=\S)\*/,
    /(?<!\w)_(?=\S)(?<under>[^_]{1,1000}?)(?<=\S)_(?!\w)/,
    /~~(?=\S)(?<struck>[\s\S]{1,1000}?)(?<=\S)~~/,
    /(?<bare>https?:\/\/[^\s<>()"']{1,600}[^\s<>()"'.,;:!?])/,
    /(?<br> {2,}\n|\\\n)/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
)

function inline(text, depth = 0) {
  if (depth > depthMax) return html`${text}`
  const parts = []
  let at = 0
  for (const match of text.matchAll(signs)) {
    parts.push(text.slice(at, match.index), span(match.groups, depth + 1) ?? match[0])
    at = match.index + match[0].length
  }
  return html`${[...parts, text.slice(at)]}`
}

/** One piece of text with a meaning; nothing when it has none after all. */
function span(found, depth) {
  if (found.escaped) return found.escaped
  if (found.code) return html`<code>${found.code.trim()}</code>`
  if (found.image) {
    const from = safeAddress(found.image)
    return from && html`<img src="${from}" alt="${found.alt}" loading="lazy">`
  }
  if (found.to) return safeAddress(found.to) && link(found.to, inline(found.words, depth))
  if (found.bare) return link(found.bare, html`${found.bare.replace(/^https?:\/\//, "")}`)
  if (found.strong) return html`<strong>${inline(found.strong, depth)}</strong>`
  if (found.em ?? found.under) return html`<em>${inline(found.em ?? found.under, depth)}</em>`
  if (found.struck) return html`<del>${inline(found.struck, depth)}</del>`
  return found.br && html`<br>`
}

const link = (to, words) =>
  /^(https?:)/i.test(to)
    ? html`<a href="${to}" rel="noopener" target="_blank">${words}</a>`
    : html`<a href="${to}">${words}</a>`

/** The address if it leads to the web, to mail or within the blog; nothing for scripts and the like. */
function safeAddress(address) {
  if (/^(\/(?![/\\])|#)/.test(address)) return address
  const { protocol } = URL.parse(address) ?? {}
  return ["https:", "http:", "mailto:"].includes(protocol) ? address : undefined
}
