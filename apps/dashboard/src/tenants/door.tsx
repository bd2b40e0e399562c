"use client"
import type { ReactNode } from "react"
import { Brand } from "../shell/brand.tsx"
import { usePlatform } from "../shell/platform.ts"
import { SimulatedWord } from "../shell/platform-banner.tsx"
import { ThemeSwitch } from "../shell/theme-switch.tsx"
import { State } from "../ui/state.tsx"
import { listOf } from "../ui/words.ts"

interface DoorProps {
  title: string
  /** after the title, e.g. "to the server at example.com" */
  where: string
  children: ReactNode
}

/** The frame of sign-in and sign-up. */
export function Door({ title, where, children }: DoorProps) {
  const { data: platform } = usePlatform()
  const simulated = platform?.simulated ?? []
  return (
    <div className="grid min-h-dvh grid-cols-2 max-md:grid-cols-[minmax(0,1fr)]">
      <main className="flex min-w-0 flex-col p-8 max-md:px-4 max-md:py-5">
        <div className="flex items-center justify-between">
          <Brand />
          <ThemeSwitch />
        </div>
        {/* Held at its top: what an error adds pushes only what is below it. */}
        <div className="mx-auto mt-[max(0px,12vh-32px)] mb-auto grid w-full max-w-86 gap-5 py-8">
          <div>
            <h1 className="text-28 font-semibold tracking-[-0.022em]">{title}</h1>
            <p className="mt-1 text-fg-2">{where}</p>
          </div>
          {children}
        </div>
        <p className="flex min-h-4 flex-wrap items-center gap-2 text-12 text-fg-3">
          {simulated.length > 0 ? (
            <>
              <SimulatedWord />
              {`On this server: ${listOf(simulated.map(({ part }) => part.toLowerCase()))}`}
            </>
          ) : null}
        </p>
      </main>
      <Proof />
    </div>
  )
}

const proofs = [
  { what: "The app’s own tests pass in its machine", when: "each task" },
  { what: "Its page answers at its own address", when: "each start" },
  { what: "Its data is still there after a restart", when: "kept apart" },
  { what: "Every step can be read in the journal", when: "each run" },
]

function Proof() {
  return (
    <aside
      aria-label="What running means"
      className="grid min-w-0 place-items-center border-l border-line bg-shell p-8 max-md:hidden"
    >
      <div className="grid w-full max-w-106 gap-4">
        <h2 className="text-20 font-semibold tracking-[-0.014em] text-balance">
          Running means something went through it
        </h2>
        <p className="text-fg-2">
          An app is running when its tests pass and its page answers. Nothing changes its state
          because time passed.
        </p>
        <ol className="rounded-3 border border-line bg-bg text-13">
          {proofs.map(({ what, when }) => (
            <li
              key={what}
              className="flex items-center gap-2.5 border-b border-line px-4 py-[9px] last:border-b-0"
            >
              <State look={{ glyph: "done", word: what }} className="text-fg" />
              <span className="ml-auto text-12 text-fg-3">{when}</span>
            </li>
          ))}
        </ol>
      </div>
    </aside>
  )
}
