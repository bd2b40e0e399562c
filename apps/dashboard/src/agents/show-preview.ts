"use client"
import { createContext, useContext } from "react"

const ShowPreview = createContext<() => void>(() => undefined)

/** Where there is room for one part of the page at a time: leads to the app. */
export const ShowPreviewBy = ShowPreview.Provider

/** Puts the preview before the person, where it is not beside what they read anyway. */
export const useShowPreview = (): (() => void) => useContext(ShowPreview)
