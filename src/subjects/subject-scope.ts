/**
 * What decides, beside its fields, who may see a subject: its division and its protection. Kept with the subject and copied beside every
 * subject id, so that no query has to ask for it elsewhere.
 */
export interface SubjectScope {
  readonly id: string;
  readonly division: string | null;
  /** ISO 8601 day, or -infinity, or infinity. */
  readonly protectedUntil: string;
}

export const neverProtected = '-infinity';

const ageOfProtection = 14;

/**
 * The fourteenth birthday of who is younger, else -infinity. Born on 29 February: 1 March.
 *
 * @param birthDate ISO 8601
 * @param today ISO 8601, in the city
 */
export function protectionOfBirthDate(birthDate: string, today: string): string {
  const year = String(Number(birthDate.slice(0, 4)) + ageOfProtection).padStart(4, '0');
  // Fourteen years after a leap year is none.
  const day = birthDate.slice(4) === '-02-29' ? '-03-01' : birthDate.slice(4);
  return `${year}${day}` > today ? `${year}${day}` : neverProtected;
}
