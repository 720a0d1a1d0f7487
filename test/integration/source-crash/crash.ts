// The full runs of the source: `npm run test:crash -- --seed 1`; prints what became of the rows.
