/** One after another, each whatever became of those before it. @throws the first failure, when all have been tried */
export async function stopAll(steps: readonly (() => Promise<void> | void | undefined)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
