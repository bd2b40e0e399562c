import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { App } from "./app.tsx"
import { Toasts } from "./kit/toast.tsx"
import "./styles.css"

const root = document.getElementById("root")
if (!root) throw new Error("The page has no place for the app.")
createRoot(root).render(
  <StrictMode>
    <Toasts>
      <App />
    </Toasts>
  </StrictMode>,
)
