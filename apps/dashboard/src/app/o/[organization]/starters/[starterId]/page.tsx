import type { Metadata } from "next"
import { StarterScreen } from "../../../../../starters/starter-screen.tsx"

export const metadata: Metadata = { title: "Starter" }

interface StarterPageProps {
  params: Promise<{ starterId: string }>
}

export default async function StarterPage({ params }: StarterPageProps) {
  const { starterId } = await params
  return <StarterScreen starterId={decodeURIComponent(starterId)} />
}
