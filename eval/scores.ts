/** Precision, recall and F1 of what was said against what is. */

export interface Judged {
  is: boolean
  said: boolean
}

export function precisionRecall(rows: Judged[]): { precision: number; recall: number; f1: number } {
  const hits = rows.filter(({ is, said }) => is && said).length
  const said = rows.filter((row) => row.said).length
  const are = rows.filter((row) => row.is).length
  return {
    precision: said === 0 ? 0 : hits / said,
    recall: are === 0 ? 0 : hits / are,
    f1: said + are === 0 ? 0 : (2 * hits) / (said + are),
  }
}

/** The mean over labels; one that never occurs and is never said counts as wrong, as usual. */
export const macroF1 = (labels: Judged[][]): number =>
  labels.reduce((sum, rows) => sum + precisionRecall(rows).f1, 0) / labels.length
