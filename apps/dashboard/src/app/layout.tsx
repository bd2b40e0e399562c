import type { Metadata, Viewport } from "next"
import { cookies } from "next/headers"
import { connection } from "next/server"
import type { ReactNode } from "react"
import { Providers } from "../api/providers.tsx"
import { themeCookie, themeOf } from "../shell/theme.ts"
import "../ui/base.css"

export const metadata: Metadata = {
  title: { template: "%s · VibeCaaS", default: "VibeCaaS" },
  description: "From a prompt to a running, tested app at its own address",
  robots: { index: false },
}

export const viewport: Viewport = { width: "device-width", initialScale: 1 }

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Prerendered pages carry no nonce, and the content security policy would block their scripts.
  await connection()
  // The choice comes with the request, so the first paint already has the right colours.
  const theme = themeOf((await cookies()).get(themeCookie)?.value)
  return (
    <html lang="en" data-theme={theme === "system" ? undefined : theme} suppressHydrationWarning>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  )
}
