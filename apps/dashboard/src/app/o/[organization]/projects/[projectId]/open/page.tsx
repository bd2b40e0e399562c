import type { Metadata } from "next"
import { OpenAppScreen } from "../../../../../../apps/open-app-screen.tsx"

export const metadata: Metadata = { title: "Open app" }

interface OpenPageProps {
  searchParams: Promise<{ to?: string | string[]; draft?: string | string[] }>
}

export default async function OpenPage({ searchParams }: OpenPageProps) {
  const { to, draft } = await searchParams
  return (
    <OpenAppScreen
      path={typeof to === "string" ? to : "/"}
      draftOf={typeof draft === "string" ? draft : null}
    />
  )
}
