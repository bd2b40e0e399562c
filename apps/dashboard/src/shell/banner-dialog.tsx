"use client"
import type { Platform } from "@vibecaas/contract/kinds/platform"
import Link from "next/link"
import { Button } from "../ui/button.tsx"
import { buttonLook } from "../ui/button-look.ts"
import { Dialog } from "../ui/dialog.tsx"
import { capitalized } from "../ui/words.ts"
import { useSession } from "./session.tsx"

interface BannerDialogProps {
  platform: Platform
  open: boolean
  onClose(): void
}

/** What each stand-in does, and what keeps apps apart. */
export function BannerDialog({ platform, open, onClose }: BannerDialogProps) {
  const { simulated, isolation } = platform
  return (
    <Dialog
      wide
      open={open}
      onClose={onClose}
      title="What is simulated, and what apps can reach"
      footer={
        <>
          <RealWay onLeave={onClose} />
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      {simulated.length > 0 ? (
        <section className="grid gap-2">
          <p>
            A stand-in answers like the real service, but nothing leaves this server. What it
            touches carries a dashed mark.
          </p>
          <dl className="grid gap-2 text-13">
            {simulated.map(({ part, sentence }) => (
              <div key={sentence}>
                <dt className="font-medium text-fg first-letter:uppercase">{part}</dt>
                <dd>
                  {afterPart({ part, sentence })}
                  {/language model/i.test(part) ? <ModelWay onLeave={onClose} /> : null}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ) : null}
      <section className="grid gap-1 text-13">
        <h3 className="font-medium text-fg">Isolation of apps</h3>
        <p>{isolation.label}</p>
        {isolation.reaches.length > 0 ? (
          <>
            <p>What an app can reach:</p>
            <ul className="list-disc pl-4">
              {isolation.reaches.map((reach) => (
                <li key={reach}>{reach}</li>
              ))}
            </ul>
          </>
        ) : (
          <p>An app reaches nothing outside its machine.</p>
        )}
      </section>
    </Dialog>
  )
}

/** Where it stands how each becomes real, for who can make it so. */
function RealWay({ onLeave }: { onLeave(): void }) {
  const { can, paths } = useSession()
  if (!can("platform-admin")) return null
  return (
    <Link
      href={`${paths.root}/platform/simulated`}
      onClick={onLeave}
      className={buttonLook({ kind: "ghost" })}
    >
      How to make it real
    </Link>
  )
}

/** Where a model is set, for who may; else who can. */
function ModelWay({ onLeave }: { onLeave(): void }) {
  const { can, paths } = useSession()
  if (!can("platform-admin")) return " Whoever runs this server sets one on its page Models."
  return (
    <>
      {" "}
      <Link href={`${paths.root}/models`} onClick={onLeave} className="link">
        Set a model
      </Link>
    </>
  )
}

/** The sentence without the part's name, which stands before it already. */
function afterPart({ part, sentence }: Platform["simulated"][number]): string {
  return capitalized(sentence.startsWith(`${part}: `) ? sentence.slice(part.length + 2) : sentence)
}
