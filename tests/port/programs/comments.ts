//: run(1)
/*
 * A block of several
 * lines.
 */
/** What it is for: "quoted" \d */
export function run(n: number) {
  // before
  const a = n // behind
  /* inline */ const b = a
  if (b /* within */ > 0) {
    // only a comment
  }
  return { a, /* field */ b }
}
