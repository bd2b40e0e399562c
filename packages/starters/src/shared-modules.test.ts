import { resolve } from "node:path"
import { expect, test } from "vitest"
import { readStarters } from "./read-starters.ts"

/** An app has no packages, so each brings its own copy of what several need. */
const shared = /^(web\/[\w-]+\.js|(forget-)?owner\.js|test\/(owner\.test|start-app)\.js)$/

test("what starters share is the same in each, so that a mistake mended in one is mended in all", async () => {
  const starters = await readStarters(resolve(import.meta.dirname, "../../../starters"))
  const sharing = starters.filter(({ files }) => files.some(({ path }) => path === "web/http.js"))
  const copies = sharing.flatMap(({ id, files }) =>
    files
      .filter(({ path }) => shared.test(path))
      .map(({ path, content }) => ({ id, path, text: content.toString() })),
  )
  expect(sharing.length).toBeGreaterThan(1)
  for (const [path, same] of Map.groupBy(copies, (copy) => copy.path)) {
    const [first] = same
    const others = same.filter(({ text }) => text !== first?.text).map(({ id }) => id)
    expect(others, `${path} differs from that of ${first?.id}`).toEqual([])
  }
})
