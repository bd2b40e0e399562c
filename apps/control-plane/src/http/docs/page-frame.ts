import { escaped } from "./html.ts"
import { docsPath, iconPath, stylePath } from "./places.ts"

interface Frame {
  title: string
  navigation: string
  main: string
  /** what somebody chose in the dashboard; else the system decides */
  theme: "light" | "dark" | undefined
}

/** A page of the reference: no script, nothing from elsewhere, and a way back to the dashboard. */
export function framed({ title, navigation, main, theme }: Frame): string {
  const name = title === "API reference" ? title : `${title} · API reference`
  return `<!doctype html>
<html lang="en"${theme ? ` data-theme="${theme}"` : ""}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(name)} · VibeCaaS</title>
<link rel="icon" href="${iconPath}">
<link rel="stylesheet" href="${stylePath}">
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header><a class="brand" href="/">VibeCaaS</a> <span aria-hidden="true">/</span> <a href="${docsPath}">API reference</a>
<a class="back" href="/">Back to the dashboard</a></header>
<div class="columns">
${navigation}
<main id="content" tabindex="-1">
${main}
</main>
</div>
</body>
</html>
`
}

export const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 22 22"><title>VibeCaaS</title><rect width="22" height="22" rx="6" fill="#17171b"/><path d="m6 7 5 8 5-8" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>'

/** The dashboard's colours and sizes. */
export const style = `:root{color-scheme:light dark;
--bg:light-dark(#fff,#131316);--shell:light-dark(#f6f6f7,#0c0c0e);--sunken:light-dark(#fafafb,#0f0f12);
--active:light-dark(#ebebee,#27272e);--fg:light-dark(#17171b,#ededf0);--fg-2:light-dark(#4d4d57,#b2b2bc);
--fg-3:light-dark(#676772,#8f8f9b);--line:light-dark(#e7e7eb,#25252b);--accent-fg:light-dark(#5b35d5,#b8a7ff);
--focus:light-dark(#6a45e8,#9c86ff);--mono:"JetBrains Mono Variable",ui-monospace,monospace}
:root[data-theme=light]{color-scheme:light}:root[data-theme=dark]{color-scheme:dark}
*{box-sizing:border-box}
body{margin:0;font:14px/20px "Inter Variable",system-ui,sans-serif;color:var(--fg);background:var(--bg)}
a{color:var(--accent-fg);text-underline-offset:3px}:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
.skip{position:fixed;top:8px;left:8px;z-index:2;padding:8px 12px;background:var(--bg);transform:translateY(-64px)}.skip:focus{transform:none}
header{position:sticky;top:0;z-index:1;display:flex;align-items:center;gap:8px;height:48px;padding:0 32px;font-size:13px;background:var(--bg);border-bottom:1px solid var(--line)}
header a{color:var(--fg-2);text-decoration:none}header a:hover{color:var(--fg)}.brand{font-weight:600}.back{margin-left:auto}
.columns{display:grid;grid-template-columns:224px minmax(0,1fr)}
nav{position:sticky;top:48px;height:calc(100dvh - 48px);overflow-y:auto;padding:8px;background:var(--shell);border-right:1px solid var(--line)}
nav ul,.calls,.faults{list-style:none;margin:0;padding:0}
nav a{display:block;padding:5px 8px;border-radius:6px;font-size:13px;color:var(--fg-2);text-decoration:none}
nav a:hover,nav a[aria-current]{background:var(--active);color:var(--fg)}
main{max-width:960px;padding:20px 32px 64px;outline:none}
h1{font-size:20px;line-height:28px;letter-spacing:-.014em;margin:0 0 8px}h2{font-size:16px;line-height:24px;margin:32px 0 8px;overflow-wrap:anywhere}h3{font-size:13px;margin:16px 0 6px}
p{margin:0 0 10px;max-width:72ch;color:var(--fg-2)}strong{color:var(--fg)}
code,pre{font:12px/20px var(--mono);overflow-wrap:anywhere}
pre{margin:0;padding:12px;overflow-x:auto;background:var(--sunken);border:1px solid var(--line);border-radius:8px}pre code{overflow-wrap:normal}
.method{font:600 12px/20px var(--mono);color:var(--accent-fg)}
.calls li,.faults li{padding:6px 0;border-bottom:1px solid var(--line)}.calls li span:last-child{color:var(--fg-2)}

.call{scroll-margin-top:56px;border-top:1px solid var(--line);margin-top:32px}.call h2{margin-top:20px}
.faults li:target{background:var(--active)}.faults li{scroll-margin-top:64px;padding:6px}
.answer{margin:4px 0}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px}
table{width:100%;border-collapse:collapse;font-size:13px}th,td{padding:7px 12px;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
tr:last-child>*{border-bottom:0}thead th{font-weight:400;color:var(--fg-3);background:var(--sunken)}tbody th{font-weight:400}small{color:var(--fg-3)}
details{margin-top:12px}summary{cursor:pointer;color:var(--accent-fg);width:fit-content}
@media(max-width:820px){.columns{grid-template-columns:minmax(0,1fr)}header{padding:0 16px}main{padding:16px 16px 48px}
nav{position:static;height:auto;border-right:0;border-bottom:1px solid var(--line)}nav ul{display:flex;flex-wrap:wrap}}
`
