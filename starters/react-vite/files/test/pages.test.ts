import assert from "node:assert/strict"
import { once } from "node:events"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { pathToFileURL } from "node:url"
import { createPages } from "../server/pages.ts"
import { readSettings, settings } from "../server/settings.ts"
import { themeCss } from "../server/theme.ts"

async function serve(t: TestContext, files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), "pages-"))
  mkdirSync(join(folder, "assets"))
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text)
  const server = createServer(
    createPages({
      folder: pathToFileURL(`${folder}/`),
      title: `Zoë & <b>`,
      state: () => "</script>",
    }),
  )
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  t.after(() => {
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const { port } = server.address() as AddressInfo
  return (path: string) => fetch(`http://127.0.0.1:${port}${path}`)
}

test("every address of the app is its page, with the title of settings.json", async (t) => {
  const get = await serve(t, {
    "index.html": "<title>Tasks</title><!--state-->",
    "assets/a-1.js": "1",
  })
  for (const path of ["/", "/some/where"]) {
    const answer = await get(path)
    assert.equal(answer.status, 200)
    assert.equal(
      await answer.text(),
      '<title>Zoë &#38; &#60;b&#62;</title><script type="application/json" id="state">"\\u003c/script>"</script>',
    )
    assert.match(answer.headers.get("content-security-policy") ?? "", /script-src 'self';/)
  }
  assert.match((await get("/assets/a-1.js")).headers.get("cache-control") ?? "", /immutable/)
  assert.equal((await get("/assets/b.js")).status, 404)
  assert.equal((await get("/..%2f..%2fpackage.json")).status, 200)
})

test("pages that are not built yet say how to build them", async (t) => {
  const get = await serve(t, {})
  const answer = await get("/")
  assert.equal(answer.status, 503)
  assert.match(await answer.text(), /npm run build/)
})

test("settings.json is told all that is wrong in it", () => {
  assert.throws(
    () => readSettings({ ...settings, title: "", accent: "red" }),
    /title: .*\naccent: /,
  )
})

test("any accent color can be read on both grounds", () => {
  for (const accent of ["#ffffff", "#000000", "#f2e205", settings.accent]) {
    const css = themeCss(accent, { light: "#eef0f3", dark: "#26272b" })
    assert.match(css, /--on-accent: #(000000|ffffff);/)
  }
})
