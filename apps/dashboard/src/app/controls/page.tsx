import type { Metadata } from "next"
import { ControlsScreen } from "../../ui/controls-screen.tsx"

export const metadata: Metadata = { title: "Controls" }

/** In no menu: for who builds screens, and for the tests that look at every control. */
export default function ControlsPage() {
  return <ControlsScreen />
}
