import type { PackageEcosystem } from "@vibecaas/contract/kinds/packages"

/** What people read of each place where packages come from. */
export const ecosystemWords: Record<PackageEcosystem, { label: string; help: string }> = {
  npm: {
    label: "npm",
    help: "From npm's registry, with a version if you want a certain one: react@19 zod. Their install scripts do not run.",
  },
  go: {
    label: "Go",
    help: "Modules of Go by their path, with a version if you want a certain one: github.com/go-chi/chi/v5@v5.2.0. Without any, what the files import is locked.",
  },
  python: {
    label: "Python",
    help: "From Python's index, with a version if you want a certain one: fastapi httpx==0.28.1. Only wheels are taken: nothing is built from source.",
  },
  rust: {
    label: "Rust",
    help: "Crates, with a version if you want a certain one, and features after a plus: axum serde@1+derive. Their build scripts run without network, where crates are compiled. Of problems it is only told which versions were taken back.",
  },
}
