import { resolve } from "node:path"
import { expect, test } from "vitest"
import { readStarters } from "./read-starters.ts"

/** An app has no packages, so each brings its own copy of what several need; a family shares one. */
const families = [
  {
    knownBy: "web/http.js",
    shared: /^(web\/[\w-]+\.js|(forget-)?owner\.js|test\/(owner\.test|start-app)\.js)$/,
  },
  {
    knownBy: "server/settings-check.js",
    shared:
      /^(server\/(cookies|database|files|html|http|limiter|passwords|router|serve|settings-check|theme)\.js|testing\/start-app\.js)$/,
  },
]

test.each(families)(
  "what starters with $knownBy share is the same in each, so that a mistake mended in one is mended in all",
  async ({ knownBy, shared }) => {
    const starters = await readStarters(resolve(import.meta.dirname, "../../../starters"))
    const sharing = starters.filter(({ files }) => files.some(({ path }) => path === knownBy))
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
  },
)
