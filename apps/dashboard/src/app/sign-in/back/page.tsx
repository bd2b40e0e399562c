import type { Metadata } from "next"
import { ProviderBackScreen } from "../../../tenants/provider-back-screen.tsx"

export const metadata: Metadata = { title: "Signing in" }

export default function ProviderBackPage() {
  return <ProviderBackScreen />
}
