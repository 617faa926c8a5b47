/**
 * A division on one screen, from open data alone: `npm run example -- dashboard 150622`; 150600 is the whole city. What is withheld is shown as
 * withheld: a dashboard that shows a nought in its place tells something that is not so.
 */
import { DivisionDashboardDocument, ServicesByMonthDocument } from '../generated/operations.js';
import { ask, readCredentials } from './graphql-client.js';

const code = process.argv[2] ?? '150600';
const token = readCredentials().consumers['dashboard']!.token;

const [dashboard, services] = await Promise.all([
  ask(DivisionDashboardDocument, { code }, token),
  ask(ServicesByMonthDocument, { division: code }, token),
]);

interface Bar {
  readonly label: string;
  readonly count: number | null | undefined;
  readonly note?: string;
}

const widest = 40;

function heading(zh: string, en: string): void {
  console.log(`\n${zh} ${en}`);
}

function bars(list: readonly Bar[]): void {
  const most = Math.max(1, ...list.map(({ count }) => count ?? 0));
  for (const { label, count, note = '' } of list) {
    const bar = typeof count === 'number' ? '█'.repeat(Math.ceil((count * widest) / most)) : '';
    console.log(`  ${label.padEnd(12)} ${String(count ?? 'withheld 隐去').padStart(10)} ${bar} ${note}`);
  }
}

const division = dashboard.data?.divisionPortrait;
if (division) {
  console.log(`${division.name ?? code}  ${division.area ?? '—'} km²  ${division.townCount ?? '—'} towns`);

  const population = division.population?.nodes ?? [];
  const total = population.find(({ age }) => age === 'all');
  heading(
    '人口 Population',
    `${total?.persons ?? 'withheld'}, ${total?.referenceDate ?? ''}, edition ${total?.edition ?? ''}`,
  );
  bars(
    population
      .filter(({ ageLevel }) => ageLevel === 'FIVE_YEARS')
      .map(({ age, persons }) => ({ label: age ?? '', count: persons })),
  );

  heading('街道乡镇', 'Towns');
  bars((division.towns?.nodes ?? []).slice(0, 15).map(({ town, persons }) => ({ label: town ?? '', count: persons })));

  heading('企业行业分布', 'Enterprises by section of industry');
  bars(
    (division.industries?.nodes ?? []).map(({ industry, enterprises, capitalSum, capitalSuppressed }) => ({
      label: industry ?? '',
      count: enterprises,
      note: capitalSuppressed ? 'capital withheld' : `${capitalSum ?? '—'} CNY`,
    })),
  );

  heading('年度指标', 'Indicators, annual');
  for (const { period, value, yearOnYear, indicator } of division.indicators?.nodes ?? [])
    console.log(
      `  ${period ?? ''}  ${indicator?.name ?? ''}  ${value ?? '—'} ${indicator?.unit ?? ''}  ${yearOnYear ? `${yearOnYear} % on the year before` : ''}`,
    );

  heading('空气和水', 'Air and water, current readings');
  for (const { name, currentAir, currentWater } of division.monitoringStations?.nodes ?? []) {
    const air =
      currentAir && `${currentAir.observedOn ?? ''} AQI ${currentAir.aqi ?? '—'} ${currentAir.primaryPollutant ?? ''}`;
    const water = currentWater && `${currentWater.sampledOn ?? ''} class ${currentWater.waterClass ?? '—'}`;
    console.log(`  ${name ?? ''}  ${air ?? water ?? 'no reading'}`);
  }

  heading('突发事件', 'Events');
  for (const { occurredAt, category, title, status } of division.emergencyEvents?.nodes ?? [])
    console.log(`  ${occurredAt?.slice(0, 10) ?? ''}  ${category ?? ''}  ${title ?? ''}  ${status ?? ''}`);
}

heading('政务服务办件', 'Service cases by month');
bars(
  (services.data?.serviceCaseStatistics?.nodes ?? [])
    .toReversed()
    .map(({ period, cases }) => ({ label: period ?? '', count: cases })),
);

for (const { message } of [...(dashboard.errors ?? []), ...(services.errors ?? [])]) console.log(`denied: ${message}`);
console.log(`\non record as ${dashboard.extensions.usage.recordId} and ${services.extensions.usage.recordId}`);
