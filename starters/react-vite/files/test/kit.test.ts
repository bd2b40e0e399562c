import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { createElement } from "react"
import { renderToStaticMarkup } from "react-dom/server"
import { createServer, type ViteDevServer } from "vite"

let vite: ViteDevServer
before(async () => {
  vite = await createServer({
    server: { middlewareMode: true, hmr: false, watch: null, ws: false },
    ...{ appType: "custom", logLevel: "error", optimizeDeps: { noDiscovery: true } },
  })
})
after(() => vite.close())

/** A component of the kit as the page would first have it. */
async function show(file: string, name: string, props: object, ...children: string[]) {
  const module = await vite.ssrLoadModule(`/src/kit/${file}.tsx`)
  return renderToStaticMarkup(createElement(module[name], props, ...children))
}

test("a field has its label, and its mistake belongs to it", async () => {
  const html = await show("field", "TextField", { label: "Task", error: "Say what is to be done." })
  const [, id] = /<label for="([^"]+)"/.exec(html) ?? []
  assert.ok(id && html.includes(`id="${id}"`))
  assert.match(html, /aria-invalid="true"/)
  assert.ok(html.includes(`aria-describedby="${id}-says"`) && html.includes(`id="${id}-says"`))
})

test("one tab is chosen and reached by the Tab key, and the panel is called by it", async () => {
  const tabs = [
    { id: "open", label: "Open", count: 2 },
    { id: "done", label: "Done" },
  ]
  const props = { label: "Which", tabs, chosen: "done", onChoose: () => {} }
  const html = await show("tabs", "Tabs", props, "inside")
  assert.equal(html.match(/aria-selected="true"/g)?.length, 1)
  assert.match(html, /aria-selected="true"[^>]*tabindex="0"/)
  const [, panel] = /role="tabpanel" id="[^"]+" aria-labelledby="([^"]+)"/.exec(html) ?? []
  assert.ok(panel?.endsWith("-done") && html.includes(`id="${panel}"`))
})

test("a table says by which column it is sorted", async () => {
  const columns = [
    { id: "title", label: "Task", sorts: true, show: (row: string) => row },
    { id: "actions", label: "Actions", hideLabel: true, show: () => "x" },
  ]
  const html = await show("table", "Table", {
    ...{ caption: "Tasks", columns, rows: ["one", "two"], keyOf: (row: string) => row },
    ...{ sorting: { by: "title", down: true }, onSort: () => {} },
  })
  assert.match(html, /<th scope="col" aria-sort="descending"/)
  assert.equal(html.match(/<tr/g)?.length, 3)
})

test("a dialog is called by its title, and can be closed by a button", async () => {
  const html = await show("dialog", "Dialog", { title: "Change task", onClose: () => {} }, "inside")
  const [, id] = /aria-labelledby="([^"]+)"/.exec(html) ?? []
  assert.ok(id && html.includes(`id="${id}"`))
  assert.match(html, /aria-label="Close"/)
})

test("a button sends no form unless it is told to", async () => {
  assert.match(await show("button", "Button", {}, "Add"), /type="button"/)
  assert.match(await show("button", "IconButton", { label: "Delete" }), /aria-label="Delete"/)
})
