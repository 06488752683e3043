/** What an answer cost: cents are many, so small sums keep their figures. */
export const dollars = (usd: number): string =>
  new Intl.NumberFormat(undefined, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: usd !== 0 && usd < 1 ? 5 : 2,
  }).format(usd)
