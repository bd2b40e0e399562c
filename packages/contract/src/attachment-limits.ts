/** how many bytes one file may have: as an image it still fits what every maker's models take */
export const attachmentBytesMax = 3_500_000
/** files that come with one goal or message */
export const attachmentsMax = 8
/** bytes of all that come with one goal or message */
export const attachedBytesMax = 10_000_000
/** pixels on the longer side of an image */
export const imageSideMax = 8000
