"use client"
import type { Platform } from "@vibecaas/contract/kinds/platform"
import { X } from "lucide-react"
import dynamic from "next/dynamic"
import { useState } from "react"
import { Button } from "../ui/button.tsx"
import { cn } from "../ui/cn.ts"
import { count } from "../ui/format.ts"
import { StateBadge } from "../ui/state.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { listOf } from "../ui/words.ts"
import { usePlatform } from "./platform.ts"

const BannerDialog = dynamic(
  () => import("./banner-dialog.tsx").then((module) => module.BannerDialog),
  { ssr: false },
)

/** What is to be said of this installation, and whether it is said in a word or in a line. */
export interface Banner {
  /** nothing where everything is real and well walled */
  platform: Platform | undefined
  said: string
  folded: boolean
  fold(): void
}

/** Folded, the banner stays a word until it has something else to say. */
export function useBanner(): Banner {
  const { data } = usePlatform()
  const silent = !data || (data.simulated.length === 0 && !data.isolation.weak)
  const said = silent ? "" : bannerSentence(data)
  const [kept, setKept] = useState<string | null>(() => window.localStorage.getItem(foldedKey))
  const fold = () => {
    window.localStorage.setItem(foldedKey, said)
    setKept(said)
  }
  return { platform: silent ? undefined : data, said, folded: said !== "" && kept === said, fold }
}

const foldedKey = "banner folded"

/** What is left of the folded banner: it stands in the bar, on phones too. */
export function BannerWord({ platform, folded }: Banner) {
  const { about, open, ask, close } = useAsked<true>()
  if (!platform || !folded) return null
  return (
    <>
      <button type="button" onClick={() => ask(true)} className="flex-none rounded-1 max-md:py-2.5">
        {platform.simulated.length > 0 ? <SimulatedWord /> : <WeakWord />}
        <span className="sr-only"> What is not real here</span>
      </button>
      {about ? <BannerDialog platform={platform} open={open} onClose={close} /> : null}
    </>
  )
}

/** Says aloud what is simulated here and what apps can reach; nothing when there is nothing to say. */
export function PlatformBanner({ platform, said, folded, fold }: Banner) {
  const { about, open, ask, close } = useAsked<true>()
  if (!platform || folded) return null
  const { weak } = platform.isolation
  return (
    <section
      aria-label="What is not real here"
      className="flex min-h-9 flex-none items-center gap-3 border-b border-dashed border-line-field bg-sunken px-8 py-[7px] text-13 text-fg-2 max-md:flex-wrap max-md:gap-x-2 max-md:gap-y-1 max-md:py-1 max-md:pr-2 max-md:pl-4"
    >
      {platform.simulated.length > 0 ? <SimulatedWord /> : null}
      {weak ? <WeakWord /> : null}
      <span className={cn("min-w-0 max-md:hidden", !weak && "truncate")}>{said}</span>
      <span className={cn("min-w-0 md:hidden", weak && "order-last basis-full")}>
        {shortSentence(platform)}
      </span>
      <button
        type="button"
        onClick={() => ask(true)}
        className="link ml-auto flex-none whitespace-nowrap no-underline hover:underline max-md:-my-1.5 max-md:py-2"
      >
        What that means
      </button>
      <Button kind="ghost" size="sm" icon aria-label="Fold this notice" onClick={fold}>
        <X aria-hidden="true" />
      </Button>
      {about ? <BannerDialog platform={platform} open={open} onClose={close} /> : null}
    </section>
  )
}

export function SimulatedWord() {
  return (
    <span className="rounded-1 bg-fg px-1.5 py-px text-11 font-semibold whitespace-nowrap text-bg">
      Simulated
    </span>
  )
}

const WeakWord = () => (
  <StateBadge look={{ glyph: "warn", word: "Weak isolation" }} className="-my-1" />
)

function bannerSentence({ simulated, isolation }: Platform): string {
  const parts = simulated.map(({ part }) => inSentence(part))
  const standIns =
    parts.length > 0
      ? `On this server ${listOf(parts)} ${parts.length === 1 ? "is a stand-in" : "are stand-ins"}. `
      : ""
  if (!isolation.weak) return `${standIns}Everything else is real.`
  return `${standIns}${weakSentence(isolation)}`
}

function shortSentence({ simulated, isolation }: Platform): string {
  if (isolation.weak) return weakSentence(isolation)
  return `${count(simulated.length, "stand-in")} here`
}

/** Which wall is missing is not worth a page; what apps can reach is. */
function weakSentence({ reaches }: Platform["isolation"]): string {
  return `Apps can reach: ${reaches.map((reach) => inLine(reach)).join("; ")}.`
}

function inLine(reach: string): string {
  return reach.charAt(0).toLowerCase() + reach.slice(1).replace(/\.$/, "")
}

function inSentence(part: string): string {
  return part.toLowerCase().startsWith("the ") ? part.toLowerCase() : `the ${part.toLowerCase()}`
}
