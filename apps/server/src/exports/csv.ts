/** CSV as spreadsheets read it, and as none of them can be made to compute. */

/** What a spreadsheet takes for the beginning of a formula, also after spaces, and in the wide forms that some read alike. */
const FORMULA = /^\s*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r]/

/** A cell: text is defused and quoted, numbers stay numbers. */
export function cell(value: string | number | boolean | null): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const harmless = FORMULA.test(value) ? `'${value}` : value
  return `"${harmless.replaceAll('"', '""')}"`
}

export const row = (values: (string | number | boolean | null)[]): string => `${values.map(cell).join(',')}\r\n`

/** Tells spreadsheets that the file is UTF-8; without it they guess, and guess wrong. */
export const BOM = '\uFEFF'
