"use client"
import { useQuery } from "@tanstack/react-query"
import { LayoutTemplate } from "lucide-react"
import type { Kind } from "../kind.ts"
import { useSession } from "../shell/session.tsx"
import { starterOf, startersChanged } from "./queries.ts"

/** Apps with which a project can begin: all of them, and one with its parameters. */
export const startersKind = {
  pages: [
    {
      at: "/starters",
      ...{ name: "Starters", icon: LayoutTemplate, needs: "starter:read", goKey: "t", place: 15 },
    },
    { at: "/starters/{starterId}", name: "Starter", Name: StarterName, place: 0 },
  ],
  live: { "starter.changed": startersChanged },
  missed: { organization: () => ["GET /starters"] },
} as const satisfies Kind

function StarterName({ params }: { params: Record<string, string> }) {
  const { organization } = useSession()
  const starter = useQuery({
    ...starterOf(params.starterId ?? "", organization.id),
    enabled: false,
  })
  return starter.data?.name.en ?? "Starter"
}
