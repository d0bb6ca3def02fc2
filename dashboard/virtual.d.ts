/** Written by build/world-map.ts: country code and the path of its outline in a box of 2880 × 1410. */
declare module "virtual:world-map" {
  const countries: readonly (readonly [code: string, path: string])[];
  export default countries;
}
