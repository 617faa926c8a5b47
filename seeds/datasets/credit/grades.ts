/** The grade of a score of 1,000 points. */
export function gradeOf(score: number): string {
  if (score >= 900) return 'EXCELLENT';
  if (score >= 750) return 'GOOD';
  return score >= 600 ? 'FAIR' : 'POOR';
}
