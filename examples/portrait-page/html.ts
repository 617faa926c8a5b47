/** Sections as one HTML page without scripts or anything from elsewhere. Every value is escaped. */
import type { Denial, Section } from './sections.js';

export interface Page {
  readonly title: string;
  readonly subtitle: string;
  readonly badges: readonly string[];
  readonly sections: readonly Section[];
  /** Where nothing could be shown at all. */
  readonly refusal: Denial | null;
  readonly consumer: string;
  readonly recordId: string;
}

export function renderPage(page: Page): string {
  const body =
    page.refusal === null
      ? page.sections.map(renderSection).join('\n')
      : `<section class="denied wide"><h2>未能提供 Not provided</h2>${renderDenial(page.refusal)}</section>`;
  return renderDocument(
    page.title,
    `<header><h1>${escape(page.title)}</h1><p>${escape(page.subtitle)}</p>
<p>${page.badges.map((badge) => `<span class="badge">${escape(badge)}</span>`).join(' ')}</p></header>
<main>${body}</main>
<footer>以 ${escape(page.consumer)} 查询，使用记录 on record as <code>${escape(page.recordId)}</code></footer>`,
  );
}

function renderSection({ zh, en, headers, rows, provenance, denied, withheld }: Section): string {
  const heading = `<h2>${escape(zh)} <small>${escape(en)}</small></h2>`;
  if (denied) return `<section class="denied">${heading}${renderDenial(denied)}</section>`;
  const [only] = rows;
  const content =
    only === undefined
      ? '<p class="none">无记录 No entry</p>'
      : rows.length === 1
        ? `<dl>${headers.map((header, at) => `<dt>${escape(header)}</dt><dd>${escape(only[at] ?? '')}</dd>`).join('')}</dl>`
        : `<table><tr>${headers.map((it) => `<th>${escape(it)}</th>`).join('')}</tr>${rows
            .map((row) => `<tr>${row.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`)
            .join('')}</table>`;
  const missing = withheld.map(
    (it) => `<li><b>${escape(it.coordinate)}</b> ${escape(it.level)} ${escape(it.reasonZh)}</li>`,
  );
  return `<section${rows.length > 1 ? ' class="wide"' : ''}>${heading}${content}${
    missing.length > 0 ? `<ul class="withheld">${missing.join('')}</ul>` : ''
  }${provenance.length > 0 ? `<p class="source">来源 Source: ${provenance.map(escape).join('; ')}</p>` : ''}</section>`;
}

function renderDenial({ coordinate, level, reasonZh, remedy }: Denial): string {
  return `<p><b>${escape(coordinate)}</b> <span class="badge">${escape(level || '—')}</span></p><p>${escape(reasonZh)}</p><p class="source">${escape(remedy)}</p>`;
}

export function renderDocument(title: string, body: string): string {
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title>
<style>
  body { margin: 0 auto; max-width: 72rem; padding: 1.5rem; font: 15px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; color: #1c2733; background: #f3f5f8 }
  header { border-left: 4px solid #1f6feb; padding-left: 1rem } h1 { margin: 0; font-size: 1.7rem } header p { margin: .3rem 0; color: #52606d }
  main { display: grid; grid-template-columns: repeat(auto-fill, minmax(22rem, 1fr)); gap: 1rem; margin: 1.5rem 0 }
  section { background: #fff; border: 1px solid #dde3ea; border-radius: 8px; padding: 1rem; overflow-x: auto } .wide { grid-column: 1 / -1 }
  h2 { margin: 0 0 .6rem; font-size: 1.05rem } small, .source, .none, footer { color: #6b7785; font-weight: 400; font-size: .85rem }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0 } dt { color: #6b7785 } dd { margin: 0; overflow-wrap: anywhere }
  table { border-collapse: collapse; width: 100% } th { text-align: left; color: #6b7785; font-weight: 500 } th, td { padding: .25rem .8rem .25rem 0; border-bottom: 1px solid #eef1f5; vertical-align: top }
  .badge { background: #e7f0ff; color: #1f4f99; border-radius: 99px; padding: .1rem .6rem; font-size: .85rem }
  .denied { background: #fff7f5; border-color: #f0c4ba } .denied .badge { background: #fbe0da; color: #9a3412 } .withheld { margin: .6rem 0 0; padding-left: 1.1rem; color: #9a3412; font-size: .85rem }
  form { display: inline } button { font: inherit; margin: .2rem; padding: .3rem .8rem; border: 1px solid #c5d0dc; border-radius: 6px; background: #fff; cursor: pointer }
</style></head><body>
${body}
</body></html>
`;
}

export function escape(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (it) => entities[it]!);
}
