import type { ReactNode } from "react"
import { Brand } from "./brand.tsx"

/** A page outside of the shell with one thing to say. */
export function FullPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col p-8 max-md:px-4 max-md:py-5">
      <header>
        <Brand />
      </header>
      <main className="m-auto grid w-full max-w-104 gap-4 py-8">
        <h1 className="text-28 font-semibold tracking-[-0.022em]">{title}</h1>
        {children}
      </main>
    </div>
  )
}
