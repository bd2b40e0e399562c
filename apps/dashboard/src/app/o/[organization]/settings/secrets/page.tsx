import type { Metadata } from "next"
import { OrganizationSecretsScreen } from "../../../../../secrets/secrets-screen.tsx"

export const metadata: Metadata = { title: "Secrets" }

export default function SecretsPage() {
  return <OrganizationSecretsScreen />
}
