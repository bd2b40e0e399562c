import type { Metadata } from "next"
import { JoinScreen } from "../../people/join-screen.tsx"

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" }

export default function JoinPage() {
  return <JoinScreen />
}
