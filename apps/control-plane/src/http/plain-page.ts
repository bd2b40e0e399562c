/** A page without a script or a request, for when no other part can answer. */
export function plainPage(status: number, sentence: string) {
  return {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
    body: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${status} · VibeCaaS</title>
<style>
  :root { color-scheme: light dark }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center;
    font: 16px/1.5 system-ui, sans-serif }
  main { max-width: 34rem; padding: 2rem }
  p { margin: 0 } .status { opacity: .6; font-variant-numeric: tabular-nums }
</style>
<main><p class="status">${status}</p><p>${sentence}</p></main>
</html>
`,
  }
}
