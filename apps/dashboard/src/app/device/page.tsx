import type { Metadata } from "next"
import { DeviceScreen } from "../../devices/device-screen.tsx"

export const metadata: Metadata = { title: "Sign a program in", referrer: "no-referrer" }

interface DevicePageProps {
  searchParams: Promise<{ code?: string | string[] }>
}

export default async function DevicePage({ searchParams }: DevicePageProps) {
  const { code = "" } = await searchParams
  return <DeviceScreen code={String(code)} />
}
