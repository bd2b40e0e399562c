export { makeDevices } from "./make-devices.ts"
