import type { Metadata } from "next"
import { PlatformScreen } from "../../../../platform/platform-screen.tsx"

export const metadata: Metadata = { title: "Platform" }

export default function PlatformPage() {
  return <PlatformScreen />
}
