import type { Metadata } from "next"
import { AppScreen } from "../../../../../../apps/app-screen.tsx"

export const metadata: Metadata = { title: "App" }

export default function AppPage() {
  return <AppScreen />
}
