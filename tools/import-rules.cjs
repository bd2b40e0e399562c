/** Which room may import which, each with its reason. */
const controlPlane = "^apps/control-plane/src"
const kinds = ["live", "audit", "usage", "tenants", "quotas", "projects", "microvms", "agents"]
const test = "\\.(test|suite|bench)\\.ts$|/testing/"

const room = (name, from, to, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: from, pathNot: test },
  to: { path: to },
})

/** Kinds are ordered; each may import those to its left, and only through their door. */
const orderOfKinds = kinds.flatMap((kind, index) => {
  const right = kinds.slice(index + 1)
  const others = kinds.filter((other) => other !== kind)
  return [
    ...(right.length > 0
      ? [
          room(
            `${kind}-imports-leftwards`,
            `${controlPlane}/${kind}/`,
            `${controlPlane}/(${right.join("|")})/`,
            "Kinds depend in one direction, so each can be understood without those to its right.",
          ),
        ]
      : []),
    {
      name: `${kind}-uses-doors`,
      comment: "Another kind is entered through its index.ts, the only file it promises to keep.",
      severity: "error",
      from: { path: `${controlPlane}/${kind}/`, pathNot: test },
      to: { path: `${controlPlane}/(${others.join("|")})/`, pathNot: "/index\\.ts$|/tables/" },
    },
  ]
})

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Files that import each other can only be understood together, types included.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "nothing-unresolved",
      comment: "An import that cannot be resolved is a file the rules cannot see.",
      severity: "error",
      from: { pathNot: "^apps/dashboard/" },
      to: { couldNotResolve: true, pathNot: "^(cloudflare:|bun:)" },
    },
    room(
      "contract-is-a-leaf",
      "^packages/contract/",
      "^(packages/(kernel|reconcile|microvm|offline-model)|apps)/",
      "The contract is shared with browsers: it knows nobody.",
    ),
    room(
      "kernel-is-low",
      "^packages/kernel/",
      "^(packages/(reconcile|microvm|offline-model)|apps)/",
      "The kernel knows nothing of what is built on it.",
    ),
    room(
      "reconcile-knows-no-kind",
      "^packages/reconcile/",
      "^(packages/(microvm|offline-model)|apps)/",
      "The loop works for any kind.",
    ),
    room(
      "microvm-knows-no-kind",
      "^packages/microvm/",
      "^(packages/(reconcile|offline-model)|apps)/",
      "A VM host runs this without a control plane beside it.",
    ),
    room(
      "offline-model-is-a-model",
      "^packages/offline-model/",
      "^(packages/(?!offline-model)|apps)/",
      "It gets the same text as any model and knows nothing of the platform behind it.",
    ),
    room(
      "offline-model-thinks-in-its-thread",
      "^packages/offline-model/src/(index|offline-model|thread|call)\\.ts",
      "^packages/offline-model/src/(?!(offline-model|thread|call)\\.ts)",
      "What runs in the server's thread reads no text and renders no app.",
    ),
    room(
      "only-models-names-the-offline-model",
      `${controlPlane}/(?!agents/(models/offline\\.ts|simulators/))`,
      "^packages/offline-model/",
      "For everybody else it is one model among others.",
    ),
    room(
      "dashboard-sees-only-contract",
      "^apps/dashboard/",
      "^(packages/(kernel|reconcile|microvm|offline-model)|apps/control-plane)/",
      "Browser bundles must never reach the database or secrets.",
    ),
    room(
      "http-imports-no-kind",
      `${controlPlane}/http/`,
      `${controlPlane}/(audit|usage|quotas|projects|microvms|agents)/`,
      "main/ hands http the routes, topics and host resolvers.",
    ),
    room(
      "only-main-names-drivers",
      `${controlPlane}/(?!main/)`,
      "^packages/microvm/src/drivers/",
      "The composition root chooses drivers; everybody else knows the port.",
    ),
    {
      name: "database-only-in-queries",
      comment: "SQL lives in db/ and queries.ts, where reviewers look for it.",
      severity: "error",
      from: {
        path: `${controlPlane}/`,
        pathNot: `${test}|/db/|/queries\\.ts$|/queries/|/main/|/http/(session|auth|listen)`,
      },
      to: { path: "node_modules/(pg|drizzle-orm)/" },
    },
    ...orderOfKinds,
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(\\.next|/migrations/meta/)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
}
