/** CPU time that a work takes, in ms: other programs on the machine do not count, as they would on the clock. */
export function cpuMsOf(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}
