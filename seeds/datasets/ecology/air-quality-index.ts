/** The air quality index of a day, HJ 633-2012: each pollutant's own index by breakpoints, and the largest of them. */

export interface AirConcentrations {
  readonly SO2: number;
  readonly NO2: number;
  readonly PM10: number;
  /** mg/m3; the others in micrograms. */
  readonly CO: number;
  readonly O3: number;
  readonly PM2_5: number;
}
export type AirPollutant = keyof AirConcentrations;

const indexes = [0, 50, 100, 150, 200, 300, 400, 500];
/** 24-hour means; for ozone the 8-hour mean, which has no index above 300. */
const breakpoints: Readonly<Record<AirPollutant, readonly number[]>> = {
  SO2: [0, 50, 150, 475, 800, 1600, 2100, 2620],
  NO2: [0, 40, 80, 180, 280, 565, 750, 940],
  PM10: [0, 50, 150, 250, 350, 420, 500, 600],
  CO: [0, 2, 4, 14, 24, 36, 48, 60],
  O3: [0, 100, 160, 215, 265, 800],
  PM2_5: [0, 35, 75, 115, 150, 250, 350, 500],
};

/** Rounded up; 500 is the most there is. */
export function individualIndex(pollutant: AirPollutant, concentration: number): number {
  const points = breakpoints[pollutant];
  const above = points.findIndex((point) => concentration <= point);
  if (above === -1) return indexes[points.length - 1]!;
  if (above === 0) return 0;
  const [low, high] = [points[above - 1]!, points[above]!];
  const [from, to] = [indexes[above - 1]!, indexes[above]!];
  return Math.ceil(((to - from) / (high - low)) * (concentration - low) + from);
}

export function airQualityIndex(concentrations: AirConcentrations): {
  aqi: number;
  level: string;
  primary: AirPollutant | null;
} {
  const pollutants = Object.keys(breakpoints) as AirPollutant[];
  const each = pollutants.map((pollutant) => ({
    pollutant,
    index: individualIndex(pollutant, concentrations[pollutant]),
  }));
  const worst = each.reduce((most, it) => (it.index > most.index ? it : most));
  const level = [50, 100, 150, 200, 300, Infinity].findIndex((end) => worst.index <= end) + 1;
  return { aqi: worst.index, level: String(level), primary: worst.index > 50 ? worst.pollutant : null };
}
