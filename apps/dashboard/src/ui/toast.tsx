"use client"
import { X } from "lucide-react"
import { createContext, type ReactNode, useCallback, useContext, useState } from "react"
import { Button } from "./button.tsx"
import type { Glyph } from "./state.tsx"

interface Toast {
  id: number
  glyph: Glyph
  title: string
  detail?: string | undefined
}

type Say = (toast: Omit<Toast, "id">) => void
const Saying = createContext<Say>(() => undefined)

/** Says what the page itself does not show, for example that a background action failed. */
export function useToast(): Say {
  return useContext(Saying)
}

/** longest time a message that is good news stays, in `ms`; bad news stays until it is closed */
const staysMs = 6000
let lastId = 0

/** Holds the messages; screen readers hear them once, politely. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const close = useCallback(
    (id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)),
    [],
  )
  const say = useCallback<Say>(
    (toast) => {
      lastId += 1
      const id = lastId
      setToasts((all) => [...all.slice(-2), { ...toast, id }])
      if (toast.glyph !== "bad") setTimeout(() => close(id), staysMs)
    },
    [close],
  )
  return (
    <Saying.Provider value={say}>
      {children}
      <div
        role="status"
        className="pointer-events-none fixed right-4 bottom-4 z-50 grid w-90 max-w-[calc(100vw-32px)] gap-2"
      >
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onClose={() => close(toast.id)} />
        ))}
      </div>
    </Saying.Provider>
  )
}

function ToastCard({ toast, onClose }: { toast: Toast; onClose(): void }) {
  return (
    <div className="pointer-events-auto flex items-start gap-2.5 rounded-3 bg-raised p-3 text-13 shadow-2 motion-safe:animate-arrive">
      <span aria-hidden="true" className={`st st-${toast.glyph} mt-0.5 h-4`} />
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{toast.title}</p>
        {toast.detail ? <p className="break-words text-fg-2">{toast.detail}</p> : null}
      </div>
      <Button kind="ghost" size="sm" icon aria-label="Close message" onClick={onClose}>
        <X aria-hidden="true" />
      </Button>
    </div>
  )
}
