import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react"
import { Button, IconButton } from "./button.tsx"
import { CloseIcon } from "./icons.tsx"

export interface Toast {
  says: string
  action?: { label: string; act(): void }
}

const shownMs = 7000
const Show = createContext<(toast: Toast) => void>(() => {})

/** Says what happened, for a moment, at the foot of the page: `const say = useToast()`. */
export const useToast = () => useContext(Show)

export function Toasts({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<(Toast & { key: number }) | null>(null)
  const show = useCallback((toast: Toast) => setShown({ ...toast, key: Date.now() }), [])
  useEffect(() => {
    if (!shown) return
    const timer = setTimeout(() => setShown(null), shownMs)
    return () => clearTimeout(timer)
  }, [shown])
  return (
    <Show value={show}>
      {children}
      <div
        role="status"
        className="pointer-events-none fixed inset-x-4 bottom-4 z-10 flex justify-center"
      >
        {shown && <ToastCard key={shown.key} toast={shown} onClose={() => setShown(null)} />}
      </div>
    </Show>
  )
}

function ToastCard({ toast, onClose }: { toast: Toast; onClose(): void }) {
  const { says, action } = toast
  return (
    <div className="pointer-events-auto flex max-w-full items-center gap-2 rounded-xl border border-line bg-surface py-1.5 pr-1.5 pl-4 shadow-lg">
      <p className="min-w-0 truncate text-[15px]">{says}</p>
      {action && (
        <Button
          look="plain"
          className="font-semibold text-accent-text"
          onClick={() => {
            action.act()
            onClose()
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label="Dismiss" onClick={onClose}>
        <CloseIcon />
      </IconButton>
    </div>
  )
}
