interface Describable {
  readonly zh: string;
  readonly en: string;
  readonly classification?: { readonly level: string };
  readonly existence?: { readonly level: string };
}

/** The schema's description: Chinese, then English, then the level, so that a reader of the schema sees what will be asked of him. */
export function describe(it: Describable): string {
  const level = it.classification?.level ?? it.existence?.level;
  return `${it.zh}。${it.en}.${level ? ` [${level}]` : ''}`;
}
