import type { StarterSummary } from "@vibecaas/contract/kinds/starters"

export const categoryNames = {
  start: "Blank starts",
  productivity: "Productivity",
  commerce: "Commerce",
  content: "Content",
  community: "Community",
  data: "Data",
  tools: "Tools",
  games: "Games",
  api: "APIs",
} as const satisfies Record<StarterSummary["category"], string>

export const stackNames = {
  node: "Node.js",
  react: "React",
  next: "Next.js",
  python: "Python",
  go: "Go",
} as const satisfies Record<StarterSummary["stack"], string>
