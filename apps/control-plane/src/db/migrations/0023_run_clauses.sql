ALTER TABLE "runs" ADD COLUMN "clauses" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "filler" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
-- What a run said that it would not build, in the words it said it with.
UPDATE "runs" SET
  "clauses" = (SELECT jsonb_agg(jsonb_build_object('words', note, 'state', 'not_built', 'why', 'The plan left it out.'))
    FROM jsonb_array_elements_text("notes") AS note),
  "state" = CASE "state" WHEN 'succeeded' THEN 'partly' ELSE "state" END
WHERE jsonb_array_length("notes") > 0;--> statement-breakpoint
ALTER TABLE "runs" DROP COLUMN "notes";
