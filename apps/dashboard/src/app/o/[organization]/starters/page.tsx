import type { Metadata } from "next"
import { StartersScreen } from "../../../../starters/starters-screen.tsx"

export const metadata: Metadata = { title: "Starters" }

export default function StartersPage() {
  return <StartersScreen />
}
