/** What the pool is about: the master index knows persons and legal persons. */
export const subjectKinds = ['person', 'legal-person'] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/**
 * The portrait class of each kind. Datasets point at portraits and portraits at datasets: the class is therefore looked up when the
 * schema is built, so that libraries need not import portraits (decorators and import cycles don't mix).
 */
const portraitClasses = new Map<SubjectKind, object>();

export function setPortraitClass(kind: SubjectKind, portrait: object): void {
  portraitClasses.set(kind, portrait);
}

export function portraitClassOf(kind: SubjectKind): object {
  const found = portraitClasses.get(kind);
  if (!found) throw new Error(`no portrait is declared for subjects of kind ${kind}`);
  return found;
}
