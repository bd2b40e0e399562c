export { OnwardPage as default } from "../../../visit/onward-page.tsx"
