/** Keys of memory fields: what the contract takes, and the one that follows from a name. */

export const isKey = (key: string): boolean => /^[a-z][a-z0-9_]{0,49}$/.test(key)

/** "House area (m²)" becomes `house_area_m2`; empty when nothing of the name can stand in a key. */
export const keyOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 50)
    .replace(/_+$/, '')
