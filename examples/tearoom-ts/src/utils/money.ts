/** Cents as people read them: `1234` is `12.34`. */
export const formatMoney = (cents: number): string => (cents / 100).toFixed(2)

/** A part of an amount, in whole cents; what is half goes up. */
export function percentOf(cents: number, percent: number): number {
  return Math.round((cents * percent) / 100)
}
