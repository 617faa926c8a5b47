/** Number of a registration of state property: the city's, the enterprise, and which registration of it. */
export function propertyNumberOf(legalPerson: number, registration: number): string {
  return `1506${String(legalPerson + 1).padStart(8, '0')}${String(registration).padStart(2, '0')}`;
}
