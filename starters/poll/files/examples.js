// What the app asks before somebody writes questions of their own.
export const examples = {
  poll: {
    title: "Where do we go?",
    intro: "Our day out in June. Choose, and watch what the others choose.",
    questions: [
      "Which place do you like best? | The lake, with boats | The old town | A climbing forest | A museum and cake",
      "How long shall it take? | Half a day | The whole day | With a night",
    ],
  },
  quiz: {
    title: "Five small questions",
    intro: "Answer them all and hand in: then you see how many were right.",
    questions: [
      "Which planet is closest to the sun? | Venus | *Mercury | Mars",
      "How many minutes does a day have? | 1,200 | *1,440 | 2,400",
      "Which city is the capital of Australia? | Sydney | Melbourne | *Canberra",
      "Which of these is no fish? | *Dolphin | Tuna | Eel",
      "What does a barometer measure? | Temperature | *Air pressure | Wind",
    ],
  },
}
