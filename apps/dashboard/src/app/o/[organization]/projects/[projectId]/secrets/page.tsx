import type { Metadata } from "next"
import { ProjectSecretsScreen } from "../../../../../../secrets/secrets-screen.tsx"

export const metadata: Metadata = { title: "Secrets" }

export default function SecretsPage() {
  return <ProjectSecretsScreen />
}
