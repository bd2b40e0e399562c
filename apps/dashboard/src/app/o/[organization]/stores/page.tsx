import type { Metadata } from "next"
import { StoresScreen } from "../../../../stores/stores-screen.tsx"

export const metadata: Metadata = { title: "Stores" }

export default function StoresPage() {
  return <StoresScreen />
}
