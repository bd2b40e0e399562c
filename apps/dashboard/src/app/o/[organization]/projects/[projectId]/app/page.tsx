import type { Metadata } from "next"
import { AppSettingsScreen } from "../../../../../../machines/app-settings-screen.tsx"

export const metadata: Metadata = { title: "App" }

export default function AppPage() {
  return <AppSettingsScreen />
}
