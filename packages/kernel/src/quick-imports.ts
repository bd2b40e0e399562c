import { registerHooks } from "node:module"

/**
 * Packages of ES modules only, all in `.js` files, whose list of exports is long. Node 24 parses that
 * list anew for every import between files of the package to learn what kind of file it is:
 * drizzle-orm has 130 kB of it, and more than half a second of processor time went there at each start.
 */
const modulesOnly = ["drizzle-orm"]
const folders = modulesOnly.map((name) => `/node_modules/${name}/`)

// Takes effect for what is imported afterwards: load the rest by `import()`, or this by `--import`.
registerHooks({
  resolve(specifier, context, next) {
    const from = context.parentURL
    if (!from || !specifier.startsWith(".") || !specifier.endsWith(".js"))
      return next(specifier, context)
    if (!folders.some((folder) => from.includes(folder))) return next(specifier, context)
    return { url: new URL(specifier, from).href, format: "module", shortCircuit: true }
  },
})
