import { randomBytes } from "node:crypto"
import { pageScript, pageStyle } from "./page-style.ts"

/** What one page, or one line of JSON, says. */
export interface PageContent {
  status: number
  /** for programs */
  code: string
  tone: "busy" | "off" | "warn" | "bad"
  /** the state as a word, beside its glyph */
  word: string
  title: string
  sentence: string
  /** shown below the sentence, and kept up to date by a page that `opens`; may be empty at first */
  evidence?: string
  /** last lines that the app wrote */
  lines: readonly string[]
  link?: { href: string; text: string }
  /** the page watches the app and loads again when it answers */
  opens?: boolean
}

/** One self-contained page: nothing is loaded from anywhere, and nothing on it runs but its own script. */
export function page(
  content: PageContent,
  dashboardOrigin: string,
): { body: string; policy: string } {
  const nonce = randomBytes(16).toString("base64")
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${dashboardOrigin}`,
  ].join("; ")
  return { body: html(content, nonce), policy }
}

function html(content: PageContent, nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${text(content.title)}</title>
<style nonce="${nonce}">${pageStyle}</style>
</head>
<body>
<main>
<p class="state ${content.tone}" role="status">${glyphs[content.tone]}<span>${text(content.word)}</span></p>
<h1>${text(content.title)}</h1>
<p class="say">${text(content.sentence)}</p>
${content.evidence === undefined ? "" : `<p class="evidence">${text(content.evidence)}</p>`}
${linesOf(content.lines)}
${content.link ? `<p><a class="button" target="_top" href="${text(content.link.href)}">${text(content.link.text)}</a></p>` : ""}
</main>
<footer>${mark}<span>VibeCaaS</span></footer>
${content.opens ? `<script nonce="${nonce}">${pageScript}</script>` : ""}
</body>
</html>
`
}

function linesOf(lines: readonly string[]): string {
  if (lines.length === 0) return ""
  const log = lines.map((line) => text(line.slice(0, 1000))).join("\n")
  return `<section aria-labelledby="log"><h2 id="log">Last lines of its log</h2><pre tabindex="0">${log}</pre></section>`
}

function text(plain: string): string {
  return plain.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

const glyph = (inner: string) =>
  `<svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">${inner}</svg>`

/** The shape differs with the tone, so that it reads without colour. */
const glyphs: Record<PageContent["tone"], string> = {
  busy: glyph(
    '<path class="turn" d="M6 1.5a4.5 4.5 0 1 1-4.5 4.5" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>',
  ),
  off: glyph(
    '<circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" stroke-width="1.5"/>',
  ),
  warn: glyph('<path d="M6 1.2 11.4 10.8H.6z" fill="currentColor"/>'),
  bad: glyph('<path d="M6 .6 11.4 6 6 11.4.6 6z" fill="currentColor"/>'),
}

const mark =
  '<svg viewBox="0 0 22 22" width="16" height="16" aria-hidden="true"><rect class="mark" width="22" height="22" rx="6"/><path class="mark-line" d="m6 7 5 8 5-8"/></svg>'
