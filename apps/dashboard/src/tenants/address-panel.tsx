"use client"
import { useQuery } from "@tanstack/react-query"
import dynamic from "next/dynamic"
import { read } from "../api/read.ts"
import { Button } from "../ui/button.tsx"
import { Panel } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { useAsked } from "../ui/use-asked.ts"

const AddressDialog = dynamic(
  () => import("./address-dialog.tsx").then((module) => module.AddressDialog),
  { ssr: false },
)

/** The address somebody signs in with, and whether it was shown to be theirs. */
export function AddressPanel() {
  const account = useQuery(read("GET /auth/account"))
  const { about, open, ask, close } = useAsked<"change" | "confirm">()
  return (
    <Panel title="Address">
      <ReadBody
        of={account}
        failed="Your address could not be loaded"
        skeleton={<SkeletonRows what="your address" widths={["w-40"]} className="h-[65px]" />}
      >
        {({ email, confirmed }) => (
          <div className="flex flex-wrap items-center justify-between gap-3 p-4 text-13">
            <div className="min-w-0">
              <p className="font-medium [overflow-wrap:anywhere]">{email}</p>
              <p className="text-12 text-fg-3">
                {confirmed
                  ? "Confirmed: a mail to it was answered."
                  : "Not confirmed: nobody has answered a mail to it."}
              </p>
            </div>
            <div className="flex flex-wrap gap-2">
              {confirmed ? null : <Button onClick={() => ask("confirm")}>Confirm</Button>}
              <Button onClick={() => ask("change")}>Change address</Button>
            </div>
            {about ? (
              <AddressDialog
                open={open}
                onClose={close}
                email={about === "confirm" ? email : undefined}
              />
            ) : null}
          </div>
        )}
      </ReadBody>
    </Panel>
  )
}
